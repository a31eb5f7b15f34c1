import type { XmlEvent } from "../xml/xml-events.ts";
import type { FillRule } from "./area.ts";
import { type DrawingFacts, type DrawingGroup, MAX_DOWNSAMPLE } from "./drawing.ts";
import { IDENTITY, type Matrix, parseMatrix } from "./matrix.ts";
import { MAX_SEGMENTS, parsePath } from "./parse-path.ts";
import type { Path } from "./path.ts";
import { PathFault } from "./path-reader.ts";
import { Region } from "./region.ts";
import { NO_STYLE, paintOf, printStyle, readStyle, type Style } from "./style.ts";

/** What is wrong with a document, and where. */
export interface DrawingFault {
  readonly at: string;
  readonly expected: string;
  readonly found: string;
}

type Attributes = Readonly<Record<string, string>>;
type Group = DrawingGroup & { readonly regions: Region[] };

/** An element that is not closed yet. `ignored` ones hold nothing that is drawn. */
interface OpenElement {
  readonly kind: "svg" | "scale" | "group" | "path" | "ignored";
  readonly style: Style;
}

/** Elements that say something about the drawing and draw nothing. */
const IGNORED: readonly string[] = ["title", "desc", "metadata"];
/** Names of attributes are short; more of a value is not shown. */
const SHOWN_CHARACTERS = 60;

/** Puts a drawing together from the parts of its document. */
export class DrawingReader {
  readonly #fail: (fault: DrawingFault) => Error;
  readonly #open: OpenElement[] = [];
  readonly #groups: Group[] = [];
  readonly #regions: Region[] = [];
  #size: { width: number; height: number } | undefined;
  #downsample: number | undefined;
  #imageId: number | undefined;
  #segments = 0;

  constructor(fail: (fault: DrawingFault) => Error) {
    this.#fail = fail;
  }

  read(event: XmlEvent): void {
    if (event.kind === "open") this.#open.push(this.#openElement(event.name, event.attributes));
    else if (event.kind === "close") this.#open.pop();
    else if (event.text.trim() !== "" && this.#open.at(-1)?.kind !== "ignored") {
      throw this.#fail({ at: this.#place(), expected: "elements alone", found: quote(event.text.trim()) });
    }
  }

  /** The drawing, once the document has ended. */
  facts(): DrawingFacts {
    const { width = 0, height = 0 } = this.#size ?? {}; // There is a root where the document has ended.
    for (const group of this.#groups) Object.freeze(Object.freeze(group).regions);
    return {
      width,
      height,
      downsample: this.#downsample,
      imageId: this.#imageId,
      groups: Object.freeze(this.#groups),
      regions: Object.freeze(this.#regions),
    };
  }

  #openElement(name: string, attributes: Attributes): OpenElement {
    const parent = this.#open.at(-1);
    if (parent?.kind === "ignored") return parent;
    const style = readStyle(attributes, parent?.style ?? NO_STYLE);
    if (parent === undefined) return { kind: this.#openRoot(name, attributes), style };
    if (IGNORED.includes(name)) return { kind: "ignored", style };
    if (name === "path" && parent.kind !== "path") {
      this.#addRegion(attributes, parent.kind === "group", style);
      return { kind: "path", style };
    }
    if (name !== "g" || (parent.kind !== "svg" && parent.kind !== "scale")) {
      throw this.#fail({ at: this.#place(), expected: "groups and paths", found: `<${name}>` });
    }
    const isScale = parent.kind === "svg" && attributes.id === undefined;
    if (isScale) this.#readScale(attributes);
    else this.#addGroup(attributes);
    return { kind: isScale ? "scale" : "group", style };
  }

  #openRoot(name: string, attributes: Attributes): "svg" {
    if (name !== "svg") throw this.#fail({ at: "the root", expected: "<svg>", found: `<${name}>` });
    this.#size = { width: this.#length(attributes, "width"), height: this.#length(attributes, "height") };
    return "svg";
  }

  /** The outer group holds the document's own scale, 1/2^downsample (reference §2.1); it comes once. */
  #readScale({ transform }: Attributes): void {
    const at = "the outer group, transform";
    if (this.#downsample !== undefined || this.#groups.length + this.#regions.length > 0) {
      throw this.#fail({ at: "the outer group", expected: "one", found: "another" });
    }
    const [a, b, c, d, e, f] = transform === undefined ? IDENTITY : this.#matrix(at, transform);
    const downsample = -Math.log2(a);
    const isScale = a === d && [b, c, e, f].every((value) => value === 0);
    if (!isScale || !Number.isInteger(downsample) || downsample < 0 || downsample > MAX_DOWNSAMPLE) {
      throw this.#fail({ at, expected: "a scale of 1, 0.5, 0.25 and so on", found: quote(transform) });
    }
    this.#downsample = downsample + 0; // Takes the sign off −0.
  }

  #addGroup(attributes: Attributes): void {
    const at = `group ${this.#groups.length + 1}`;
    if (this.#groups.length === 0 && this.#regions.length > 0) {
      throw this.#fail({ at, expected: "paths in groups, or none", found: "paths before it" });
    }
    const { graphic_group_label: label = "", transform } = attributes;
    this.#imageId ??= this.#idOrNone(at, attributes, "sub_image_id");
    this.#groups.push({
      id: this.#wholeNumber(at, attributes, "id"),
      order: this.#wholeNumber(at, attributes, "order"),
      label,
      labelId: this.#idOrNone(at, attributes, "graphic_group_label_id"),
      matrix: transform === undefined ? IDENTITY : this.#matrix(`${at}, transform`, transform),
      regions: [],
    });
  }

  #addRegion(attributes: Attributes, isInGroup: boolean, style: Style): void {
    const at = `path ${this.#regions.length + 1}`;
    const group = isInGroup ? this.#groups.at(-1) : undefined;
    if (group === undefined && this.#groups.length > 0) {
      throw this.#fail({ at, expected: "paths in groups, or none", found: "a path beside groups" });
    }
    const { d, transform } = attributes;
    if (d === undefined) throw this.#fail({ at: `${at}, d`, expected: "path data", found: "nothing" });
    if (transform !== undefined) {
      throw this.#fail({ at: `${at}, transform`, expected: "a transform on groups alone", found: quote(transform) });
    }
    const region = new Region({
      id: this.#wholeNumber(at, attributes, "id"),
      structureId: this.#idOrNone(at, attributes, "structure_id"),
      groupId: group?.id ?? this.#idOrNone(at, attributes, "parent_id"),
      order: this.#wholeNumber(at, attributes, "order"),
      d,
      path: this.#path(at, d, group?.matrix ?? IDENTITY),
      style: printStyle(style),
      fill: paintOf(style, "fill"),
      stroke: paintOf(style, "stroke"),
      fillRule: this.#fillRule(at, style),
    });
    group?.regions.push(region);
    this.#regions.push(region);
  }

  #path(at: string, d: string, matrix: Matrix): Path {
    try {
      const path = parsePath(d, matrix, MAX_SEGMENTS - this.#segments);
      for (const { points } of path.subpaths) this.#segments += (points.length - 2) / 6;
      return path;
    } catch (cause) {
      if (!(cause instanceof PathFault)) throw cause;
      const { offset, expected } = cause;
      const found = offset < d.length ? quote(d.slice(offset, offset + 20)) : "the end";
      throw this.#fail({ at: `${at}, d, character ${offset}`, expected, found });
    }
  }

  #matrix(at: string, text: string): Matrix {
    const matrix = parseMatrix(text);
    if (matrix !== undefined) return matrix;
    throw this.#fail({ at, expected: "scale, translate and matrix that keep areas", found: quote(text) });
  }

  #fillRule(at: string, style: Style): FillRule {
    const rule = style.get("fill-rule") ?? "nonzero";
    if (rule === "nonzero" || rule === "evenodd") return rule;
    throw this.#fail({ at: `${at}, fill-rule`, expected: "nonzero or evenodd", found: quote(rule) });
  }

  #length(attributes: Attributes, name: string): number {
    const text = attributes[name];
    const value = /^\s*\d+(?:\.\d+)?(?:px)?\s*$/.test(text ?? "") ? Number.parseFloat(text ?? "") : 0;
    if (value > 0) return value;
    throw this.#fail({ at: `the root, ${name}`, expected: "a number of pixels above 0", found: quote(text) });
  }

  #idOrNone(at: string, attributes: Attributes, name: string): number | undefined {
    return (attributes[name] ?? "") === "" ? undefined : this.#wholeNumber(at, attributes, name);
  }

  #wholeNumber(at: string, attributes: Attributes, name: string): number {
    const text = attributes[name];
    const value = text !== undefined && /^-?\d{1,16}$/.test(text) ? Number(text) : Number.NaN;
    if (Number.isSafeInteger(value)) return value;
    throw this.#fail({ at: `${at}, ${name}`, expected: "a whole number", found: quote(text) });
  }

  /** The element that was read last. */
  #place(): string {
    if (this.#regions.length > 0) return `path ${this.#regions.length}`;
    return this.#groups.length > 0 ? `group ${this.#groups.length}` : "the root";
  }
}

function quote(text: string | undefined): string {
  return text === undefined ? "nothing" : JSON.stringify(text.slice(0, SHOWN_CHARACTERS));
}
