import { mkdtemp, rm } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { checkCount, show } from "../../check.ts";
import type { RemoteImage } from "../../client/remote-image.ts";
import { DecodeError } from "../../errors.ts";
import { createEmitter } from "../../http/emit.ts";
import type { AtlasResponse } from "../../http/response.ts";
import { regionOf, type TierWindow, windowOf } from "../../image/geometry.ts";
import type { ImageService } from "../../image/services.ts";
import type { Pixels } from "../../pixels.ts";
import { checkOptionNames } from "../check-option-names.ts";
import { loadSharp } from "../load-sharp.ts";
import { writeFileWhole } from "../write-file-whole.ts";
import { type Band, cutRegions, REGION_STEP_PX } from "./cut-regions.ts";
import { checkEnding, checkSize, encodePicture } from "./encode-picture.ts";
import { inOrder } from "./in-order.ts";
import { rawTiffHead } from "./raw-tiff.ts";
import type { JoinedPicture, RegionsOptions, RegionsProgress } from "./types.ts";

const DEFAULTS = { regionPx: 4096, concurrency: 4, quality: 90 } as const;
const OPTION_NAMES = Object.keys({
  regionPx: true,
  concurrency: true,
  quality: true,
  signal: true,
  onProgress: true,
} satisfies Record<keyof RegionsOptions, true>);

const MAX_REGION_PX = 32_768;
const MAX_CONCURRENCY = 64;
const CHANNELS = 3;
/** Of decoded pixels, which have their opacity too. */
const DECODED_CHANNELS = 4;

/** Fetches regions and joins them, as `downloadInRegions()` says. */
export async function joinRegions<S extends ImageService>(
  image: RemoteImage<S>,
  path: string,
  options: RegionsOptions,
): Promise<JoinedPicture> {
  const { signal, ...settings } = normalise(options);
  checkEnding(path);
  signal?.throwIfAborted();
  await loadSharp("downloadInRegions()"); // Before anything is fetched in vain.
  const window = await findWindow(image, signal);
  checkSize(path, window);
  const bands = cutRegions(window, settings.regionPx);
  const target = resolve(path);
  const folder = await makeFolder(target);
  try {
    const joined = join(folder, "joined.tif");
    const progress = createProgress(bands, settings.onProgress);
    await writeFileWhole(joined, joinBands(image, window, bands, { ...settings, signal, progress }));
    signal?.throwIfAborted();
    await encodePicture(joined, target, { ...window, quality: settings.quality }, folder);
    const { width, height, downsample } = window;
    const { totalRegions: regions, receivedBytes } = progress.current();
    return { path: target, width, height, downsample, regions, receivedBytes, headers: progress.headers() };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function normalise(options: RegionsOptions) {
  checkOptionNames(options, OPTION_NAMES);
  const { regionPx, concurrency, quality, signal, onProgress } = options;
  const edge = checkCount("regionPx", regionPx ?? DEFAULTS.regionPx, REGION_STEP_PX, MAX_REGION_PX);
  if (edge % REGION_STEP_PX !== 0) {
    throw new RangeError(`Cannot use regionPx ${edge}; give a multiple of ${REGION_STEP_PX}`);
  }
  return {
    regionPx: edge,
    concurrency: checkCount("concurrency", concurrency ?? DEFAULTS.concurrency, 1, MAX_CONCURRENCY),
    quality: checkCount("quality", quality ?? DEFAULTS.quality, 1, 100),
    signal,
    onProgress,
  };
}

/** The part of the stored file that the picture shows, in pixels of its tier. */
async function findWindow<S extends ImageService>(
  image: RemoteImage<S>,
  signal: AbortSignal | undefined,
): Promise<TierWindow> {
  const record = await image.record({ signal });
  const window = windowOf(regionOf(record, image.parameters), record);
  if (window !== undefined) return window;
  const size = `${record.image_width} × ${record.image_height}`;
  throw new RangeError(
    `Cannot fetch image ${image.id}: its region lies outside of the picture of ${size} pixels; give a left and top within`,
  );
}

async function makeFolder(target: string): Promise<string> {
  try {
    return await mkdtemp(join(dirname(target), ".brainatlas-"));
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`Cannot write ${show(target)}: ${reason}`, { cause });
  }
}

interface Progress {
  add(response: AtlasResponse): void;
  current(): RegionsProgress;
  /** Of the last answer. */
  headers(): Headers;
}

function createProgress(bands: readonly Band[], listener: RegionsOptions["onProgress"]): Progress {
  const tell = createEmitter(listener);
  const totalRegions = bands.reduce((sum, { regions }) => sum + regions.length, 0);
  let progress: RegionsProgress = { regions: 0, totalRegions, receivedBytes: 0 };
  let headers = new Headers();
  return {
    add(response) {
      headers = response.headers;
      const receivedBytes = progress.receivedBytes + response.bytes().length;
      progress = { ...progress, regions: progress.regions + 1, receivedBytes };
      tell(progress);
    },
    current: () => progress,
    headers: () => headers,
  };
}

interface JoinTools {
  readonly concurrency: number;
  readonly signal: AbortSignal | undefined;
  readonly progress: Progress;
}

/** The bytes of the joined picture, a band at a time. Regions are fetched ahead; what waits is not decoded yet. */
async function* joinBands<S extends ImageService>(
  image: RemoteImage<S>,
  window: TierWindow,
  bands: readonly Band[],
  { concurrency, signal, progress }: JoinTools,
): AsyncGenerator<Uint8Array, void, undefined> {
  yield rawTiffHead(window.width, window.height);
  const fetch = async (region: TierWindow, either: AbortSignal) =>
    (await regionImage(image, region).download({ signal: either })).raiseForStatus();
  const fetched = inOrder(
    bands.flatMap(({ regions }) => regions),
    concurrency,
    fetch,
    signal,
  );
  const tallest = Math.max(...bands.map(({ height }) => height));
  const band = new Uint8Array(tallest * window.width * CHANNELS);
  let left = 0;
  for await (const [region, response] of fetched) {
    const pixels = await response.pixels();
    checkRegion(region, pixels, response.url);
    copyInto(band, window.width, left, pixels);
    progress.add(response);
    left += region.width;
    if (left < window.width) continue;
    yield band.subarray(0, region.height * window.width * CHANNELS);
    left = 0;
  }
}

/** `left` and `top` are in full-resolution pixels, width and height in those of the tier (reference §1.2). */
function regionImage<S extends ImageService>(image: RemoteImage<S>, region: TierWindow): RemoteImage<S> {
  const { left, top, width, height, downsample } = region;
  const scale = 2 ** downsample;
  const place = { left: left * scale, top: top * scale, width, height, downsample };
  const isReduced = "downsampleDimensions" in image.parameters;
  const parameters = isReduced ? { ...place, downsampleDimensions: undefined } : place;
  // All services take these, and the last one is among those that the image has.
  return image.with(parameters as Parameters<typeof image.with>[0]);
}

function checkRegion({ width, height }: TierWindow, pixels: Pixels, url: string): void {
  const isComplete = pixels.data.length === pixels.width * pixels.height * DECODED_CHANNELS;
  if (pixels.width === width && pixels.height === height && isComplete) return;
  const found = `${pixels.width} × ${pixels.height} pixels${isComplete ? "" : ", not all of which were decoded"}`;
  throw new DecodeError("the region", { at: "its size", expected: `${width} × ${height} pixels`, found, url });
}

/** Copies a region without its opacity, which JPEG does not have, to the upper left of where it belongs in its band. */
function copyInto(band: Uint8Array, bandWidth: number, left: number, { data, width, height }: Pixels): void {
  for (let row = 0; row < height; row += 1) {
    let to = (row * bandWidth + left) * CHANNELS;
    let from = row * width * DECODED_CHANNELS;
    for (let column = 0; column < width; column += 1) {
      band[to] = data[from] ?? 0;
      band[to + 1] = data[from + 1] ?? 0;
      band[to + 2] = data[from + 2] ?? 0;
      to += CHANNELS;
      from += DECODED_CHANNELS;
    }
  }
}
