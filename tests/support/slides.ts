import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { importFile } from "../../packages/mirror/src/import/import-file.ts";
import type { ImportTiersRequest } from "../../packages/mirror/src/index.ts";
import type { ImageBox } from "../../packages/sdk/src/image/index.ts";
import { bytesOf, FIRST_IMAGE_ID, type ImageSide, newImageSide, SLIDE_PATH } from "./image-sides.ts";
import { pullBox } from "./pulled-pictures.ts";
import { makeTexture } from "./textured-picture.ts";

/** Size of the file that the images of a slide lie in. */
export const FILE = { image_width: 900, image_height: 600 };
/** Two images that are far from each other. */
export const LEFT: ImageBox = { x: 20, y: 30, width: 200, height: 200, ...FILE };
export const RIGHT: ImageBox = { x: 600, y: 300, width: 280, height: 290, ...FILE };
/** A request for the file, without a region. */
export const SERVICE = `/cgi-bin/imageservice?path=${SLIDE_PATH}`;

/** A store that holds all of the file. */
export async function newWhole(): Promise<ImageSide> {
  const whole = await newImageSide(LEFT, RIGHT);
  const file = join(whole.folder, `${FIRST_IMAGE_ID}.png`);
  await writeFile(file, await makeTexture(FILE.image_width, FILE.image_height));
  await importFile(whole.store, file, { id: FIRST_IMAGE_ID });
  return whole;
}

/** A store that holds all of the file, one that holds nothing yet, and what is to be put into it. */
export interface PulledPart {
  readonly whole: ImageSide;
  readonly part: ImageSide;
  readonly request: ImportTiersRequest;
}

/** What covers a box, pulled from a whole picture and not put yet. */
export async function pulled(box: ImageBox, finest = 0): Promise<PulledPart> {
  const [whole, part] = [await newWhole(), await newImageSide(LEFT, RIGHT)];
  return { whole, part, request: await pullBox(whole.mirror, SLIDE_PATH, box, part.folder, finest) };
}

/** What an entry says of the file. */
export async function detailsOf({ store }: ImageSide): Promise<Readonly<Record<string, unknown>> | undefined> {
  return (await store.entries.get("picture", SLIDE_PATH))?.entry.details;
}

/** Whether the answer of both for all of a box at full resolution is the same. */
export async function isSame(whole: ImageSide, part: ImageSide, { x, y, width, height }: ImageBox): Promise<boolean> {
  const target = `${SERVICE}&left=${x}&top=${y}&width=${width}&height=${height}`;
  const [expected, given] = [await bytesOf(whole, target), await bytesOf(part, target)];
  return given[0] === 200 && given[2].equals(expected[2]);
}
