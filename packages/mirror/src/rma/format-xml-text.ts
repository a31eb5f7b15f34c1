import { SCHEMA } from "@brainatlas/sdk/rma/schema";
import { dashed, pluralOf, snakeCase } from "../records/names.ts";

/** Characters that are written as they are: printable ASCII without those of markup. */
const PLAIN = /^[\t\n\x20-\x25\x27-\x3b\x3d\x3f-\x7e]*$/;

/**
 * Text as the content of an element, or between double quotes if `quote` is given. What is not ASCII is written as its number, as
 * the service does; what XML 1.0 cannot hold at all, a control character or half of a pair, becomes the replacement character.
 */
export function escapeXml(text: string): string {
  if (PLAIN.test(text)) return text;
  let escaped = "";
  for (const character of text) escaped += PLAIN.test(character) ? character : escapeCharacter(character);
  return escaped;
}

/** Text between single quotes, as the service writes attributes. */
export function escapeAttribute(text: string): string {
  return escapeXml(text).replaceAll("'", "&#39;").replaceAll("\n", "&#10;").replaceAll("\t", "&#9;");
}

const NAMED: ReadonlyMap<string, string> = new Map([
  ["&", "&amp;"],
  ["<", "&lt;"],
  [">", "&gt;"],
]);

function escapeCharacter(character: string): string {
  // A reader would make a line feed of a carriage return that stands as it is.
  return NAMED.get(character) ?? `&#${isAllowed(character) ? character.codePointAt(0) : 0xfffd};`;
}

/** Whether XML 1.0 has the character (its production 2). */
function isAllowed(character: string): boolean {
  const code = character.codePointAt(0) ?? 0;
  return code === 0x0d || (code >= 0x20 && !(code >= 0xd800 && code <= 0xdfff) && code !== 0xfffe && code !== 0xffff);
}

/**
 * A name as that of an element. Aliases, and columns that came with rows of another year, may begin with what XML does not allow
 * there, or hold it.
 */
export function elementOf(name: string): string {
  const element = dashed(name).replaceAll(/[^\w.-]/g, "_");
  return /^[A-Za-z_]/.test(element) ? element : `_${element}`;
}

/** Singulars by their plurals: those of the models, and of names that follow no rule. */
const SINGULARS: ReadonlyMap<string, string> = new Map([
  ...Object.keys(SCHEMA).map((model) => [pluralOf(snakeCase(model)), snakeCase(model)] as const),
  ["children", "child"],
]);

/**
 * Name of the elements in the container of an association: its singular.
 *
 * @example singularOf("well_known_files") // → "well_known_file"
 */
export function singularOf(name: string): string {
  return SINGULARS.get(name) ?? (name.endsWith("s") ? name.slice(0, -1) : name);
}
