import { jpegFault } from "@brainatlas/sdk/image";
import type { ExpectedForm } from "./target.ts";
import { UpstreamError } from "./upstream-error.ts";

/** Bytes of an answer's end that tell whether it is whole: the directory of a zip ends at most so far from the end. */
export const TAIL_BYTES: number = 65_557;
/** Bytes of an answer's beginning that tell what it is. */
const START_CHARACTERS = 1024;

/**
 * Says of the beginning of an answer with status 200 whether it is data (`data`) or words of the service, which has failed with the
 * question (`words`: reference §3.6).
 *
 * @throws {UpstreamError} If it is of another form than it has to be: a page for people says that the service is not at work (§10).
 */
export function judgeStart(form: ExpectedForm, start: Uint8Array, headers: Headers): "data" | "words" {
  const text = readStart(start);
  const type = headers.get("content-type")?.toLowerCase() ?? "";
  const isAttached = /^\s*attachment/i.test(headers.get("content-disposition") ?? "");
  if (/^(?:<!doctype html|<html)/i.test(text) || (form === "any" && type.startsWith("text/html"))) {
    // A file may be a page.
    if (form !== "any" || !isAttached) {
      throw new UpstreamError("gave a page for people instead of data", { reach: "service", status: 503 });
    }
  }
  const problem = startFault(form, text, start, type);
  if (problem !== undefined) throw damaged(problem);
  const isRefusal =
    form === "json" || form === "csv" ? /^\{\s*"success"\s*:\s*false/ : /^[^>]*<Response[^>]*\ssuccess=['"]false/;
  return (form === "json" || form === "csv" || form === "xml") && isRefusal.test(text) ? "words" : "data";
}

function startFault(form: ExpectedForm, text: string, start: Uint8Array, type: string): string | undefined {
  if (form === "json" && !/^[{[]/.test(text)) return "what is no JSON";
  if (form === "xml" && !text.startsWith("<")) return "what is no XML";
  if (form === "csv" && text.startsWith("<")) return "what is no CSV";
  if (form === "svg" && !/^<(?:\?xml|!--|!doctype svg|svg)/i.test(text)) return "what is no drawing";
  if (form === "zip" && !text.startsWith("PK")) return "what is no zip";
  if (form === "nrrd" && !text.startsWith("NRRD")) return "what is no NRRD file";
  if (form === "jpeg" && !(start[0] === 0xff && start[1] === 0xd8) && !type.startsWith("image/")) {
    return "what is no picture";
  }
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

function endsWhole(form: ExpectedForm, start: Uint8Array, end: Uint8Array): boolean {
  const last = Buffer.from(end.subarray(-START_CHARACTERS)).toString("latin1").trimEnd();
  switch (form) {
    case "jpeg":
      return start[0] !== 0xff || jpegFault(withStart(start, end)) === undefined;
    case "json":
      return /[}\]]$/.test(last);
    case "xml":
      return last.endsWith(">");
    case "svg":
      return /(?:<\/svg|\/)>(?:\s*<!--.*-->)*$/s.test(last);
    case "zip":
      return Buffer.from(end).includes("PK\u0005\u0006", 0, "latin1");
    default:
      return true;
  }
}

/** The marks of both ends, as the reader of a whole picture looks at them. */
function withStart(start: Uint8Array, end: Uint8Array): Uint8Array {
  return Buffer.concat([start.subarray(0, 2), end.subarray(-256)]);
}

/**
 * Checks an answer that is at hand as a whole.
 *
 * @throws {UpstreamError} If it is of another form, or not whole.
 */
export function judgeWhole(form: ExpectedForm, bytes: Uint8Array, headers: Headers): "data" | "words" {
  const verdict = judgeStart(form, bytes, headers);
  judgeEnd(form, bytes, bytes);
  if (form !== "json") return verdict;
  try {
    const value: unknown = JSON.parse(new TextDecoder().decode(bytes));
    return (value as { success?: unknown } | null)?.success === false ? "words" : verdict;
  } catch (cause) {
    throw damaged("JSON that breaks off or is damaged", cause);
  }
}

/** Whether the end of such a body can be told from a body that was cut off. */
export function hasEndMark(form: ExpectedForm): boolean {
  return form !== "csv" && form !== "nrrd" && form !== "any";
}

function damaged(what: string, cause?: unknown): UpstreamError {
  return new UpstreamError(`gave ${what}`, { reach: "question", cause });
}

function readStart(bytes: Uint8Array): string {
  const text = Buffer.from(bytes.subarray(0, START_CHARACTERS)).toString("utf8");
  return text.replace(/^\uFEFF/, "").trimStart();
}
