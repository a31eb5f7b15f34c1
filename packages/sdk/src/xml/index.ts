export { type XmlEvent, type XmlOptions, xmlEvents } from "./xml-events.ts";
export { XmlSyntaxError } from "./xml-syntax-error.ts";
