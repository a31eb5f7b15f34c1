import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { importFile } from "../../packages/mirror/src/import/import-file.ts";
import { createMirror, type Mirror } from "../../packages/mirror/src/mirror.ts";
import { type FolderStore, openStore } from "../../packages/mirror/src/store/folder-store.ts";
import type { ImageBox } from "../../packages/sdk/src/image/index.ts";
import { temporaryFolder } from "./temporary.ts";

/** A store with a mirror, and a folder for files beside it. */
export interface ImageSide {
  readonly folder: string;
  readonly store: FolderStore;
  readonly mirror: Mirror;
}

/** Path of the stored file that all images of a side lie in. */
export const SLIDE_PATH = "/external/slide/77.aff";
/** Id of the first image of a side; the others follow. */
export const FIRST_IMAGE_ID = 77;

/** A store with the records of images that lie in one file, which go with the test. */
export async function newImageSide(...boxes: readonly ImageBox[]): Promise<ImageSide> {
  const folder = await temporaryFolder();
  const store = await openStore(join(folder, "store"), { create: true });
  const mirror = createMirror({ store });
  onTestFinished(async () => {
    await mirror.close();
    store.close();
  });
  const rows = boxes.map((box, index) => ({
    id: FIRST_IMAGE_ID + index,
    path: SLIDE_PATH,
    ...box,
    resolution: 1,
    annotated: false,
    axes: null,
    bits_per_component: 8,
  }));
  if (rows.length > 0) {
    const file = join(folder, "rows.json");
    await writeFile(file, JSON.stringify(rows));
    await importFile(store, file, { model: "AtlasImage" });
  }
  return { folder, store, mirror };
}

/** Status, type and bytes of an answer. */
export async function bytesOf({ mirror }: ImageSide, target: string): Promise<[number, string, Buffer]> {
  const answer = await mirror.fetch(`http://x${target}`);
  return [answer.status, answer.headers.get("content-type") ?? "", Buffer.from(await answer.arrayBuffer())];
}
