import { DecodeError } from "../errors.ts";
import { type XmlEvent, xmlEvents } from "../xml/xml-events.ts";
import { XmlSyntaxError } from "../xml/xml-syntax-error.ts";
import { printColor, type Rgb } from "./color.ts";
import { growTree } from "./parse-structure-graph.ts";
import { fault } from "./structure-record.ts";
import type { StructureTree } from "./structure-tree.ts";

/** Columns whose text is a number; all others are text. */
const NUMBERS: ReadonlySet<string> = new Set([
  ...["id", "atlas_id", "ontology_id", "hemisphere_id", "parent_structure_id"],
  ...["graph_order", "sibling_order", "st_level", "red", "green", "blue"],
]);
const COLOR_PARTS = ["red", "green", "blue"] as const;

/** Columns of a structure. It has no prototype, so that an element of any name is a column and nothing else. */
type Node = Record<string, unknown> & { readonly children: Node[] };

/** An element that is not closed yet. */
interface OpenElement {
  readonly name: string;
  readonly kind: "outside" | "structure" | "children" | "column";
  /** The structure that it is or lies in. */
  readonly node: Node | undefined;
  text: string;
}

/**
 * The tree of the XML form of `structure_graph_download` (reference §4.1): underscored names and colours in three parts, or
 * the hyphenated names and quoted texts of 2013.
 *
 * `graph_order`, where the document leaves it out, is the place in the document, and `color_hex_triplet` is made of `red`,
 * `green` and `blue`, which are left out. What the document says of the graph itself is not kept.
 *
 * @throws {DecodeError} If the text is no such document, or holds a document type or entities of its own.
 * @example parseStructureGraphXml("<structure><id>8</id><acronym>a</acronym><name>A</name></structure>").size // → 1
 */
export function parseStructureGraphXml(xml: string): StructureTree {
  const roots: Node[] = [];
  const nodes: Node[] = [];
  const open: OpenElement[] = [];
  for (const event of graphEvents(xml)) {
    const element = open.at(-1);
    if (event.kind === "open") {
      const opened = openElement(event.name.replaceAll("-", "_"), element);
      open.push(opened);
      if (opened.kind !== "structure" || opened.node === undefined) continue;
      nodes.push(opened.node);
      (element?.node?.children ?? roots).push(opened.node);
    } else if (event.kind === "text") {
      if (element !== undefined) addText(element, event.text, nodes.length);
    } else if (open.pop()?.kind === "column" && element?.node !== undefined) {
      // Only the form of 2013 is wrapped so, and only there texts are quoted.
      addColumn(
        element.node,
        element,
        open[0]?.name === "Response",
        `structure number ${nodes.length}, ${element.name}`,
      );
    }
  }
  if (nodes.length === 0) throw fault("", "a structure element", undefined);
  for (const [order, node] of nodes.entries()) completeNode(node, order);
  return growTree(roots, (index) => (index === 0 ? "structure" : `structure[${index}]`));
}

function* graphEvents(xml: string): Generator<XmlEvent> {
  try {
    yield* xmlEvents(xml);
  } catch (cause) {
    if (!(cause instanceof XmlSyntaxError)) throw cause;
    const { offset, expected, found } = cause;
    throw new DecodeError(
      "the structure graph",
      { at: `character ${offset}`, expected, found: `"${found}"` },
      { cause },
    );
  }
}

function openElement(name: string, parent: OpenElement | undefined): OpenElement {
  const kind = kindOf(name, parent?.kind ?? "outside");
  if (kind === undefined)
    throw fault(`${parent?.name}`, parent?.kind === "column" ? "text" : "structures", `<${name}>`);
  return { name, kind, node: kind === "structure" ? emptyNode() : parent?.node, text: "" };
}

function addText(element: OpenElement, text: string, count: number): void {
  const isBetween = element.kind === "structure" || element.kind === "children";
  if (isBetween && text.trim() !== "") throw fault(`structure number ${count}`, "elements alone", text.trim());
  element.text += text;
}

function kindOf(name: string, parent: OpenElement["kind"]): OpenElement["kind"] | undefined {
  if (parent === "outside") return name === "structure" ? "structure" : "outside";
  if (parent === "structure") return name === "children" ? "children" : "column";
  return parent === "children" && name === "structure" ? "structure" : undefined;
}

function emptyNode(): Node {
  return Object.assign(Object.create(null) as Record<string, unknown>, { children: [] }); // It is empty, whatever its type.
}

function addColumn(node: Node, { name, text }: OpenElement, isQuoted: boolean, at: string): void {
  if (name in node) throw fault(at, "one value", text);
  if (NUMBERS.has(name)) node[name] = readNumber(at, text.trim());
  else node[name] = isQuoted ? readQuoted(at, text) : text;
}

function readNumber(at: string, text: string): number | null {
  if (text === "" || text === "null") return null;
  if (/^-?\d+$/.test(text)) return Number(text);
  throw fault(at, "a whole number", text);
}

function readQuoted(at: string, text: string): unknown {
  if (text !== "null" && !text.startsWith('"')) return text;
  try {
    return JSON.parse(text);
  } catch {
    throw fault(at, "a quoted text", text);
  }
}

function completeNode(node: Node, order: number): void {
  node.graph_order ??= order;
  const parts = COLOR_PARTS.map((part) => node[part] ?? null);
  for (const part of COLOR_PARTS) delete node[part];
  if (node.color_hex_triplet !== undefined || parts.every((part) => part === null)) return;
  if (!parts.every(isByte))
    throw fault(`structure number ${order + 1}, its colour`, "whole numbers from 0 to 255", parts.join(", "));
  const [red = 0, green = 0, blue = 0] = parts;
  node.color_hex_triplet = printColor([red, green, blue] satisfies Rgb);
}

function isByte(value: unknown): value is number {
  return typeof value === "number" && Number.isInteger(value) && value >= 0 && value <= 255;
}
