import { isAtlasError } from "@brainatlas/sdk";
import type { JpegCodec } from "../jpeg/jpeg-codec.ts";
import { damaged } from "../store/damaged.ts";
import type { PyramidCache } from "../tiff/open-pyramid.ts";
import { encodeBands } from "./encode-bands.ts";
import { filtered } from "./filtered.ts";
import type { Pieces } from "./gather.ts";
import type { PictureJob, PicturePath } from "./picture-job.ts";
import { cutOut, pyramidBands } from "./pyramid-pieces.ts";
import { sampleBands } from "./sample-bands.ts";
import type { Scratch } from "./scratch.ts";

/** What a thread works with. */
export interface JobTools {
  readonly codec: JpegCodec;
  readonly pyramids: PyramidCache;
  readonly scratch: Scratch;
}

/** A job that was begun: its bytes come as they are asked for. */
export interface StartedJob {
  readonly path: PicturePath;
  readonly chunks: AsyncIterable<Uint8Array>;
}

/** Lets others have their turn, and rejects when the job is not wanted any more. */
export type Heed = () => Promise<void>;

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

function choose(job: PictureJob, { codec, pyramids, scratch }: JobTools, heed: Heed): Chosen {
  const { source, window, filters, finish, quality } = job;
  const encode = (bands: Pieces): Pieces => encodeBands(heeding(bands, heed), window, { quality, finish }, codec);
  if (source.kind !== "pyramid") {
    const path = finish === undefined ? MADE_PATHS[source.kind] : "finish";
    return { path, pieces: encode(filtered(madeBands(job), filters)) };
  }
  const work = { job, name: source.file, file: pyramids.get(source.file), codec, scratch };
  const path = finish !== undefined ? "finish" : filters === undefined ? "decode" : "filter";
  return cutOut(work) ?? { path, pieces: encode(pyramidBands(work)) };
}

const MADE_PATHS = { drawing: "draw", sample: "sample" } as const;

async function* madeBands({ source, window }: PictureJob): AsyncGenerator<Uint8Array> {
  if (source.kind === "sample") return yield* sampleBands(source, window);
  if (source.kind !== "drawing") return;
  // Loaded only now: its renderer is large.
  const { drawingBands } = await import("../pixels/rasterise-drawing.ts");
  yield* drawingBands(source, window);
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
