import type { Context, Input } from "./context.ts";

/** Longest record, in characters: a quote that is never closed must not fill the memory. */
const MAX_RECORD = 1_000_000;

/** Reads records of csv, or of tsv as this program writes it, chunk by chunk; which it is, the first line says. */
export async function* readRecords(
  source: Input,
  name: string,
  signal: Context["signal"],
): AsyncGenerator<string[][], void, undefined> {
  const stop = (): unknown => source.destroy?.(signal.reason);
  signal.addEventListener("abort", stop);
  const decoder = new TextDecoder();
  let split: LineSplitter | undefined;
  let text = "";
  try {
    for await (const chunk of source) {
      signal.throwIfAborted();
      text += typeof chunk === "string" ? chunk : decoder.decode(chunk, { stream: true });
      if (!text.includes("\n") && text.length <= MAX_RECORD) continue;
      split ??= splitterOf(text);
      const { records, rest } = split(text, false);
      if (rest.length > MAX_RECORD) throw tooLong(name);
      text = rest;
      if (records.length > 0) yield records;
    }
    text += decoder.decode();
    const { records } = (split ?? splitterOf(text))(text, true);
    if (records.length > 0) yield records;
  } finally {
    signal.removeEventListener("abort", stop);
  }
}

/** Takes the complete records off the start of a text; at its end all of it. */
type LineSplitter = (text: string, isEnd: boolean) => { readonly records: string[][]; readonly rest: string };

function splitterOf(text: string): LineSplitter {
  const [heading = ""] = text.split("\n", 1);
  return heading.includes("\t") ? splitTsv : splitCsv;
}

const splitTsv: LineSplitter = (text, isEnd) => {
  const end = isEnd ? text.length : text.lastIndexOf("\n") + 1;
  const lines = text
    .slice(0, end)
    .split("\n")
    .map(withoutReturn)
    .filter((line) => line !== "");
  return { records: lines.map((line) => line.split("\t").map(unescapeTsv)), rest: text.slice(end) };
};

const splitCsv: LineSplitter = (text, isEnd) => {
  const records: string[][] = [];
  let start = 0;
  for (let end = text.indexOf("\n"); start < text.length; end = text.indexOf("\n", end + 1)) {
    if (end < 0 && !isEnd) break;
    const line = withoutReturn(text.slice(start, end < 0 ? text.length : end));
    const isQuoted = line.includes('"');
    // A line feed between quotes belongs to the field.
    if (isQuoted && end >= 0 && (line.split('"').length - 1) % 2 === 1) continue;
    if (line !== "") records.push(isQuoted ? splitQuoted(line) : line.split(","));
    start = end < 0 ? text.length : end + 1;
    if (end < 0) break;
  }
  return { records, rest: text.slice(start) };
};

const FIELD = /(?:"((?:[^"]|"")*)"|([^",]*))(?:,|$)/gy;

function splitQuoted(line: string): string[] {
  const fields: string[] = [];
  FIELD.lastIndex = 0;
  for (let isLast = false; !isLast; ) {
    const found = FIELD.exec(line);
    if (found === null)
      throw new Error(`Cannot read the points: ${JSON.stringify(line.slice(0, 60))} is no record of csv`);
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

function tooLong(name: string): Error {
  return new Error(
    `Cannot read the points of ${name}: a record is longer than ${MAX_RECORD} characters; close its quotes`,
  );
}
