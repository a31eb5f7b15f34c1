import { isAtlasError } from "@brainatlas/sdk";
import { isOnBlockGrid, type TierWindow, tilesOf } from "@brainatlas/sdk/image";
import type { JpegCodec, TilePlan } from "../jpeg/jpeg-codec.ts";
import { createFilter8, createFilter16, type PixelFilters } from "../pixels/filters.ts";
import { damaged } from "../store/damaged.ts";
import type { PyramidCache, PyramidFile } from "../tiff/open-pyramid.ts";
import { deepBands } from "./deep-bands.ts";
import { encodeBands, gather } from "./encode-bands.ts";
import { halve } from "./halve.ts";
import type { PictureJob, PicturePath } from "./picture-job.ts";
import { sampleBands } from "./sample-bands.ts";
import { tileInputs } from "./tile-rows.ts";

/** What a thread works with. */
export interface JobTools {
  readonly codec: JpegCodec;
  readonly pyramids: PyramidCache;
}

/** A job that was begun: its bytes come as they are asked for. */
export interface StartedJob {
  readonly path: PicturePath;
  readonly chunks: AsyncIterable<Uint8Array>;
}

/** Lets others have their turn, and rejects when the job is not wanted any more. */
export type Heed = () => Promise<void>;

/** Chunks of bytes, or bands of whole rows of interleaved RGB. */
type Pieces = AsyncIterable<Uint8Array> | Iterable<Uint8Array>;

/**
 * Begins a job: chooses how the picture is made by what is asked and what is held.
 *
 * @param heed Is awaited between the pieces of the work.
 * @throws {DamagedError} If the source is damaged; so may the chunks.
 */
export function startJob(job: PictureJob, tools: JobTools, heed: Heed): StartedJob {
  const { path, pieces } = choose(job, tools, heed);
  return { path, chunks: blaming(job, heeding(pieces, heed)) };
}

interface Chosen {
  readonly path: PicturePath;
  readonly pieces: Pieces;
}

function choose(job: PictureJob, { codec, pyramids }: JobTools, heed: Heed): Chosen {
  const { source, window, filters, finish, quality } = job;
  const encode = (bands: Pieces): Pieces => encodeBands(heeding(bands, heed), window, { quality, finish }, codec);
  if (source.kind !== "pyramid") {
    const path = finish === undefined ? MADE_PATHS[source.kind] : "finish";
    return { path, pieces: encode(filtered(madeBands(job), filters)) };
  }
  const file = pyramids.get(source.file);
  const path = finish === undefined ? "filter" : "finish";
  return cutOut(job, source.file, file, codec) ?? { path, pieces: encode(pyramidBands(job, source.file, file, codec)) };
}

const MADE_PATHS = { drawing: "draw", sample: "sample" } as const;

async function* madeBands({ source, window }: PictureJob): AsyncGenerator<Uint8Array> {
  if (source.kind === "sample") return yield* sampleBands(source, window);
  if (source.kind !== "drawing") return;
  // Loaded only now: its renderer is large.
  const { drawingBands } = await import("../pixels/rasterise-drawing.ts");
  yield* drawingBands(source, window);
}

/** A JPEG that is cut out of the stored tiles, where nothing but that is asked for. */
function cutOut(job: PictureJob, name: string, file: PyramidFile, codec: JpegCodec): Chosen | undefined {
  const { window, quality, filters, finish } = job;
  const tier = window.downsample - job.finestDownsample;
  const held = file.pyramid.tiers[tier];
  const isPlain = filters === undefined && finish === undefined;
  if (!isPlain || held === undefined || file.pyramid.encoding !== "jpeg") return undefined;
  const span = tilesOf(window);
  const plan = planOf(window, held.tables);
  if (quality === undefined && isOnBlockGrid(window)) {
    return { path: "join", pieces: codec.join(plan, tileInputs(name, file, tier, span)) };
  }
  return { path: "recode", pieces: codec.recode(plan, tileInputs(name, file, tier, span), quality) };
}

function planOf(window: TierWindow, tables: Uint8Array): TilePlan {
  const { left, top } = tilesOf(window);
  return { tables, left, top, width: window.width, height: window.height };
}

function pyramidBands(job: PictureJob, name: string, file: PyramidFile, codec: JpegCodec): Pieces {
  const { window, filters } = job;
  const tier = window.downsample - job.finestDownsample;
  const last = file.pyramid.tiers.length - 1;
  if (tier > last) return halvedBands(job, tier - last, name, file, codec);
  if (file.pyramid.encoding === "deflate") return deepBands(file, tier, window, createFilter16(filters ?? {}));
  const plan = planOf(window, file.pyramid.tiers[tier]?.tables ?? new Uint8Array());
  return filtered(codec.decode(plan, tileInputs(name, file, tier, tilesOf(window))), filters);
}

/** A tier beyond the last that is stored, which fits one tile: halved from that one (reference §1.5). */
async function* halvedBands(
  job: PictureJob,
  halvings: number,
  name: string,
  file: PyramidFile,
  codec: JpegCodec,
): AsyncGenerator<Uint8Array> {
  const last = file.pyramid.tiers.at(-1);
  if (last === undefined) return;
  const scale = 2 ** halvings;
  const { left, top, downsample } = job.window;
  const window = {
    left: left * scale,
    top: top * scale,
    width: Math.min(job.window.width * scale, last.width - left * scale),
    height: Math.min(job.window.height * scale, last.height - top * scale),
    downsample: downsample - halvings,
  };
  let { width, height } = window;
  let rgb: Uint8Array = await gather(pyramidBands({ ...job, window }, name, file, codec));
  for (let done = 0; done < halvings; done += 1) {
    rgb = halve(rgb, width, height);
    width = Math.max(1, width >> 1);
    height = Math.max(1, height >> 1);
  }
  yield rgb;
}

async function* filtered(bands: Pieces, filters: PixelFilters | undefined): AsyncGenerator<Uint8Array> {
  if (filters === undefined) return yield* bands;
  const filter = createFilter8(filters);
  for await (const band of bands) yield filter(band);
}

async function* heeding(pieces: Pieces, heed: Heed): AsyncGenerator<Uint8Array> {
  for await (const piece of pieces) {
    await heed();
    yield piece;
  }
}

/** What cannot be decoded of a stored picture is the store's damage. */
async function* blaming({ source }: PictureJob, chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* chunks;
  } catch (error) {
    const isDamage = source.kind === "pyramid" && isAtlasError(error, "ATLAS_DECODE");
    throw isDamage ? damaged("body", source.file, error.message, error) : error;
  }
}
