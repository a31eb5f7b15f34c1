import { answerConditions } from "../routes/conditional.ts";
import { answerRanged } from "../routes/ranged-answer.ts";
import { ATLAS_HEADER, NOT_HELD_HEADER, REASON_HEADER, SOURCE_HEADER, STALE_HEADER } from "../routes/refuse.ts";
import { streamOf } from "../routes/stream-of.ts";
import type { Freshness } from "../store/kept.ts";
import { isHeaderText, shownHeaders, shownTagOf, validatorsOf } from "./keep.ts";
import type { Spool } from "./spool.ts";
import type { Target } from "./target.ts";

/** How the upstream failed, in an answer that is given instead of its own. */
export const UPSTREAM_HEADER = "x-brainatlas-upstream";

/** What came of a question, for all who asked it. */
export type Outcome =
  /** The answer is in the store now. */
  | { readonly kind: "kept" }
  /** What is held still holds, by that. */
  | { readonly kind: "refreshed"; readonly freshness: Freshness }
  /** An answer that is not kept. */
  | {
      readonly kind: "given";
      readonly status: number;
      readonly headers: Readonly<Record<string, string>>;
      /** Path and query that it leads to. */
      readonly location: string | undefined;
      readonly body: Uint8Array<ArrayBuffer>;
    }
  /** An answer that cannot go through the store: each who asks it is to have it as it comes. */
  | { readonly kind: "unspooled" }
  /** An answer that is on its way. */
  | {
      readonly kind: "growing";
      readonly spool: Spool;
      readonly headers: Readonly<Record<string, string>>;
      readonly etag: string | undefined;
      readonly lastModified: Date | undefined;
    };

/** Fields that a mirror in the place of the upstream says of its answer. */
const MIRROR_HEADERS = [ATLAS_HEADER, REASON_HEADER, NOT_HELD_HEADER, STALE_HEADER];

/** Header fields of an answer that is handed on. All others belong to the connection, or say what is not so here. */
export function passedHeaders(headers: Headers, target: Target): Record<string, string> {
  const { lastModified } = validatorsOf(headers);
  const etag = shownTagOf(headers);
  const passed: Record<string, string> = { ...typeOf(headers, target), [SOURCE_HEADER]: "passed" };
  for (const name of MIRROR_HEADERS) {
    const value = headers.get(name);
    if (value !== null && isHeaderText(value)) passed[name] = value;
  }
  if (lastModified !== undefined) passed["last-modified"] = lastModified;
  if (etag !== undefined) passed.etag = etag;
  return passed;
}

/** Words of a service are of the type that it says, data are of that of what was asked for. */
function typeOf(headers: Headers, target: Target): Record<string, string> {
  const shown = shownHeaders(headers, target);
  const isPage = /^text\/html/i.test(headers.get("content-type") ?? "");
  return isPage ? { ...shown, "content-type": "text/html; charset=utf-8", "x-content-type-options": "nosniff" } : shown;
}

/**
 * Answers with what is handed on and not kept, or not yet.
 *
 * @param release Is called when nothing of the outcome is needed any more.
 */
export function answerOutcome(
  outcome: Extract<Outcome, { kind: "given" | "growing" }>,
  request: Request,
  release: () => void,
): Response {
  if (outcome.kind === "growing") return answerGrowing(outcome, request, release);
  release();
  const { status, headers, location, body } = outcome;
  if (location !== undefined) return answerRedirect(status, headers, location, request);
  return new Response(body, { status, headers: { ...headers, "content-length": String(body.byteLength) } });
}

/** A redirect to a path and query of this host. */
export function answerRedirect(
  status: number,
  { "content-type": _, ...headers }: Readonly<Record<string, string>>,
  location: string,
  request: Request,
): Response {
  return new Response(null, { status, headers: { ...headers, location: new URL(request.url).origin + location } });
}

function answerGrowing(
  { spool, headers, etag, lastModified }: Extract<Outcome, { kind: "growing" }>,
  request: Request,
  release: () => void,
): Response {
  const { totalBytes } = spool;
  const validators = { etag, lastModified };
  const decided = answerConditions(request, validators, headers);
  if (decided !== undefined) {
    release();
    return decided;
  }
  const part = (start: number, end: number | undefined): ReadableStream<Uint8Array<ArrayBuffer>> => {
    const gone = new AbortController();
    return streamOf(withRelease(spool.read(start, end, gone.signal), release), (reason) => {
      gone.abort(reason);
      release();
    });
  };
  // Compressed on the way, a part would be of another body than the whole.
  const all = { ...headers, "cache-control": "no-transform" };
  if (totalBytes === undefined) return new Response(part(0, undefined), { headers });
  const response = answerRanged(request, { what: "file", sizeBytes: totalBytes, part }, validators, all);
  if (response.body === null || response.status === 416) release();
  return response;
}

async function* withRelease(
  chunks: AsyncIterable<Uint8Array<ArrayBuffer>>,
  release: () => void,
): AsyncGenerator<Uint8Array<ArrayBuffer>, void, undefined> {
  try {
    yield* chunks;
  } finally {
    release();
  }
}
