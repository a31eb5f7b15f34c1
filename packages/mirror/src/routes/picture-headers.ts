import type { TierWindow } from "@brainatlas/sdk/image";
import { PICTURE_FORMATS, type PictureFinish } from "../engine/picture-job.ts";
import type { PixelFilters } from "../pixels/filters.ts";
import type { Picture } from "../pixels/picture.ts";
import { etagOf, type Validators } from "./conditional.ts";
import { SOURCE_HEADER } from "./refuse.ts";

/** What is asked of a picture. */
export interface PictureAsk {
  /** Lies within its tier. */
  readonly window: TierWindow;
  /** Quality, 0 to 100; by default that of the service. */
  readonly quality?: number | undefined;
  readonly filters?: PixelFilters | undefined;
  readonly finish?: PictureFinish | undefined;
}

/** Part of every tag: to be raised when the same request comes to give other bytes. */
const PIXELS_VERSION = 3;
/** The recorded answers expire 52 weeks later (reference §1.3). */
const EXPIRES_MS = 364 * 24 * 3600 * 1000;
/** How long a picture may be shown without asking again: a store may come to hold another one, as the service does not. */
const MAX_AGE_S = 24 * 3600;

/** When what is given now expires, which has whole seconds and is printed once for each. */
let printed = { second: 0, text: "" };

function expires(nowMs: number): string {
  const second = Math.floor(nowMs / 1000);
  if (printed.second !== second) printed = { second, text: new Date(nowMs + EXPIRES_MS).toUTCString() };
  return printed.text;
}

/** The entity tag of what is asked of a picture. */
export function pictureTag(
  { tag, finestDownsample }: Picture,
  { window, quality, filters, finish }: PictureAsk,
): string {
  return etagOf(PIXELS_VERSION, tag, finestDownsample, window, quality ?? null, filters ?? null, finish ?? null);
}

/** Headers of every picture. */
export function pictureHeaders(
  { etag, lastModified }: Validators,
  finish?: PictureFinish | undefined,
): Record<string, string> {
  return {
    "content-type": PICTURE_FORMATS[finish?.format ?? "jpg"],
    ...(lastModified === undefined ? {} : { "last-modified": lastModified.toUTCString() }),
    expires: expires(Date.now()),
    // Compressed on the way, the parts would be of another body than the whole.
    "cache-control": `public, max-age=${MAX_AGE_S}, no-transform`,
    vary: "Accept-Encoding",
    etag,
    [SOURCE_HEADER]: "computed",
  };
}
