import { formatCsv } from "./format-csv.ts";
import { formatJson, formatJsonError } from "./format-json.ts";
import { serviceJson, serviceXml } from "./format-service.ts";
import { formatXml, formatXmlError } from "./format-xml.ts";
import { type QueryAnswer, QueryError } from "./result.ts";
import type { ServiceAnswer } from "./service-answer.ts";

/** The forms of an answer, by the extension that asks for them. */
export const FORMATS = ["json", "xml", "csv"] as const;
export type Format = (typeof FORMATS)[number];

/** Media types; UTF-8 is said, as a browser would guess otherwise. */
export const MEDIA_TYPES: Readonly<Record<Format, string>> = {
  json: "application/json; charset=utf-8",
  xml: "application/xml; charset=utf-8",
  csv: "text/csv; charset=utf-8",
};

/** Whether a text is the name of a form. */
export function isFormat(text: string): text is Format {
  return (FORMATS as readonly string[]).includes(text);
}

/** Writes an answer, in pieces. Closing the pieces before their end closes the answer's rows. */
export function formatAnswer(answer: QueryAnswer, format: Format): AsyncGenerator<string, void, undefined> {
  if (format === "xml") return formatXml(answer);
  return format === "csv" ? formatCsv(answer) : formatJson(answer);
}

/**
 * Writes the answer of a service.
 *
 * @throws {QueryError} If the form is CSV, which has none for it (reference §3.5).
 */
export function formatService(answer: ServiceAnswer, format: Format): string {
  if (format === "csv") throw new QueryError("Cannot write the answer of a service as CSV; ask for json or xml");
  return format === "xml" ? serviceXml(answer) : serviceJson(answer);
}

/** Text of a failure. CSV has no place for one, so that it is written in JSON. */
export function formatError(message: string, format: Format): string {
  return format === "xml" ? formatXmlError(message) : formatJsonError(message);
}
