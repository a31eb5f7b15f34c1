import { XmlSyntaxError } from "./xml-syntax-error.ts";

/** A part of an XML document; its texts are decoded. */
export type XmlEvent =
  | { readonly kind: "open"; readonly name: string; readonly attributes: Readonly<Record<string, string>> }
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "close"; readonly name: string };

/** How XML is read. */
export interface XmlOptions {
  /**
   * Most elements in each other.
   * @default Infinity
   */
  maxDepth?: number | undefined;
}

/** With colons: copies that an editor saved have prefixes, of which no sense is made. */
const NAME = String.raw`[A-Za-z_][\w.:-]*`;
const ATTRIBUTE = String.raw`\s+${NAME}\s*=\s*(?:"[^"<]*"|'[^'<]*')`;
/** Attributes of an element; the API writes five at most. A bound, as regular expressions run out of memory on very many. */
const MAX_ATTRIBUTES = 32;
const DECLARATION = /^\uFEFF?\s*(?:<\?xml\s[^?<>]*\?>)?/;
/** Comment, closing tag, opening tag with its attributes, or text; each begins where the last ended. */
const PART = new RegExp(
  String.raw`<!--[^]*?-->|</(${NAME})\s*>|<(${NAME})((?:${ATTRIBUTE}){0,${MAX_ATTRIBUTES}})\s*(/?)>|([^<]+)`,
  "y",
);
const ENTITIES: ReadonlyMap<string, string> = new Map([
  ["amp", "&"],
  ["lt", "<"],
  ["gt", ">"],
  ["quot", '"'],
  ["apos", "'"],
]);
const MAX_CODE_POINT = 0x10_ff_ff;
/** Most elements have none. */
const NO_ATTRIBUTES: Readonly<Record<string, string>> = /* @__PURE__ */ Object.freeze(
  /* @__PURE__ */ Object.create(null),
);

/**
 * Reads the XML that the API writes: elements with their attributes, and text.
 *
 * Refused are a document type, entities of its making, CDATA and processing instructions: the API writes none of them, and the
 * first two are how a document does harm.
 *
 * @throws {XmlSyntaxError} If the text is not of that kind, or its elements do not close in order.
 * @example [...xmlEvents("<a>b</a>")].map(({ kind }) => kind) // → ["open", "text", "close"]
 */
export function* xmlEvents(xml: string, options: XmlOptions = {}): Generator<XmlEvent, void, undefined> {
  const { maxDepth = Number.POSITIVE_INFINITY } = options;
  const open: string[] = [];
  let roots = 0;
  let offset = DECLARATION.exec(xml)?.[0].length ?? 0;
  while (offset < xml.length) {
    PART.lastIndex = offset; // Set each time: the caller may read another document in between.
    const [part, closed, opened, attributes = "", empty, text] = PART.exec(xml) ?? [];
    if (part === undefined) throw new XmlSyntaxError(offset, "an element or text", xml.slice(offset, offset + 20));
    if (opened !== undefined) {
      if (open.length === 0) roots += 1;
      if (roots > 1) throw new XmlSyntaxError(offset, "the end of the document", part);
      if (open.length >= maxDepth) throw new XmlSyntaxError(offset, `at most ${maxDepth} elements in each other`, part);
      yield { kind: "open", name: opened, attributes: readAttributes(attributes, offset) };
      if (empty === "/") yield { kind: "close", name: opened };
      else open.push(opened);
    } else if (closed !== undefined) {
      const expected = open.pop();
      if (closed !== expected) {
        throw new XmlSyntaxError(offset, expected === undefined ? "an element" : `</${expected}>`, part);
      }
      yield { kind: "close", name: closed };
    } else if (text !== undefined) {
      if (open.length === 0 && text.trim() !== "") throw new XmlSyntaxError(offset, "an element", text);
      yield { kind: "text", text: decodeText(text, offset) };
    }
    offset += part.length;
  }
  if (roots === 0 || open.length > 0) {
    throw new XmlSyntaxError(offset, roots === 0 ? "an element" : `</${open.at(-1)}>`, "the end of the document");
  }
}

/** They have no prototype, so that one of any name is an attribute and nothing else. */
function readAttributes(text: string, offset: number): Readonly<Record<string, string>> {
  if (text === "") return NO_ATTRIBUTES;
  const attributes: Record<string, string> = Object.create(null);
  for (const [, name = "", double, single] of text.matchAll(/([\w.:-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g)) {
    attributes[name] = decodeText(double ?? single ?? "", offset);
  }
  return attributes;
}

function decodeText(text: string, offset: number): string {
  if (!text.includes("&")) return text;
  return text.replaceAll(/&([^;&]{0,12};)?/g, (whole: string, body: string | undefined, index: number) => {
    const name = body?.slice(0, -1) ?? "";
    const character = ENTITIES.get(name) ?? characterOf(name);
    if (character !== undefined) return character;
    throw new XmlSyntaxError(offset + index, "one of the five entities or a character's number", whole);
  });
}

function characterOf(name: string): string | undefined {
  if (!/^#(?:\d+|x[\da-f]+)$/i.test(name)) return undefined;
  const code = /^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
  const isCharacter = code > 0 && code <= MAX_CODE_POINT && !(code >= 0xd8_00 && code <= 0xdf_ff);
  return isCharacter ? String.fromCodePoint(code) : undefined;
}
