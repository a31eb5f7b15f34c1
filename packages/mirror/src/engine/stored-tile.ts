import { TILE_PX } from "@brainatlas/sdk/image";
import { tileHead } from "../jpeg/tile-jpeg.ts";
import { createPyramidCache } from "../tiff/open-pyramid.ts";
import type { PyramidTier } from "../tiff/pyramid.ts";
import type { PictureJob } from "./picture-job.ts";

/** Reads single tiles as they are stored. */
export interface TileReader {
  /**
   * The tile that a job asks for, as a JPEG of its own; `undefined` for a job that asks for anything else: a part of a tile, one that is cut
   * off at the tier's edge, another quality, or one that does not begin as a JPEG.
   *
   * @throws {DamagedError} If the file is damaged.
   */
  read(job: PictureJob): Uint8Array<ArrayBuffer> | undefined;
  close(): void;
}

/** Bytes of the marker that every JPEG begins with. */
const START_BYTES = 2;

/** @param maxOpen Files that are held open at once. */
export function createTileReader(maxOpen: number): TileReader {
  const pyramids = createPyramidCache(maxOpen);
  const heads = new WeakMap<PyramidTier, Uint8Array>();

  function headOf(tier: PyramidTier): Uint8Array {
    const known = heads.get(tier);
    if (known !== undefined) return known;
    const head = tileHead(tier.tables);
    heads.set(tier, head);
    return head;
  }

  return {
    read(job) {
      const { source, window } = job;
      if (source.kind !== "pyramid" || !isWholeTile(job)) return undefined;
      const file = pyramids.get(source.file);
      const number = window.downsample - job.finestDownsample;
      const tier = file.pyramid.tiers[number];
      if (tier === undefined || file.pyramid.encoding !== "jpeg") return undefined;
      const index = (window.top / TILE_PX) * tier.columns + window.left / TILE_PX;
      const head = headOf(tier);
      const size = tier.sizes[index] ?? 0;
      if (size < START_BYTES) return undefined;
      // The tile is read to where it is to stand: its marker of the start falls on the last bytes of the head, which go there after.
      const jpeg = new Uint8Array(head.length + size - START_BYTES);
      file.readTile(number, index, jpeg.subarray(head.length - START_BYTES));
      const isJpeg = jpeg[head.length - 2] === 0xff && jpeg[head.length - 1] === 0xd8;
      jpeg.set(head);
      return isJpeg ? jpeg : undefined;
    },
    close: () => pyramids.close(),
  };
}

/** Whether a job asks for nothing but one whole tile. */
function isWholeTile({ window, quality, filters, finish }: PictureJob): boolean {
  const { left, top, width, height } = window;
  const isPlain = quality === undefined && filters === undefined && finish === undefined;
  return isPlain && width === TILE_PX && height === TILE_PX && left % TILE_PX === 0 && top % TILE_PX === 0;
}
