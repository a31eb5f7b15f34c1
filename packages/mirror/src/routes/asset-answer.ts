import type { Asset } from "../store/asset.ts";
import { askedRange } from "./byte-range.ts";
import { answerConditions, etagOf } from "./conditional.ts";
import { refuse, SOURCE_HEADER } from "./refuse.ts";

/**
 * Answers with a file: whole, one part of it, or that the client has it already.
 *
 * Of the service it is unknown whether it takes `Range` and gives tags (reference §10, §12); these are more than its clients ask for.
 * The body is made as it is read, piece by piece, and ends when the client goes away.
 */
export function answerAsset(asset: Asset, request: Request): Response {
  const { sizeBytes, lastModified } = asset;
  const validators = { etag: etagOf(asset.tag), lastModified };
  const headers: Record<string, string> = {
    "content-type": asset.mediaType,
    "content-disposition": `attachment; filename=${harmlessName(asset.fileName)}`,
    "accept-ranges": "bytes",
    etag: validators.etag,
    "last-modified": lastModified.toUTCString(),
    // Compressed on the way, the parts would be of another body than the whole.
    "cache-control": "no-transform",
    [SOURCE_HEADER]: asset.isComputed ? "computed" : "stored",
  };
  const decided = answerConditions(request, validators, headers);
  if (decided !== undefined) return decided;
  const range = askedRange(request, sizeBytes, validators);
  if (range === "unsatisfiable") {
    return refuse(416, `Cannot give that range: the file has ${sizeBytes} bytes`, {
      "content-range": `bytes */${sizeBytes}`,
    });
  }
  const { start, end } = range ?? { start: 0, end: sizeBytes };
  headers["content-length"] = String(end - start);
  if (range !== undefined) headers["content-range"] = `bytes ${start}-${end - 1}/${sizeBytes}`;
  const body = request.method === "HEAD" ? null : streamOf(asset, start, end);
  return new Response(body, { status: range === undefined ? 200 : 206, headers });
}

function streamOf(asset: Asset, start: number, end: number): ReadableStream<Uint8Array<ArrayBuffer>> {
  const gone = new AbortController();
  const chunks = asset.read(start, end, gone.signal)[Symbol.asyncIterator]();
  return new ReadableStream(
    {
      async pull(controller) {
        const { done, value } = await chunks.next();
        if (done === true) controller.close();
        else controller.enqueue(value);
      },
      async cancel(reason) {
        gone.abort(reason);
        await chunks.return?.();
      },
    },
    // Nothing is read before it is asked for.
    { highWaterMark: 0 },
  );
}

/** A name that can stand in a header as it is, and in a folder. */
function harmlessName(name: string): string {
  return name.replaceAll(/[^\w.,-]/g, "_").replace(/^[.-]+/, "") || "file";
}
