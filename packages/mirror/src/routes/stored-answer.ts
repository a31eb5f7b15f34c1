import type { StoredAnswer } from "../store/atlas-store.ts";
import { ageHeaders } from "./age-headers.ts";
import { answerConditions, etagOf } from "./conditional.ts";
import { SOURCE_HEADER } from "./refuse.ts";
import { streamOf } from "./stream-of.ts";

/** From this size on a body passes by in pieces. */
const STREAMED_BYTES = 1024 * 1024;

/** Answers with what was recorded: the same status, the same bytes, a redirect to the same place on this host. */
export async function answerStored(stored: StoredAnswer, request: Request, url: URL): Promise<Response> {
  const { status, location, lastModified, freshness } = stored;
  const etag = stored.etag ?? etagOf(stored.tag);
  const aged = freshness === undefined ? {} : ageHeaders(freshness, Date.now());
  const own = { vary: "Accept-Encoding", [SOURCE_HEADER]: "stored", ...aged };
  const headers: Record<string, string> = { ...stored.headers, ...own };
  if (location !== undefined)
    return new Response(null, { status, headers: { ...headers, location: url.origin + location } });
  headers.etag = etag;
  if (lastModified !== undefined) headers["last-modified"] = lastModified.toUTCString();
  const decided = answerConditions(request, { etag, lastModified }, headers);
  if (decided !== undefined) return decided;
  if (request.method === "HEAD") return new Response(null, { status, headers });
  headers["content-length"] = String(stored.sizeBytes);
  const body = stored.sizeBytes > STREAMED_BYTES ? streamBody(stored) : await stored.body();
  return new Response(body, { status, headers });
}

function streamBody(stored: StoredAnswer): ReadableStream<Uint8Array<ArrayBuffer>> {
  const gone = new AbortController();
  return streamOf(stored.chunks(gone.signal), (reason) => gone.abort(reason));
}
