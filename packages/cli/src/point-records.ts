import type { Context, Input } from "./context.ts";

/** A record, as it is in a file. */
export interface PointRecord {
  /** Line that it begins in, as editors count, from 1. */
  readonly line: number;
  /** Texts; those of ndjson are the values as they are. */
  readonly fields: readonly unknown[];
}

/** Longest record, in characters: a quote that is never closed must not fill the memory. */
const MAX_RECORD = 1_000_000;

/**
 * Reads records of csv, of tsv as this program writes it, or of ndjson, chunk by chunk; which it is, the first line says. The first
 * record is the names of the columns.
 *
 * @throws {Error} If it is no text, or a record is none.
 */
export async function* readRecords(
  source: Input,
  name: string,
  signal: Context["signal"],
): AsyncGenerator<PointRecord[], void, undefined> {
  const stop = (): unknown => source.destroy?.(signal.reason);
  signal.addEventListener("abort", stop);
  const decoder = new TextDecoder();
  const splitter = new RecordSplitter(name);
  try {
    for await (const chunk of source) {
      signal.throwIfAborted();
      const records = splitter.take(typeof chunk === "string" ? chunk : decoder.decode(chunk, { stream: true }));
      if (records.length > 0) yield records;
    }
    const records = [...splitter.take(decoder.decode()), ...splitter.end()];
    if (records.length > 0) yield records;
  } finally {
    signal.removeEventListener("abort", stop);
  }
}

/** What is wrong with the points of a file. */
export function pointsError(name: string, reason: string, options?: ErrorOptions): Error {
  return new Error(`Cannot read points of ${name}: ${reason}`, options);
}

/** Reads the fields of a line; says in words what it is not. */
type ReadLine = (line: string) => readonly unknown[] | string;

interface Format {
  /** Whether a line feed between quotes belongs to the field. */
  readonly isQuoted: boolean;
  /** Names of the columns, where no line of their own has them. */
  readonly heading?: readonly string[] | undefined;
  readonly readLine: ReadLine;
}

const TSV: Format = { isQuoted: false, readLine: (line) => line.split("\t").map(unescapeTsv) };
const CSV: Format = {
  isQuoted: true,
  readLine: (line) => (line.includes('"') ? splitQuoted(line) : line.split(",")),
};

/** Splits a text that comes in chunks, and looks at each character once. */
class RecordSplitter {
  readonly #name: string;
  #format: Format | undefined;
  /** Start of a record whose end is still to come. */
  #rest = "";
  /** Whether it ends between quotes. */
  #isOpen = false;
  /** Line that it begins in, and the line that is being read. */
  #line = 1;
  #lastLine = 1;

  constructor(name: string) {
    this.#name = name;
  }

  /** The records that are complete with the next chunk; empty lines are none. */
  take(chunk: string): PointRecord[] {
    if (chunk.includes("\0")) throw this.#noText(chunk);
    const records = this.#format === undefined ? this.#begin(chunk) : this.#split(chunk, this.#format);
    if (this.#rest.length <= MAX_RECORD) return records;
    throw this.#error(`the record of line ${this.#line} is longer than ${MAX_RECORD} characters; close its quotes`);
  }

  /** The last record, which no line feed need end. */
  end(): PointRecord[] {
    const records = this.take("\n");
    if (this.#isOpen) throw this.#error(`a quote of the record of line ${this.#line} is never closed; close it`);
    return records;
  }

  /** Waits for the first line that is not empty: it says what the others are. */
  #begin(chunk: string): PointRecord[] {
    this.#rest += chunk;
    const first = chunk.includes("\n") ? /[^\r\n][^\n]*\n/.exec(this.#rest) : null;
    if (first === null) return [];
    if (/^\s*\[\s*(\{|$)/.test(first[0])) throw this.#error("it seems to be a list of JSON; give ndjson, csv or tsv");
    const text = this.#rest.replace(/^\uFEFF/, "");
    this.#rest = "";
    this.#format = formatOf(first[0].replace(/^\uFEFF/, ""));
    const { heading } = this.#format;
    const records = this.#split(text, this.#format);
    return heading === undefined ? records : [{ line: 1, fields: heading }, ...records];
  }

  #split(chunk: string, { isQuoted, readLine }: Format): PointRecord[] {
    const records: PointRecord[] = [];
    let start = 0;
    let quote = isQuoted ? chunk.indexOf('"') : -1;
    const passQuotes = (end: number): void => {
      for (; quote >= 0 && quote < end; quote = chunk.indexOf('"', quote + 1)) this.#isOpen = !this.#isOpen;
    };
    for (let end = chunk.indexOf("\n"); end >= 0; end = chunk.indexOf("\n", end + 1)) {
      passQuotes(end);
      this.#lastLine += 1;
      if (this.#isOpen) continue;
      const text = withoutReturn(this.#rest + chunk.slice(start, end));
      if (text !== "") records.push({ line: this.#line, fields: this.#read(text, readLine) });
      this.#rest = "";
      this.#line = this.#lastLine;
      start = end + 1;
    }
    passQuotes(chunk.length);
    this.#rest += chunk.slice(start);
    return records;
  }

  #read(text: string, readLine: ReadLine): readonly unknown[] {
    const fields = readLine(text);
    if (typeof fields !== "string") return fields;
    throw this.#error(`line ${this.#line}, ${JSON.stringify(text.slice(0, 60))}, ${fields}`);
  }

  #noText(chunk: string): Error {
    const start = this.#format === undefined ? (this.#rest + chunk).slice(0, 4) : "";
    // Its mark is no character of UTF-8; without one, every other byte of plain letters is 0.
    return /^(?:\uFFFD\uFFFD|[^\0]\0[^\0]\0|\0[^\0]\0[^\0])/.test(start)
      ? this.#error("it seems to be UTF-16; save it as UTF-8")
      : this.#error("it is no text; give csv, tsv or ndjson");
  }

  #error(reason: string): Error {
    return pointsError(this.#name, reason);
  }
}

function formatOf(firstLine: string): Format {
  if (firstLine.trimStart().startsWith("{")) return ndjsonOf(firstLine);
  return firstLine.includes("\t") ? TSV : CSV;
}

/** Lines of JSON, whose columns are the keys of the first. */
function ndjsonOf(firstLine: string): Format {
  const heading = Object.keys(parseObject(firstLine) ?? {});
  const readLine: ReadLine = (line) => {
    const row = parseObject(line);
    if (row === undefined) return "is no object of JSON on one line; give ndjson, csv or tsv";
    const other = Object.keys(row).find((key) => !heading.includes(key));
    if (other !== undefined) return `has ${JSON.stringify(other)}, which the first line has not`;
    return heading.map((key) => (Object.hasOwn(row, key) ? row[key] : null));
  };
  return { isQuoted: false, heading, readLine };
}

function parseObject(line: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(line);
    const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
    // An object is a record of unknowns.
    return isObject ? (value as Readonly<Record<string, unknown>>) : undefined;
  } catch {
    return undefined;
  }
}

const FIELD = /(?:"((?:[^"]|"")*)"|([^",]*))(?:,|$)/gy;

function splitQuoted(line: string): string[] | string {
  const fields: string[] = [];
  FIELD.lastIndex = 0;
  for (let isLast = false; !isLast; ) {
    const found = FIELD.exec(line);
    if (found === null) return "is no record of csv; put quotes around the whole of a field, and double those within";
    const [whole, quoted, plain] = found;
    fields.push(quoted?.replaceAll('""', '"') ?? plain ?? "");
    isLast = !whole.endsWith(",");
    // After a comma at the very end comes one more field, which is empty.
    if (!isLast && FIELD.lastIndex === line.length) return [...fields, ""];
  }
  return fields;
}

function withoutReturn(line: string): string {
  return line.endsWith("\r") ? line.slice(0, -1) : line;
}

const ESCAPES: Readonly<Record<string, string>> = { "\\t": "\t", "\\n": "\n", "\\r": "\r", "\\\\": "\\" };

function unescapeTsv(field: string): string {
  return field.includes("\\") ? field.replaceAll(/\\[tnr\\]/g, (found) => ESCAPES[found] ?? found) : field;
}
