import { show } from "../check.ts";
import { DecodeError } from "../errors.ts";

/** Fields of a header, by name. */
export type Fields = ReadonlyMap<string, string>;

const WHAT = "the NRRD volume";
/** Bytes of a header; the longest that is known of has a few thousand. */
export const MAX_HEADER_BYTES: number = 1 << 17;

const FIELDS: readonly string[] = [
  "dimension",
  "type",
  "block size",
  "encoding",
  "endian",
  "content",
  "min",
  "max",
  "old min",
  "old max",
  "data file",
  "line skip",
  "byte skip",
  "number",
  "sample units",
  "sizes",
  "spacings",
  "thicknesses",
  "axis mins",
  "axis maxs",
  "centerings",
  "labels",
  "units",
  "kinds",
  "space",
  "space dimension",
  "space units",
  "space origin",
  "space directions",
  "measurement frame",
];
/** Other spellings of fields. */
const ALIASES: Readonly<Record<string, string>> = { centers: "centerings", ...withoutBlanks() };

/** `axis mins` may be `axismins` too, and so on. */
function withoutBlanks(): Record<string, string> {
  const joined = [
    "block size",
    "old min",
    "old max",
    "data file",
    "line skip",
    "byte skip",
    "sample units",
    "axis mins",
  ];
  return Object.fromEntries([...joined, "axis maxs"].map((name) => [name.replace(" ", ""), name]));
}

/**
 * Where an NRRD header ends: after its empty line. `undefined` while that is not there.
 *
 * @param from Where to look on, when the bytes before have been looked at.
 */
export function findHeaderEnd(bytes: Uint8Array, from = 0): number | undefined {
  const head = bytes.subarray(0, MAX_HEADER_BYTES);
  for (let end = head.indexOf(10, from); end >= 0; end = head.indexOf(10, end + 1)) {
    const before = head[end - 1] === 13 ? end - 2 : end - 1;
    if (before < 0 || head[before] === 10) return end + 1;
  }
  return undefined;
}

/** The lines of a header. */
export interface HeaderLines {
  readonly version: number;
  /** Without the first and the last. */
  readonly texts: readonly string[];
  /** Whether an empty line ends them. */
  readonly isClosed: boolean;
  /** Byte offset of what follows. */
  readonly end: number;
}

/** @throws {DecodeError} If it does not begin as an NRRD file does, or does not end. */
export function readLines(bytes: Uint8Array): HeaderLines {
  // Only the start may be quoted: what is no NRRD file may be anything.
  const magic = new TextDecoder("latin1").decode(bytes.subarray(0, 10));
  const version = Number(/^NRRD000([1-5])\r?\n/.exec(magic)?.[1] ?? Number.NaN);
  if (Number.isNaN(version)) {
    throw new DecodeError(WHAT, { at: 0, expected: "NRRD0001 to NRRD0005", found: show(magic.slice(0, 8)) });
  }
  const found = findHeaderEnd(bytes);
  if (found === undefined && bytes.length > MAX_HEADER_BYTES) {
    throw new DecodeError(WHAT, { at: MAX_HEADER_BYTES, expected: "an empty line before it", found: "more header" });
  }
  const end = found ?? bytes.length;
  const texts = new TextDecoder().decode(bytes.subarray(0, end)).split(/\r?\n/).slice(1);
  return { version, texts: texts.filter((text) => text !== ""), isClosed: found !== undefined, end };
}

/** What the lines of a header say. */
export interface HeaderFields {
  readonly fields: Fields;
  readonly properties: ReadonlyMap<string, string>;
  readonly comments: readonly string[];
}

/** @throws {DecodeError} If a line is none of the format's, or comes twice. */
export function splitFields(lines: readonly string[]): HeaderFields {
  const fields = new Map<string, string>();
  const properties = new Map<string, string>();
  const comments: string[] = [];
  for (const [index, line] of lines.entries()) {
    const at = `line ${index + 2}`;
    const [, name, separator, value = ""] = /^([^:]+)(:=|:)(.*)$/s.exec(line) ?? [];
    if (line.startsWith("#")) comments.push(line.replace(/^#+\s?/, ""));
    else if (separator === ":=" && name !== undefined) set(properties, readEscapes(name), readEscapes(value), at);
    else set(fields, fieldName(name, line, at), value.trim(), at);
  }
  return { fields, properties, comments };
}

function fieldName(name: string | undefined, line: string, at: string): string {
  const lower = name?.toLowerCase() ?? "";
  const known = Object.hasOwn(ALIASES, lower) ? ALIASES[lower] : lower;
  if (known !== undefined && FIELDS.includes(known)) return known;
  throw new DecodeError(WHAT, { at, expected: 'a field of the format, "key:=value" or a comment', found: show(line) });
}

function set(map: Map<string, string>, name: string, value: string, at: string): void {
  if (map.has(name)) throw new DecodeError(WHAT, { at, expected: `${show(name)} once`, found: "it a second time" });
  map.set(name, value);
}

function readEscapes(text: string): string {
  return text.replaceAll(/\\(n|\\)/g, (_, escaped: string) => (escaped === "n" ? "\n" : "\\"));
}
