import { isOnBlockGrid, type TierWindow, tilesOf } from "@brainatlas/sdk/image";
import type { JpegCodec, TileInput, TilePlan } from "../jpeg/jpeg-codec.ts";
import { createFilter16 } from "../pixels/filters.ts";
import type { PyramidFile } from "../tiff/open-pyramid.ts";
import { deepBands } from "./deep-bands.ts";
import { filtered } from "./filtered.ts";
import { gather, type Pieces } from "./gather.ts";
import { halve } from "./halve.ts";
import type { PictureJob } from "./picture-job.ts";
import type { Scratch } from "./scratch.ts";
import { tileInputs } from "./tile-rows.ts";

/** A job on a stored pyramid, and what it is done with. */
export interface PyramidWork {
  readonly job: PictureJob;
  /** Tells the file from others. */
  readonly name: string;
  readonly file: PyramidFile;
  readonly codec: JpegCodec;
  readonly scratch: Scratch;
}

/** A JPEG that is cut out of the stored tiles; `undefined` where more than that is asked for. */
export function cutOut(work: PyramidWork): { path: "join" | "recode"; pieces: Pieces } | undefined {
  const { job, file, codec } = work;
  const { window, quality, filters, finish } = job;
  const held = file.pyramid.tiers[tierOf(job)];
  const isPlain = filters === undefined && finish === undefined;
  if (!isPlain || held === undefined || file.pyramid.encoding !== "jpeg") return undefined;
  const plan = planOf(window, held.tables);
  if (quality === undefined && isOnBlockGrid(window)) {
    return { path: "join", pieces: codec.join(plan, tilesFor(work)) };
  }
  return { path: "recode", pieces: codec.recode(plan, tilesFor(work), quality) };
}

/** The window as interleaved RGB of 8 bits, after the filters, in bands of whole rows. */
export function pyramidBands(work: PyramidWork): Pieces {
  const { job, file, codec } = work;
  const { window, filters } = job;
  const { encoding, tiers } = file.pyramid;
  const beyond = tierOf(job) - (tiers.length - 1);
  if (beyond > 0) return halvedBands(work, beyond);
  if (encoding === "deflate") return deepBands(file, tierOf(job), window, createFilter16(filters ?? {}));
  const plan = planOf(window, tiers[tierOf(job)]?.tables ?? new Uint8Array());
  return filtered(codec.decode(plan, tilesFor(work)), filters);
}

/** The number of the tier in its file, from the finest that is held. */
function tierOf({ window, finestDownsample }: PictureJob): number {
  return window.downsample - finestDownsample;
}

function tilesFor({ job, name, file, scratch }: PyramidWork): Iterable<TileInput[]> {
  return tileInputs(name, file, tierOf(job), tilesOf(job.window), scratch);
}

function planOf(window: TierWindow, tables: Uint8Array): TilePlan {
  const { left, top } = tilesOf(window);
  return { tables, left, top, width: window.width, height: window.height };
}

/** A tier beyond the last that is stored, which fits one tile: halved from that one (reference §1.5). */
async function* halvedBands(work: PyramidWork, halvings: number): AsyncGenerator<Uint8Array> {
  const last = work.file.pyramid.tiers.at(-1);
  if (last === undefined) return;
  const scale = 2 ** halvings;
  const { window } = work.job;
  const [left, top] = [window.left * scale, window.top * scale];
  let width = Math.min(window.width * scale, last.width - left);
  let height = Math.min(window.height * scale, last.height - top);
  const before = { left, top, width, height, downsample: window.downsample - halvings };
  let rgb: Uint8Array = await gather(pyramidBands({ ...work, job: { ...work.job, window: before } }));
  for (let done = 0; done < halvings; done += 1) {
    rgb = halve(rgb, width, height);
    width = Math.max(1, width >> 1);
    height = Math.max(1, height >> 1);
  }
  yield rgb;
}
