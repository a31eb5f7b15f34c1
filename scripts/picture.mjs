// Makes the README's picture: plates of the sample, the stain on the left, the drawing over the right half.
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import sharp from "sharp";
import { ensureBuilt, ROOT, say } from "./lib/setup.mjs";

await ensureBuilt();
const { createMirror, SAMPLE_BASE_URL, sampleStore } = await import("@brainatlas/mirror");
const { BrainAtlas } = await import("@brainatlas/sdk");
const allen = new BrainAtlas({ baseUrl: SAMPLE_BASE_URL, fetch: createMirror({ store: sampleStore() }).fetch });

const HEIGHT_PX = 420;

async function plate(id) {
  const image = allen.atlasImage(id, { downsample: 3, quality: 95 });
  const stain = (await image.download()).bytes();
  const drawing = (await image.with({ annotation: true }).download()).bytes();
  const { width, height } = await sharp(stain).metadata();
  const right = Math.round(width / 2);
  const half = await sharp(drawing)
    .extract({ left: right, top: 0, width: width - right, height })
    .toBuffer();
  const joined = await sharp(stain)
    .composite([{ input: half, left: right, top: 0 }])
    .toBuffer();
  return await sharp(joined).resize({ height: HEIGHT_PX }).toBuffer({ resolveWithObject: true });
}

const plates = [await plate(100960224), await plate(100883869)];
const width = plates.reduce((sum, { info }) => sum + info.width, 0);
let left = 0;
const layers = plates.map(({ data, info }) => {
  left += info.width;
  return { input: data, left: left - info.width, top: 0 };
});
mkdirSync(join(ROOT, "docs"), { recursive: true });
const path = join(ROOT, "docs", "sample-plates.jpg");
await sharp({ create: { width, height: HEIGHT_PX, channels: 3, background: "white" } })
  .composite(layers)
  .jpeg({ quality: 82, mozjpeg: true })
  .toFile(path);
say(`wrote ${path}`);
