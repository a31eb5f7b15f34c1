import {
  clampDownsample,
  type ImageServiceRequest,
  parseImageServiceRequest,
  requestedRegion,
  type TierWindow,
  windowOf,
} from "@brainatlas/sdk/image";
import { readRequest } from "../failures.ts";
import { DEFAULT_QUALITY, encodeJpeg, MAX_JPEG_EDGE_PX } from "../pixels/encode.ts";
import { applyFilters, type PixelFilters } from "../pixels/filters.ts";
import type { Limiter } from "../pixels/limiter.ts";
import type { Picture } from "../pixels/picture.ts";
import type { AtlasStore } from "../store/atlas-store.ts";
import { answerConditions, etagOf } from "./conditional.ts";
import { IGNORED_HEADER, refuse, refuseNotMirrored, SOURCE_HEADER } from "./refuse.ts";

/** Part of every tag: to be raised when the same request comes to give other bytes. */
const PIXELS_VERSION = 1;
/** The recorded answers expire 52 weeks later (reference §1.3). */
const EXPIRES_MS = 364 * 24 * 3600 * 1000;

/** Answers the image service: a region of a stored file at a tier, as JPEG (reference §1.4). */
export async function answerImageService(
  store: AtlasStore,
  request: Request,
  url: URL,
  maxPixels: number,
  run: Limiter,
): Promise<Response> {
  const asked = readRequest(() => parseImageServiceRequest(url.searchParams));
  const picture = await store.picture(asked.path);
  if (picture === undefined) return refuse(404, `There is no picture at the path ${JSON.stringify(asked.path)} here`);
  const file = { image_width: picture.width, image_height: picture.height };
  const window = windowOf(requestedRegion(asked, file), file);
  if (window === undefined) {
    return refuse(
      400,
      `The region lies outside of the picture of ${picture.width} × ${picture.height} pixels; give a left and top within`,
    );
  }
  const problem = findProblem(window, picture, maxPixels);
  if (problem !== undefined) return problem;

  const filters = readFilters(asked);
  const quality = asked.quality ?? DEFAULT_QUALITY;
  const etag = etagOf(PIXELS_VERSION, picture.tag, window, quality, filters);
  const headers = pictureHeaders(asked, picture, etag);
  const decided = answerConditions(request, { etag, lastModified: picture.lastModified }, headers);
  if (decided !== undefined) return decided;
  if (request.method === "HEAD") return new Response(null, { headers });
  const { signal } = request;
  const body = await run(async () => {
    const pixels = await picture.read(window, signal);
    return await encodeJpeg(applyFilters(pixels, filters), quality);
  }, signal);
  return new Response(body, { headers: { ...headers, "content-length": String(body.byteLength) } });
}

function findProblem(window: TierWindow, picture: Picture, maxPixels: number): Response | undefined {
  const { width, height, downsample } = window;
  const finest = clampDownsample(picture.finestDownsample, {
    image_width: picture.width,
    image_height: picture.height,
  });
  if (downsample < finest) {
    return refuseNotMirrored(
      `This mirror holds the picture only from downsample ${finest}, and ${downsample} is asked for`,
    );
  }
  if (width * height > maxPixels || Math.max(width, height) > MAX_JPEG_EDGE_PX) {
    return refuse(
      400,
      `${width} × ${height} pixels are too many for one JPEG here (at most ${maxPixels} in all, ${MAX_JPEG_EDGE_PX} on an edge); give a larger downsample or a smaller region`,
    );
  }
  return undefined;
}

/**
 * The filters that are applied. `colormap` is accepted and not applied, and a header says so: the service's colour tables are
 * *unknown*.
 */
function readFilters({ filter, filterVals, rgb, contrast }: ImageServiceRequest): PixelFilters {
  const range = filter === "range" && filterVals?.length === 6 ? filterVals : undefined;
  return { range, rgb, contrast };
}

function pictureHeaders(
  { mime, fileout, filter, colormap }: ImageServiceRequest,
  picture: Picture,
  etag: string,
): Record<string, string> {
  const coloured = colormap !== undefined || filter === "colormap";
  const now = Date.now();
  const name = /^[\w.-]{1,100}$/.test(fileout ?? "") ? fileout : "imagefile.jpg";
  return {
    "content-type": "image/jpeg",
    ...(mime === 1 || fileout !== undefined ? { "content-disposition": `attachment; filename=${name}` } : {}),
    "last-modified": picture.lastModified.toUTCString(),
    expires: new Date(now + EXPIRES_MS).toUTCString(),
    vary: "Accept-Encoding",
    etag,
    [SOURCE_HEADER]: "computed",
    ...(coloured ? { [IGNORED_HEADER]: "colormap" } : {}),
  };
}
