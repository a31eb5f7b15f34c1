import { FORMATS, formatError, MEDIA_TYPES } from "../rma/format-answer.ts";

/** Where an answer came from, in a header of every answer: `stored`, `computed`, `passed` from an upstream, or `refused`. */
export const SOURCE_HEADER = "x-brainatlas-source";
/** Why a mirror refuses, where the service would not; clients tell "not held" from "does not exist" by it. */
export const REASON_HEADER = "x-brainatlas-reason";
/** Of several things that were asked about, the ids of those that are not held, of which the service might say more. */
export const NOT_HELD_HEADER = "x-brainatlas-not-held";

/** Since when an answer is stale that was kept on its way from an upstream, ISO 8601. */
export const STALE_HEADER = "x-brainatlas-stale";

/** How a picture was made, for who looks into what is slow: see `PicturePath`. */
export const PATH_HEADER = "x-brainatlas-path";

/** Headers of every answer: pages of any origin may read it, and what its headers say: links, tags, why a request was refused. */
export const OPEN_HEADERS: Readonly<Record<string, string>> = {
  "access-control-allow-origin": "*",
  "access-control-expose-headers": "*",
};
/** When to ask again for what could not be taken on, in seconds: some of what waits is done by then. */
export const RETRY_AFTER_S = "10";

/** What kind of atlas answers: `synthetic`, or absent. */
export const ATLAS_HEADER = "x-brainatlas-atlas";
/** Parameters that were understood and not acted on. */
export const IGNORED_HEADER = "x-brainatlas-ignored";
/** Parameters that were acted on in a way of our own, as the service's is *unknown*. */
export const APPROXIMATED_HEADER = "x-brainatlas-approximated";

/**
 * A refusal in the API's own form of an error (reference §3.6): `success: false`, no rows, and words.
 *
 * The body of the service's 404 for an image is *unknown*; this form is the one it uses elsewhere.
 */
export function refuse(status: number, message: string, headers: Readonly<Record<string, string>> = {}): Response {
  return new Response(formatError(message, "json"), {
    status,
    headers: { "content-type": MEDIA_TYPES.json, [SOURCE_HEADER]: "refused", ...headers },
  });
}

/** The service may have it, this mirror does not. */
export function refuseNotMirrored(message: string): Response {
  return refuse(404, message, { [REASON_HEADER]: "not-mirrored" });
}

/** An extension that says no form of an answer. */
export function refuseFormat(extension: string, ...formats: readonly string[]): Response {
  const known = formats.length === 0 ? FORMATS : formats;
  return refuse(400, `Cannot answer in the format ${JSON.stringify(extension.slice(0, 40))}; give ${known.join(", ")}`);
}
