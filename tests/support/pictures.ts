import { createHash } from "node:crypto";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import sharp from "sharp";

/** A made picture: smooth in both directions, no two places alike, so that a shift shows. */
export async function makePicture(
  width: number,
  height: number,
  format: "jpeg" | "png" | "tiff" = "png",
): Promise<Buffer> {
  const data = Buffer.alloc(width * height * 3);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const at = (y * width + x) * 3;
      data[at] = (255 * x) / width;
      data[at + 1] = (255 * y) / height;
      data[at + 2] = 128 + 100 * Math.sin(x / 37) * Math.cos(y / 29);
    }
  }
  return await sharp(data, { raw: { width, height, channels: 3 } })
    .toFormat(format, format === "jpeg" ? { quality: 95 } : {})
    .toBuffer();
}

/** Writes bytes to a file of a folder and gives its path. */
export async function writeIn(folder: string, name: string, content: Uint8Array | string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, content);
  return path;
}

/** Pixels of an encoded picture, RGB. */
export async function decodeRgb(bytes: Uint8Array): Promise<{ data: Buffer; width: number; height: number }> {
  const { data, info } = await sharp(bytes)
    .toColourspace("srgb")
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { data, width: info.width, height: info.height };
}

export function sha256(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

/** A drawing in the API's form: a coloured half and a square in it. */
export function makeDrawing(id: number, width: number, height: number, downsample = 0): string {
  const scale = downsample === 0 ? "1.0" : String(1 / 2 ** downsample);
  const size = [width, height].map((full) => Math.floor(full / 2 ** downsample));
  return `<svg width="${size[0]}" height="${size[1]}" xmlns="http://www.w3.org/2000/svg">
<g transform="scale(${scale})">
<g id="7" order="1" parent_id="" graphic_group_label_id="28" graphic_group_label="Atlas - Adult Mouse" sub_image_id="${id}" transform=" scale(1.0, 1.0)"><path id="8" parent_id="7" order="0" structure_id="8" d="M${width / 2},0    l${width / 2},0    l0,${height}    l${-width / 2},0z" style="stroke:none;fill:#bfdae3"/><path id="9" parent_id="7" order="1" structure_id="385" d="M${width * 0.6},${height * 0.4}    l${width * 0.2},0    l0,${height * 0.2}    l${-width * 0.2},0z" style="stroke:none;fill:#08858c"/></g></g></svg>
`;
}
