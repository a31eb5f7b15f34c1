import type { Asset } from "../store/asset.ts";
import { ageHeaders } from "./age-headers.ts";
import { answerConditions, etagOf } from "./conditional.ts";
import { answerRanged } from "./ranged-answer.ts";
import { SOURCE_HEADER } from "./refuse.ts";
import { streamOf } from "./stream-of.ts";

/**
 * Answers with a file: whole, one part of it, or that the client has it already.
 *
 * Of the service it is unknown whether it takes `Range` and gives tags (reference §10, §12); these are more than its clients ask for.
 * The body is made as it is read, piece by piece, and ends when the client goes away.
 */
export function answerAsset(asset: Asset, request: Request): Response {
  const { sizeBytes, lastModified, freshness } = asset;
  const validators = { etag: asset.etag ?? etagOf(asset.tag), lastModified };
  const headers: Record<string, string> = {
    "content-type": asset.mediaType,
    "content-disposition": `attachment; filename=${harmlessName(asset.fileName)}`,
    "accept-ranges": "bytes",
    etag: validators.etag,
    "last-modified": lastModified.toUTCString(),
    // Compressed on the way, the parts would be of another body than the whole.
    "cache-control": "no-transform",
    [SOURCE_HEADER]: asset.isComputed ? "computed" : "stored",
    ...(freshness && ageHeaders(freshness, Date.now())),
  };
  const decided = answerConditions(request, validators, headers);
  if (decided !== undefined) return decided;
  const part = (start: number, end: number): ReadableStream<Uint8Array<ArrayBuffer>> => {
    const gone = new AbortController();
    return streamOf(asset.read(start, end, gone.signal), (reason) => gone.abort(reason));
  };
  return answerRanged(request, { what: "file", sizeBytes, part }, validators, headers);
}

/** A name that can stand in a header as it is, and in a folder. */
function harmlessName(name: string): string {
  return name.replaceAll(/[^\w.,-]/g, "_").replace(/^[.-]+/, "") || "file";
}
