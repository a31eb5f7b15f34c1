import type { PictureFinish, PictureFormat } from "../engine/picture-job.ts";

/** Versions of the Image API that are spoken: 2 is 2.1.1. */
export type ImageApiVersion = 2 | 3;

/** What of an image is asked for; lengths in its pixels, or in percent of its width and height. */
export type RegionRequest =
  | { readonly kind: "full" }
  | { readonly kind: "square" }
  | { readonly kind: "pixels" | "percent"; readonly rectangle: Rectangle };

/** A rectangle, from the upper left. */
export interface Rectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** To what a region is scaled. */
export type SizeRequest = (
  | { readonly kind: "full" | "max" }
  | { readonly kind: "percent"; readonly percent: number }
  /** One of the lengths may be left to follow from the other. */
  | { readonly kind: "exact"; readonly width: number | undefined; readonly height: number | undefined }
  | { readonly kind: "within"; readonly width: number; readonly height: number }
) & {
  /** What is done where it is larger than the region: that is given, refused, or the region's own size is kept. */
  readonly whenLarger: "give" | "refuse" | "keep";
};

/** A request for an image, read and not yet applied to one. */
export interface ImageRequest extends Pick<PictureFinish, "isMirrored" | "turnDeg" | "tone" | "format"> {
  readonly region: RegionRequest;
  readonly size: SizeRequest;
}

const INTEGER = /^\d{1,9}$/;
/** Numbers of a region: what lies beyond the image is cut off (§4.1), however far. */
const LONG_INTEGER = /^\d{1,50}$/;
const LONG_DECIMAL = /^(?:\d{1,50}(?:\.\d{0,10})?|\.\d{1,10})$/;
/** Ten decimals are the most that 2.1 lets clients give. */
const DECIMAL = /^(?:\d{1,9}(?:\.\d{0,10})?|\.\d{1,10})$/;
const FORMATS: readonly PictureFormat[] = ["jpg", "png", "webp", "tif"];
const TONES: Readonly<Record<string, PictureFinish["tone"]>> = {
  default: "color",
  color: "color",
  gray: "gray",
  bitonal: "bitonal",
};

/**
 * Sizes without a mark. Of a box that is larger than the region 3.0 says that the region's own size is given (§4.2); the validator of
 * the API, and servers by it, refuse that as any other size, and so does this one. 2.1 leaves open what it does.
 */
const WHEN_LARGER = {
  2: { box: "keep", other: "give" },
  3: { box: "refuse", other: "refuse" },
} as const;

/**
 * Reads the four last parts of the path of a request for an image: region, size, rotation, quality and format (Image API 3.0 and
 * 2.1.1, §4).
 *
 * @throws {RangeError} If a part is none that the version has.
 * @example parseImageRequest(3, ["full", "^max", "!90", "gray.png"]).turnDeg // → 90
 */
export function parseImageRequest(
  version: ImageApiVersion,
  [region, size, rotation, name]: readonly [string, string, string, string],
): ImageRequest {
  return {
    region: parseRegion(region),
    size: parseSize(version, size),
    ...parseRotation(rotation),
    ...parseName(name),
  };
}

function parseRegion(text: string): RegionRequest {
  if (text === "full" || text === "square") return { kind: text };
  const isPercent = text.startsWith("pct:");
  const parts = (isPercent ? text.slice(4) : text).split(",", 5);
  if (parts.length !== 4 || !parts.every((part) => (isPercent ? LONG_DECIMAL : LONG_INTEGER).test(part))) {
    throw refusal("region", text, "full, square, x,y,w,h in pixels or pct:x,y,w,h");
  }
  const [x = 0, y = 0, width = 0, height = 0] = parts.map(Number);
  return { kind: isPercent ? "percent" : "pixels", rectangle: { x, y, width, height } };
}

function parseSize(version: ImageApiVersion, text: string): SizeRequest {
  const isMarked = version === 3 && text.startsWith("^");
  const form = isMarked ? text.slice(1) : text;
  const isBox = form.startsWith("!");
  const whenLarger = isMarked ? "give" : WHEN_LARGER[version][isBox ? "box" : "other"];
  if (form === "max") return { kind: form, whenLarger: isMarked ? "give" : "keep" };
  if (form === "full" && version === 2) return { kind: form, whenLarger };
  if (form.startsWith("pct:") && DECIMAL.test(form.slice(4))) {
    return { kind: "percent", percent: Number(form.slice(4)), whenLarger };
  }
  const parts = form.slice(isBox ? 1 : 0).split(",", 3);
  const [width, height] = parts.map((part) => (part === "" ? undefined : Number(part)));
  const isPair = parts.length === 2 && parts.every((part) => part === "" || INTEGER.test(part));
  if (isPair && isBox && width !== undefined && height !== undefined)
    return { kind: "within", width, height, whenLarger };
  if (isPair && !isBox && (width ?? height) !== undefined) return { kind: "exact", width, height, whenLarger };
  const forms =
    version === 3 ? "max, w, ,h w,h !w,h or pct:n, each also after ^" : "full, max, w, ,h w,h !w,h or pct:n";
  throw refusal("size", text, forms);
}

function parseRotation(text: string): Pick<ImageRequest, "isMirrored" | "turnDeg"> {
  const isMirrored = text.startsWith("!");
  const angle = isMirrored ? text.slice(1) : text;
  if (!DECIMAL.test(angle) || Number(angle) > 360) throw refusal("rotation", text, "0 to 360, also after !");
  return { isMirrored, turnDeg: Number(angle) % 360 };
}

function parseName(text: string): Pick<ImageRequest, "tone" | "format"> {
  const dot = text.lastIndexOf(".");
  const [quality, extension] = dot < 0 ? [text, ""] : [text.slice(0, dot), text.slice(dot + 1)];
  const tone = Object.hasOwn(TONES, quality) ? TONES[quality] : undefined;
  if (tone === undefined) throw refusal("quality", quality, Object.keys(TONES).join(", "));
  const format = FORMATS.find((each) => each === extension);
  if (format === undefined) throw refusal("format", extension, FORMATS.join(", "));
  return { tone, format };
}

function refusal(part: string, text: string, forms: string): RangeError {
  return new RangeError(`Cannot use the ${part} ${JSON.stringify(text.slice(0, 80))}; give ${forms}`);
}
