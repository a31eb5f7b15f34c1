/** A part of an XML document; its text is decoded. */
export type XmlEvent =
  | { readonly kind: "open"; readonly name: string; readonly attributes: Readonly<Record<string, string>> }
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "close" };

const NAME = String.raw`[A-Za-z_][\w.-]*`;
const ATTRIBUTE = String.raw`\s+${NAME}\s*=\s*(?:"[^"<]*"|'[^'<]*')`;
/** Attributes of an element; the API writes five at most. A bound, as regular expressions run out of memory on very many. */
const MAX_ATTRIBUTES = 32;
/** Elements in each other; rows nest as queries do. */
const MAX_DEPTH = 100;
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

/**
 * Reads the XML of answers: elements with their attributes, and text.
 *
 * Refused are a document type, entities of its making, CDATA and processing instructions: the API writes none of them, and the
 * first two are how a document does harm.
 *
 * @throws {SyntaxError} If the text is not of that kind, or its elements do not close in order.
 */
export function* xmlEvents(xml: string): Generator<XmlEvent, void, undefined> {
  const open: string[] = [];
  let isBegun = false;
  let offset = DECLARATION.exec(xml)?.[0].length ?? 0;
  while (offset < xml.length) {
    PART.lastIndex = offset; // Set each time: the caller may read another document in between.
    const [part, closed, opened, attributes = "", empty, text] = PART.exec(xml) ?? [];
    if (part === undefined) throw fault(offset, "an element or text", xml.slice(offset, offset + 20));
    if (opened !== undefined) {
      if (isBegun && open.length === 0) throw fault(offset, "the end of the document", part);
      if (open.length >= MAX_DEPTH) throw fault(offset, `at most ${MAX_DEPTH} elements in each other`, part);
      isBegun = true;
      open.push(opened);
      yield { kind: "open", name: opened, attributes: readAttributes(attributes, offset) };
    }
    if (closed !== undefined || empty === "/") {
      const expected = open.pop();
      if ((closed ?? opened) !== expected)
        throw fault(offset, expected === undefined ? "an element" : `</${expected}>`, part);
      yield { kind: "close" };
    }
    if (text !== undefined) {
      if (open.length === 0 && text.trim() !== "") throw fault(offset, "an element", text);
      yield { kind: "text", text: decodeText(text, offset) };
    }
    offset += part.length;
  }
  if (!isBegun || open.length > 0) {
    throw fault(offset, isBegun ? `</${open.at(-1)}>` : "an element", "the end of the document");
  }
}

function readAttributes(text: string, offset: number): Readonly<Record<string, string>> {
  if (text === "") return NONE;
  const attributes: Record<string, string> = Object.create(null);
  for (const [, name = "", double, single] of text.matchAll(/([\w.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g)) {
    attributes[name] = decodeText(double ?? single ?? "", offset);
  }
  return attributes;
}

const NONE: Readonly<Record<string, string>> = Object.freeze(Object.create(null));

function decodeText(text: string, offset: number): string {
  if (!text.includes("&")) return text;
  return text.replaceAll(/&([^;&]{0,12};)?/g, (whole: string, body: string | undefined, index: number) => {
    const name = body?.slice(0, -1) ?? "";
    const character = ENTITIES.get(name) ?? characterOf(name);
    if (character === undefined) throw fault(offset + index, "one of the five entities or a character's number", whole);
    return character;
  });
}

function characterOf(name: string): string | undefined {
  if (!/^#(?:\d+|x[\da-f]+)$/i.test(name)) return undefined;
  const code = /^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
  const isCharacter = code > 0 && code <= 0x10_ff_ff && !(code >= 0xd8_00 && code <= 0xdf_ff);
  return isCharacter ? String.fromCodePoint(code) : undefined;
}

function fault(offset: number, expected: string, found: string): SyntaxError {
  const excerpt = found.replaceAll(/\s+/g, " ").trim().slice(0, 60);
  return new SyntaxError(`at character ${offset} it holds "${excerpt}" where ${expected} was expected`);
}
