import { endsWhole, pictureKind } from "./judge-end.ts";
import type { ExpectedForm } from "./target.ts";
import { UpstreamError } from "./upstream-error.ts";

/** Bytes of an answer's beginning that tell what it is. */
export const START_BYTES: number = 1024;

/**
 * Says of the beginning of an answer with status 200 whether it is data (`data`) or words of the service, which has failed with the
 * question (`words`: reference §3.6).
 *
 * @throws {UpstreamError} If it is empty, or of another form than it has to be: a page for people says that the service is not at work (§10).
 */
export function judgeStart(form: ExpectedForm, start: Uint8Array, headers: Headers): "data" | "words" {
  if (start.byteLength === 0) throw damaged("an empty answer");
  const text = readStart(start);
  const isPage = /^(?:<!doctype html|<html)/i.test(text) || (form === "any" && isCalledPage(headers));
  // A file may be a page.
  if (isPage && (form !== "any" || !isAttached(headers))) {
    throw new UpstreamError("gave a page for people instead of data", { reach: "service", status: 503 });
  }
  const problem = startFault(form, text, start);
  if (problem !== undefined) throw damaged(problem);
  return isRefusal(text) ? "words" : "data";
}

/**
 * Judges an answer to `HEAD`, of which there is nothing but the header.
 *
 * @throws {UpstreamError} If it calls itself a page for people.
 */
export function judgeHead(headers: Headers): void {
  // A header alone is no proof that the service is not at work.
  if (isCalledPage(headers) && !isAttached(headers)) throw damaged("a page for people instead of data");
}

function isCalledPage(headers: Headers): boolean {
  return /^\s*text\/html/i.test(headers.get("content-type") ?? "");
}

function isAttached(headers: Headers): boolean {
  return /^\s*attachment/i.test(headers.get("content-disposition") ?? "");
}

/** Whether a text begins as the service's refusals do, in JSON or XML: where a file is asked for, too. */
function isRefusal(text: string): boolean {
  return (
    /^\{\s*"success"\s*:\s*false/.test(text) || /^(?:<\?[^>]*>\s*)?<Response\s[^>]*\bsuccess\s*=\s*['"]false/.test(text)
  );
}

function startFault(form: ExpectedForm, text: string, start: Uint8Array): string | undefined {
  if (form === "json" && !/^[{[]/.test(text)) return "what is no JSON";
  if (form === "xml" && !text.startsWith("<")) return "what is no XML";
  if (form === "csv" && text.startsWith("<")) return "what is no CSV";
  if (form === "svg" && !/^<(?:\?xml|!--|!doctype svg|svg)/i.test(text)) return "what is no drawing";
  if (form === "zip" && !text.startsWith("PK")) return "what is no zip";
  if (form === "nrrd" && !text.startsWith("NRRD")) return "what is no NRRD file";
  if (form === "jpeg" && pictureKind(start) === undefined) return "what is no picture";
  return undefined;
}

/**
 * Checks the last bytes of an answer.
 *
 * @param end As many as `TAIL_BYTES`, or all.
 * @throws {UpstreamError} If they do not end what it has to be.
 */
export function judgeEnd(form: ExpectedForm, start: Uint8Array, end: Uint8Array): void {
  if (!endsWhole(form, start, end)) throw damaged("an answer that breaks off");
}

/**
 * Checks an answer that is at hand as a whole.
 *
 * @throws {UpstreamError} If it is of another form, or not whole.
 */
export function judgeWhole(form: ExpectedForm, bytes: Uint8Array, headers: Headers): "data" | "words" {
  const verdict = judgeStart(form, bytes, headers);
  judgeEnd(form, bytes, bytes);
  if (form !== "json" && !(form === "any" && bytes[0] === OPENING_BRACE)) return verdict;
  try {
    const value: unknown = JSON.parse(new TextDecoder().decode(bytes));
    return (value as { success?: unknown } | null)?.success === false ? "words" : verdict;
  } catch (cause) {
    // A file may begin as JSON does.
    if (form === "any") return verdict;
    throw damaged("JSON that breaks off or is damaged", cause);
  }
}

const OPENING_BRACE = 0x7b;

function damaged(what: string, cause?: unknown): UpstreamError {
  return new UpstreamError(`gave ${what}`, { reach: "question", cause });
}

function readStart(bytes: Uint8Array): string {
  const text = Buffer.from(bytes.subarray(0, START_BYTES)).toString("utf8");
  return text.replace(/^\uFEFF/, "").trimStart();
}
