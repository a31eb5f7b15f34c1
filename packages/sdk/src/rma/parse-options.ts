import type { Options, OrderKey, TabularColumn } from "./ast.ts";
import type { Cursor } from "./cursor.ts";
import { isColumn } from "./lexis.ts";
import { matchBare, matchQuoted, parseOperator } from "./parse-filters.ts";

/** A part of an option's text, with the place where it began, for an error. */
interface Part {
  readonly text: string;
  readonly offset: number;
}

type Fail = (expected: string, offset: number) => never;
type Reader = (parts: readonly Part[], fail: Fail) => Options;

/** Options by their names in a query; a name given twice counts as it was given last. */
const READERS: ReadonlyMap<string, Reader> = new Map<string, Reader>([
  ["only", (parts, fail) => ({ only: splitList(parts).map((part) => readColumn(part, fail)) })],
  ["except", (parts, fail) => ({ except: splitList(parts).map((part) => readColumn(part, fail)) })],
  ["excpt", (parts, fail) => ({ except: splitList(parts).map((part) => readColumn(part, fail)) })],
  ["tabular", (parts, fail) => ({ tabular: splitList(parts).map((part) => readTabular(part, fail)) })],
  ["order", (parts, fail) => ({ order: splitList(parts).map((part) => readOrderKey(part, fail)) })],
  ["num_rows", (parts, fail) => ({ numRows: readNumRows(single(parts, fail), fail) })],
  ["start_row", (parts, fail) => ({ startRow: readCount(single(parts, fail), fail) })],
  ["count", (parts, fail) => ({ count: readBoolean(single(parts, fail), fail) })],
  ["debug", (parts, fail) => ({ debug: readDebug(single(parts, fail), fail) })],
]);

/** The names of the options, for whoever reads them from a URL. */
export const OPTION_NAMES: readonly string[] = [...READERS.keys()];

/** Reads the options in brackets that stand here. */
export function parseOptions(cursor: Cursor): Options {
  let options: Options = {};
  while (cursor.takes("[")) {
    const at = cursor.offset();
    const name = cursor.match(/\w+/y) ?? cursor.fail("an option");
    const read = READERS.get(name) ?? cursor.fail(`an option: ${OPTION_NAMES.join(", ")}`, at);
    if (parseOperator(cursor) !== "eq") cursor.fail("$eq", at + name.length);
    const parts = [matchPart(cursor)];
    while (cursor.takes(",")) parts.push(matchPart(cursor));
    cursor.take("]", '"," or "]"');
    options = { ...options, ...read(parts, cursor.fail) };
  }
  return options;
}

/** Reads one option as a URL parameter has it: its text alone, with or without quotes. */
export function readOption(name: string, text: string, fail: Fail): Options {
  const bare = /^\s*'([^']*)'\s*$/.exec(text)?.[1] ?? text;
  return READERS.get(name)?.([{ text: bare, offset: 0 }], fail) ?? {};
}

function matchPart(cursor: Cursor): Part {
  const offset = cursor.offset();
  const quoted = matchQuoted(cursor);
  return quoted === undefined ? { text: matchBare(cursor), offset } : { text: quoted, offset: offset + 1 };
}

/** The members of a list, whether its commas stand within the quotes or between. */
function splitList(parts: readonly Part[]): Part[] {
  return parts.flatMap(({ text, offset }) => {
    let at = offset;
    return text.split(",").map((member) => {
      const part = { text: member.trim(), offset: at };
      at += member.length + 1;
      return part;
    });
  });
}

function single(parts: readonly Part[], fail: Fail): Part {
  const [first, second] = parts;
  if (first === undefined || second !== undefined) fail("one value", second?.offset ?? 0);
  return first as Part; // The line above fails otherwise.
}

function readColumn({ text, offset }: Part, fail: Fail): string {
  return isColumn(text) ? text : fail("a column, or table.column", offset);
}

/** `distinct table.column as name`; the blanks are often left as the plus signs of a URL. */
function readTabular({ text, offset }: Part, fail: Fail): TabularColumn {
  const found = /^(distinct[\s+]+)?([\w*]+(?:\.[\w*]+)?)(?:[\s+]+as[\s+]+(\w+))?$/i.exec(text);
  if (found === null) return fail("a column as in: distinct table.column as name", offset);
  return { column: found[2] ?? "", alias: found[3], distinct: found[1] !== undefined };
}

function readOrderKey({ text, offset }: Part, fail: Fail): OrderKey {
  const found = /^([\w*]+(?:\.[\w*]+)?)(?:[\s+$]+(asc|desc))?$/i.exec(text);
  if (found === null) return fail("a column with $asc or $desc at most", offset);
  return { column: found[1] ?? "", descending: found[2]?.toLowerCase() === "desc" };
}

function readNumRows(part: Part, fail: Fail): number | "all" {
  return part.text === "all" ? "all" : readCount(part, fail);
}

function readCount({ text, offset }: Part, fail: Fail): number {
  const value = /^\d+$/.test(text.trim()) ? Number(text) : Number.NaN;
  return Number.isSafeInteger(value) ? value : fail("a whole number of 0 or more", offset);
}

function readBoolean({ text, offset }: Part, fail: Fail): boolean {
  if (/^t(rue)?$/i.test(text.trim())) return true;
  return /^f(alse)?$/i.test(text.trim()) ? false : fail("true or false", offset);
}

function readDebug(part: Part, fail: Fail): boolean | "preview" {
  return part.text === "preview" ? "preview" : readBoolean(part, fail);
}
