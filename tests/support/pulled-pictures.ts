import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { ImportTiersRequest, Mirror, TierPart } from "../../packages/mirror/src/index.ts";
import { type ImageBox, TILE_PX, tierCount, tierSize } from "../../packages/sdk/src/image/index.ts";

/** The window of a tier, on the grid of tiles, that covers a box, one pixel more on the right and below. */
export function coverBox(box: ImageBox, downsample: number) {
  const scale = 2 ** downsample;
  const span = (start: number, length: number, full: number) => {
    const size = tierSize(full, downsample);
    const first = Math.floor(Math.floor(start / scale) / TILE_PX) * TILE_PX;
    const last = Math.ceil((Math.ceil((start + length) / scale) + 1) / TILE_PX) * TILE_PX;
    return { start: Math.min(first, Math.floor((size - 1) / TILE_PX) * TILE_PX), end: Math.min(size, last) };
  };
  const [across, down] = [span(box.x, box.width, box.image_width), span(box.y, box.height, box.image_height)];
  const size = { width: across.end - across.start, height: down.end - down.start };
  return { left: across.start, top: down.start, ...size, downsample };
}

/** Downloads what covers a box at each tier, from a mirror into a folder, and gives what puts it into a store. */
export async function pullBox(
  { fetch }: Pick<Mirror, "fetch">,
  path: string,
  box: ImageBox,
  folder: string,
  finest = 0,
): Promise<ImportTiersRequest> {
  const parts: TierPart[] = [];
  for (let downsample = finest; downsample < tierCount(box.image_width, box.image_height); downsample += 1) {
    const { left, top, width, height } = coverBox(box, downsample);
    const query = `left=${left * 2 ** downsample}&top=${top * 2 ** downsample}&width=${width}&height=${height}`;
    const answer = await fetch(`http://x/cgi-bin/imageservice?path=${path}&downsample=${downsample}&${query}`);
    if (answer.status !== 200) throw new Error(`${answer.status}: ${await answer.text()}`);
    const file = join(folder, `${downsample}-${left}-${top}.jpg`);
    await writeFile(file, new Uint8Array(await answer.arrayBuffer()));
    parts.push({ downsample, left, top, file });
  }
  return { path, width: box.image_width, height: box.image_height, parts };
}
