import { clampDownsample } from "@brainatlas/sdk/image";
import { type ImageEngine, STREAMED_PX } from "../engine/engine.ts";
import type { PictureJob } from "../engine/picture-job.ts";
import { NotHeldError } from "../failures.ts";
import { DEFAULT_QUALITY, MAX_JPEG_PX } from "../jpeg/jpeg-limits.ts";
import { describeHeld, isHeld } from "../pixels/held-windows.ts";
import type { Picture } from "../pixels/picture.ts";
import { damaged } from "../store/damaged.ts";
import { answerConditions } from "./conditional.ts";
import { type PictureAsk, pictureHeaders, pictureTag } from "./picture-headers.ts";
import { answerRanged } from "./ranged-answer.ts";
import { PATH_HEADER, refuse, refuseNotMirrored, SOURCE_HEADER } from "./refuse.ts";
import { streamOf } from "./stream-of.ts";
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
  const made = await engine.make(job, etag, signal).catch((error: unknown) => {
    const isDamage = error instanceof NotHeldError && picture.held === undefined && source.kind === "pyramid";
    throw isDamage ? damaged("body", source.file, "it lacks tiles of a picture that is held whole", error) : error;
  });
  all[PATH_HEADER] = made.path;
  if (made.path === "tile") {
    all[SOURCE_HEADER] = "stored";
    if (address !== undefined) desk.know(address, picture, source);
  }
  const { body, stop } = made;
  if (!(body instanceof Uint8Array)) {
    return new Response(
      streamOf(body, (reason) => stop?.(reason)),
      { headers: all },
    );
  }
  const part = (start: number, end: number) => uncopied(body.subarray(start, end));
  return answerRanged(request, { what: "picture", sizeBytes: body.length, part }, validators, all);
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
  if (picture.held !== undefined && !isHeld(picture.held, window)) {
    const { left, top, width, height, downsample } = window;
    const asked = `the ${width} × ${height} at ${left}, ${top} are asked for`;
    return refuseNotMirrored(`${describeHeld(picture.held, downsample)}, and ${asked}`);
  }
  const most = finish === undefined ? maxPixels : Math.min(maxPixels, MAX_FINISHED_PX);
  for (const { width, height } of finish === undefined ? [window] : [window, finish]) {
    if (width * height <= most && Math.max(width, height) <= MAX_JPEG_PX) continue;
    return refuse(
      400,
      `${width} × ${height} pixels are too many for one picture here (at most ${most} in all, ${MAX_JPEG_PX} on an edge); give a larger downsample or a smaller region`,
    );
  }
  return undefined;
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
