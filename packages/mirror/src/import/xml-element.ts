import type { XmlEvent } from "@brainatlas/sdk/xml";

/** An element that is read whole, with what lies in it. */
export interface XmlElement {
  /** Hyphens as the underscores of columns. */
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlElement[];
  readonly text: string;
}

type OpenEvent = Extract<XmlEvent, { kind: "open" }>;

/** Reads the rest of an element whose start was read. */
export function readElement(start: OpenEvent, events: Iterator<XmlEvent>): XmlElement {
  const children: XmlElement[] = [];
  let text = "";
  for (let next = events.next(); next.done !== true; next = events.next()) {
    const event = next.value;
    if (event.kind === "close") break;
    if (event.kind === "text") text += event.text;
    else children.push(readElement(event, events)); // As deep as the events allow.
  }
  if (children.length > 0 && text.trim() !== "") {
    throw new SyntaxError(`its element <${start.name}> holds text beside elements`);
  }
  return { name: nameOf(start), attributes: start.attributes, children, text };
}

/** The name of an element as that of a column. */
export function nameOf({ name }: OpenEvent): string {
  return name.replaceAll("-", "_");
}

/** The value of an element without others in it, as the document types it; the columns' own types come later. */
export function typedValue({ attributes, text }: XmlElement): unknown {
  if (attributes.nil === "true") return null;
  const { type } = attributes;
  if (type === "array") return [];
  if (type === "boolean" && (text === "true" || text === "false")) return text === "true";
  const isNumber = (type === "integer" || type === "float") && text.trim() !== "";
  return isNumber && Number.isFinite(Number(text)) ? Number(text) : text;
}
