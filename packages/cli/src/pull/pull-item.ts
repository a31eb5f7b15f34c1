import {
  type AnyImageParameters,
  clampDownsample,
  IMAGE_SERVICE_PATH,
  printImageUrl,
  tierSize,
} from "@brainatlas/sdk/image";
import type { DownloadItem } from "@brainatlas/sdk/node";
import { printRegionPath, type TierRegion, tierRegions } from "./plan/tier-regions.ts";
import type { PullPicture, PullThing } from "./plan.ts";

/** One file of a pull. */
export interface PullItem extends DownloadItem {
  readonly thing: PullThing;
  /** The part of a stored file that it shows, of which a store makes a picture. */
  readonly region?: TierRegion | undefined;
}

/** Who is asked, and how pictures are to be. */
export interface ItemOptions {
  /** Origin of the API, without a slash at the end. */
  readonly baseUrl: string;
  /** The finest tier that is taken; of a picture that has not so many, its smallest. */
  readonly downsample: number;
  readonly quality?: number | undefined;
}

/** More than any JPEG has: a pixel takes 3 bytes before it is compressed. */
const MAX_PIXEL_BYTES = 4;
/** What a JPEG may have beside its pixels. */
const MAX_HEAD_BYTES = 1_000_000;
/** The longest drawings have a few MB. */
const MAX_DRAWING_BYTES = 256_000_000;
/** The longest files that are known have some GB. */
const MAX_ASSET_BYTES = 64_000_000_000;

/** The file of a folder that a thing becomes: of a picture, one tier of its box. */
export function folderItem(thing: PullThing, options: ItemOptions): PullItem {
  if (thing.kind !== "picture") return plainItem(thing, options);
  const { service, record, name } = thing;
  const downsample = clampDownsample(options.downsample, record);
  const parameters = { downsample, quality: options.quality, ...viewOf(thing) };
  const url = printImageUrl(options.baseUrl, service, record.id, parameters);
  const pixels = tierSize(record.width, downsample) * tierSize(record.height, downsample);
  return { thing, url, name: `${name}.jpg`, kind: "jpeg", maxBytes: maxPictureBytes(pixels) };
}

/** The files that a store makes a thing of: of a picture, all tiers from the finest that is taken; large ones in parts. */
export function storeItems(thing: PullThing, options: ItemOptions): PullItem[] {
  if (thing.kind !== "picture") return [plainItem(thing, options)];
  return tierRegions(thing.record, { finest: options.downsample }).map((region) => ({
    thing,
    region,
    url: regionUrl(thing, region, options),
    name: `${thing.name}/${region.downsample}-${region.left}-${region.top}.jpg`,
    kind: "jpeg",
    maxBytes: maxPictureBytes(region.width * region.height),
  }));
}

function maxPictureBytes(pixels: number): number {
  return pixels * MAX_PIXEL_BYTES + MAX_HEAD_BYTES;
}

/** Where a stored file as a whole is found: what a store says that a picture came from. */
export function pictureSource({ path }: PullPicture, { baseUrl }: ItemOptions): string {
  return `${baseUrl}${IMAGE_SERVICE_PATH}?path=${path}`;
}

function plainItem(thing: Exclude<PullThing, PullPicture>, { baseUrl }: ItemOptions): PullItem {
  if (thing.kind === "drawing") {
    const url = `${baseUrl}/api/v2/svg_download/${thing.imageId}`;
    return { thing, url, name: thing.name, kind: "svg", maxBytes: MAX_DRAWING_BYTES };
  }
  const { url, name } = thing;
  return { thing, url, name, maxBytes: MAX_ASSET_BYTES };
}

/** What tells the picture of an image that is meant from the others. */
function viewOf({ view, atlas }: PullPicture): AnyImageParameters {
  if (view === "annotation") return { annotation: true, atlas };
  return view === "primary" ? {} : { view };
}

/**
 * The image service is asked at once where it gives what the download service would lead to: that saves every second request. A picture
 * of more than 8 bits is shown through the windows of its data set, which the download service knows.
 */
function regionUrl(thing: PullPicture, region: TierRegion, { baseUrl, quality }: ItemOptions): string {
  const { service, view, record, path } = thing;
  const isDeep = view === "primary" && (service === "projection" || (record.bits_per_component ?? 8) > 8);
  if (isDeep) {
    const { leftFullPx: left, topFullPx: top, width, height, downsample } = region;
    return printImageUrl(baseUrl, service, record.id, { left, top, width, height, downsample, quality });
  }
  return `${baseUrl}${printRegionPath(path, region)}${quality === undefined ? "" : `&quality=${quality}`}`;
}
