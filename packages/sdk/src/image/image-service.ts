import { show } from "../check.ts";
import { printColormap } from "./colormap.ts";
import { clampDownsample, type ImageBox, type ImageRegion, tierCount, tierSize } from "./geometry.ts";
import { type AnyImageParameters, printImageParameters } from "./parameters.ts";
import { printQuery } from "./query.ts";

/** Path of the service behind the download services. */
export const IMAGE_SERVICE_PATH = "/cgi-bin/imageservice";

/** A request to the image service (reference §1.4), read from its URL. */
export interface ImageServiceRequest {
  /** Path of the stored file, as the `path` column of the row has it. */
  readonly path: string;
  /** 1 for an attachment, anything else for display. */
  readonly mime: number | undefined;
  readonly left: number | undefined;
  readonly top: number | undefined;
  readonly width: number | undefined;
  readonly height: number | undefined;
  readonly downsample: number | undefined;
  /** Tier counted from the smallest, 0; −1 for the full resolution. */
  readonly zoom: number | undefined;
  readonly quality: number | undefined;
  /** File name of the download. */
  readonly fileout: string | undefined;
  readonly filter: string | undefined;
  readonly filterVals: readonly number[] | undefined;
  /** Colour map as text; that this service takes it by this name is *inferred*. */
  readonly colormap: string | undefined;
  /** Gain of red, green and blue; that this service takes it is *inferred*. */
  readonly rgb: readonly number[] | undefined;
  /** Gain and bias; that this service takes it is *inferred*. */
  readonly contrast: readonly number[] | undefined;
}

/** Names of further pairs that a download service hands on. */
type Extras = readonly (readonly [string, string])[];

/**
 * Path and query of the image service for a region, in the order that the service itself was seen to write (§1.3).
 *
 * @param extras Pairs after the region, such as `quality`.
 * @example printImageServicePath("/external/a.aff", { left: 0, top: 0, width: 9, height: 9, downsample: 4 }, [])
 */
export function printImageServicePath(path: string, region: ImageRegion, extras: Extras): string {
  const { left, top, width, height, downsample } = region;
  return `${IMAGE_SERVICE_PATH}${printQuery([
    ["mime", "1"],
    ["path", path],
    ["left", String(left)],
    ["top", String(top)],
    ["width", String(width)],
    ["height", String(height)],
    ["downsample", String(downsample)],
    ...extras,
  ])}`;
}

/**
 * What a download service hands on to its image service beside the region, as further pairs of {@link printImageServicePath}. The windows
 * of the channels go as a filter (§1.4), in place of another one; so does a colour map where there is no other. That the service takes the
 * others by their own names is *inferred*.
 *
 * @param parameters Checked ones.
 * @example imageServiceExtras({ range: [0, 923, 0, 987, 0, 4095] }) // → [["filter", "range"], ["filterVals", "0,923,0,987,0,4095"]]
 */
export function imageServiceExtras(parameters: AnyImageParameters): [string, string][] {
  const { quality, rgb, contrast, colormap, range } = parameters;
  const { filter, filterVals } = range === undefined ? parameters : { filter: "range", filterVals: range };
  const kept = printImageParameters({ quality, rgb, contrast, colormap, filter, filterVals });
  if (colormap === undefined || filter !== undefined) return kept;
  const values = printColormap({ lowerThreshold: 0, ...(typeof colormap === "object" ? colormap : { map: colormap }) });
  return [...kept.filter(([name]) => name !== "colormap"), ["filter", "colormap"], ["filterVals", values]];
}

/** Largest absolute number that is taken for a coordinate or an extent. */
const MAX_NUMBER = 2 ** 31;
const MAX_PATH_CHARACTERS = 1024;
/** Most numbers in a list. */
const MAX_LIST = 16;

/**
 * Reads a request from the query of an image service URL. Empty values count as not given (§1.4).
 *
 * @throws {RangeError} If a value is not of its form; the message names it and says the rule.
 */
export function parseImageServiceRequest(query: URLSearchParams): ImageServiceRequest {
  const text = (name: string): string | undefined => query.get(name) || undefined;
  const number = (name: string, min: number, max: number, fractional = false): number | undefined => {
    const found = text(name);
    if (found === undefined) return undefined;
    const value = /^[+-]?\d{1,15}(\.\d{1,30})?$/.test(found) ? Number(found) : Number.NaN;
    if (value >= min && value <= max && (fractional || Number.isInteger(value))) return value;
    const kind = fractional ? "a number" : "a whole number";
    throw new RangeError(`Cannot use ${name} ${show(found)}; give ${kind} from ${min} to ${max}`);
  };
  return {
    path: checkPath(text("path")),
    mime: number("mime", 0, MAX_NUMBER),
    left: number("left", -MAX_NUMBER, MAX_NUMBER, true),
    top: number("top", -MAX_NUMBER, MAX_NUMBER, true),
    width: number("width", 1, MAX_NUMBER),
    height: number("height", 1, MAX_NUMBER),
    downsample: number("downsample", 0, 30),
    zoom: number("zoom", -1, 30),
    quality: number("quality", 0, 100),
    fileout: text("fileout"),
    filter: text("filter"),
    filterVals: parseNumbers("filterVals", text("filterVals")),
    colormap: text("colormap"),
    rgb: parseNumbers("rgb", text("rgb")),
    contrast: parseNumbers("contrast", text("contrast")),
  };
}

/**
 * The region of a file that a request means: the whole tier where it names no region, and from the tier's index where it
 * counts from the smallest (§1.4, §1.5).
 */
export function requestedRegion(
  request: ImageServiceRequest,
  file: Pick<ImageBox, "image_width" | "image_height">,
): ImageRegion {
  const downsample = clampDownsample(request.downsample ?? downsampleOfZoom(request.zoom, file), file);
  const left = request.left ?? 0;
  const top = request.top ?? 0;
  return {
    left,
    top,
    width: request.width ?? tierSize(file.image_width - left, downsample),
    height: request.height ?? tierSize(file.image_height - top, downsample),
    downsample,
  };
}

function downsampleOfZoom(zoom: number | undefined, file: Pick<ImageBox, "image_width" | "image_height">): number {
  return zoom === undefined || zoom < 0 ? 0 : tierCount(file.image_width, file.image_height) - 1 - zoom;
}

function checkPath(path: string | undefined): string {
  if (path === undefined) throw new RangeError("Cannot find a picture without its path; give path=/external/…");
  if (path.length > MAX_PATH_CHARACTERS) {
    throw new RangeError(`Cannot use path ${show(path)}; give at most ${MAX_PATH_CHARACTERS} characters`);
  }
  return path;
}

function parseNumbers(name: string, text: string | undefined): readonly number[] | undefined {
  if (text === undefined) return undefined;
  const values = text.split(",").map((part) => (part.trim() === "" ? Number.NaN : Number(part)));
  if (values.every(Number.isFinite) && values.length <= MAX_LIST) return values;
  throw new RangeError(`Cannot use ${name} ${show(text)}; give up to ${MAX_LIST} numbers, separated by commas`);
}
