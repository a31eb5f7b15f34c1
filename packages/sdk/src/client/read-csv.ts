import { ApiError, DecodeError } from "../errors.ts";
import type { AtlasStream } from "../http/atlas-stream.ts";
import { CsvParser } from "./csv-parser.ts";
import { wordsOf } from "./envelope.ts";

/** A row of CSV: each column's text, `""` where there is no value. */
export type CsvRow = Readonly<Record<string, string>>;

/** Characters of a failing answer that are read to tell its reason. */
const MAX_FAILURE_CHARACTERS = 65_536;

/**
 * Reads rows from a stream as they arrive.
 *
 * @throws {ApiError} If a failure of the query came in place of rows.
 * @throws {DecodeError} If something else came, or the rows are not CSV of one width.
 */
export async function* readCsv(stream: AtlasStream, query: string): AsyncGenerator<CsvRow, void, undefined> {
  const { url } = stream;
  const parser = new CsvParser(url);
  let columns: readonly string[] | undefined;
  let row = 0;
  for await (const text of checkedTexts(stream, query)) {
    for (const record of text === undefined ? parser.end() : parser.push(text)) {
      row += 1;
      if (columns === undefined) columns = checkColumns(record, url);
      else yield toRow(columns, record, row, url);
    }
  }
}

/** The text of a body, and `undefined` at its end; or the failure that came in its place. */
async function* checkedTexts(stream: AtlasStream, query: string): AsyncGenerator<string | undefined, void, undefined> {
  const texts = decodeTexts(stream);
  let start = "";
  for await (const text of texts) {
    if (start !== "") {
      yield text;
      continue;
    }
    start = text.trimStart();
    if (isFailure(stream.mediaType, start)) {
      for await (const more of texts) {
        start += more;
        if (start.length > MAX_FAILURE_CHARACTERS) break;
      }
      throw failureOf(start, query, stream.url);
    }
    yield text;
  }
  yield undefined;
}

/** Text without a byte order mark; characters may lie across chunks. */
async function* decodeTexts(stream: AtlasStream): AsyncGenerator<string, void, undefined> {
  const decoder = new TextDecoder();
  for await (const chunk of stream.chunks()) yield decoder.decode(chunk, { stream: true });
  yield decoder.decode();
}

/** A column's name begins with neither bracket: documents do, whatever type the server gives them. */
function isFailure(mediaType: string, start: string): boolean {
  return start !== "" && (/^[{[<]/.test(start) || /json|xml|html/.test(mediaType));
}

/** The error that a document in place of CSV stands for: the query's failure, or a page of another kind. */
function failureOf(document: string, query: string, url: string): ApiError | DecodeError {
  const words = jsonFailure(document) ?? xmlFailure(document);
  if (words !== undefined) return new ApiError(url, query, words);
  const found = JSON.stringify(document.slice(0, 60));
  return new DecodeError("the CSV", { at: "row 1", expected: "names of columns", found, url });
}

function jsonFailure(document: string): string | undefined {
  try {
    const { success, msg } = JSON.parse(document);
    return success === false ? wordsOf(msg) : undefined;
  } catch {
    return undefined;
  }
}

/** The form of a failure in XML is not recorded: its text is taken, whatever lies around it. */
function xmlFailure(document: string): string | undefined {
  if (!/<Response\b[^>]*\bsuccess=(["'])false\1/.test(document)) return undefined;
  const text = document.replaceAll(/<[^>]*>/g, " ").replaceAll(/\s+/g, " ");
  return text.trim() || "no reason";
}

function checkColumns(names: readonly string[], url: string): readonly string[] {
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice === undefined) return names;
  const found = `the column ${JSON.stringify(twice)} twice`;
  const expected = 'names that differ, as by "genes.name as gene" in tabular()';
  throw new DecodeError("the CSV", { at: "row 1", expected, found, url });
}

function toRow(columns: readonly string[], record: readonly string[], row: number, url: string): CsvRow {
  if (record.length !== columns.length) {
    const expected = `${columns.length}, as in the first row`;
    throw new DecodeError("the CSV", { at: `row ${row}`, expected, found: `${record.length} fields`, url });
  }
  // Defines its own properties, also one that is named __proto__.
  return Object.fromEntries(columns.map((name, index) => [name, record[index] ?? ""]));
}
