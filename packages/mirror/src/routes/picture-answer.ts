import { clampDownsample } from "@brainatlas/sdk/image";
import { DEFAULT_QUALITY } from "../engine/encode-bands.ts";
import { type ImageEngine, STREAMED_PX } from "../engine/engine.ts";
import type { PictureJob } from "../engine/picture-job.ts";
import type { MadePicture } from "../engine/pool.ts";
import type { Picture } from "../pixels/picture.ts";
import { askedRange } from "./byte-range.ts";
import { answerConditions, type Validators } from "./conditional.ts";
import { type PictureAsk, pictureHeaders, pictureTag } from "./picture-headers.ts";
import { PATH_HEADER, refuse, refuseNotMirrored, SOURCE_HEADER } from "./refuse.ts";
import type { PictureAddress, TileDesk } from "./tile-desk.ts";

/** What makes pictures, and its bounds. */
export interface PictureMaker {
  readonly engine: ImageEngine;
  /** Answers the next requests for single tiles of a picture. */
  readonly desk: TileDesk;
  /** Largest picture that is made, in pixels. */
  readonly maxPixels: number;
}

/** From this size on a copy costs more than a stream. */
const UNCOPIED_BYTES = 2 ** 17;
/** Longest edge that the JPEG format can say. */
export const MAX_JPEG_EDGE_PX = 65_535;
/** Largest picture that is scaled, turned or given in another format, in pixels: it is held as a whole. */
export const MAX_FINISHED_PX: number = 2 ** 23;
/**
 * Answers with a window of a picture: whole, a part of its bytes, or that the client has it already.
 *
 * @param address How the picture is named in the URLs of its tiles; without it they are answered here alone.
 * @param headers What the route adds.
 */
export async function answerPicture(
  { engine, desk, maxPixels }: PictureMaker,
  request: Request,
  picture: Picture,
  ask: PictureAsk,
  address: PictureAddress | undefined,
  headers: Readonly<Record<string, string>> = {},
): Promise<Response> {
  const problem = findProblem(ask, picture, maxPixels);
  if (problem !== undefined) return problem;
  const { window, filters, finish } = ask;
  const quality = ask.quality === DEFAULT_QUALITY ? undefined : ask.quality;
  const etag = pictureTag(picture, { ...ask, quality });
  const validators = { etag, lastModified: picture.lastModified };
  const all = { ...pictureHeaders(validators, finish), ...headers };
  const decided = answerConditions(request, validators, all);
  if (decided !== undefined) return decided;
  if (request.method === "HEAD") {
    const isGivenWhole = finish !== undefined || window.width * window.height <= STREAMED_PX;
    return new Response(null, { headers: { ...all, ...(isGivenWhole && { "accept-ranges": "bytes" }) } });
  }

  const { signal } = request;
  const source = await picture.source(signal);
  const { finestDownsample } = picture;
  const job: PictureJob = { source, window, finestDownsample, quality, filters, finish };
  const made = await engine.make(job, etag, signal);
  all[PATH_HEADER] = made.path;
  if (made.path === "tile") {
    all[SOURCE_HEADER] = "stored";
    if (address !== undefined) desk.know(address, picture, source);
  }
  return made.body instanceof Uint8Array
    ? answerBytes(made.body, request, validators, all)
    : new Response(streamOf(made.body, made.stop), { headers: all });
}

function findProblem({ window, finish }: PictureAsk, picture: Picture, maxPixels: number): Response | undefined {
  const finest = clampDownsample(picture.finestDownsample, {
    image_width: picture.width,
    image_height: picture.height,
  });
  if (window.downsample < finest) {
    return refuseNotMirrored(
      `This mirror holds the picture only from downsample ${finest}, and ${window.downsample} is asked for`,
    );
  }
  const most = finish === undefined ? maxPixels : Math.min(maxPixels, MAX_FINISHED_PX);
  for (const { width, height } of finish === undefined ? [window] : [window, finish]) {
    if (width * height <= most && Math.max(width, height) <= MAX_JPEG_EDGE_PX) continue;
    return refuse(
      400,
      `${width} × ${height} pixels are too many for one picture here (at most ${most} in all, ${MAX_JPEG_EDGE_PX} on an edge); give a larger downsample or a smaller region`,
    );
  }
  return undefined;
}

function answerBytes(
  body: Uint8Array<ArrayBuffer>,
  request: Request,
  validators: Validators,
  headers: Record<string, string>,
): Response {
  headers["accept-ranges"] = "bytes";
  const range = askedRange(request, body.length, validators);
  if (range === "unsatisfiable") {
    return refuse(416, `Cannot give that range: the picture has ${body.length} bytes`, {
      "content-range": `bytes */${body.length}`,
    });
  }
  const { start, end } = range ?? { start: 0, end: body.length };
  headers["content-length"] = String(end - start);
  if (range === undefined) return new Response(uncopied(body), { headers });
  headers["content-range"] = `bytes ${start}-${end - 1}/${body.length}`;
  return new Response(uncopied(body.subarray(start, end)), { status: 206, headers });
}

/** Bytes as a body that is not copied, as the platform does with bytes. */
function uncopied(bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> | ReadableStream<Uint8Array<ArrayBuffer>> {
  if (bytes.length < UNCOPIED_BYTES) return bytes;
  return new ReadableStream({
    pull(controller) {
      controller.enqueue(bytes);
      controller.close();
    },
  });
}

/** A body that is made as it is read; when the client goes away so does the work. */
function streamOf(
  body: Exclude<MadePicture["body"], Uint8Array>,
  stop: MadePicture["stop"],
): ReadableStream<Uint8Array<ArrayBuffer>> {
  const chunks = body[Symbol.asyncIterator]();
  return new ReadableStream(
    {
      async pull(controller) {
        const { done, value } = await chunks.next();
        if (done === true) controller.close();
        else controller.enqueue(value);
      },
      cancel(reason) {
        stop?.(reason);
      },
    },
    // Nothing is made before it is asked for.
    { highWaterMark: 0 },
  );
}
