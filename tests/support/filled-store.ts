import { join } from "node:path";
import { type FolderStore, importFile, importRecords, openStore } from "@brainatlas/mirror";
import { onTestFinished } from "vitest";
import { makeDrawing, makePicture, writeIn } from "./pictures.ts";
import { temporaryFolder } from "./temporary.ts";

const SIZE = 300;
const box = { x: 0, y: 0, width: SIZE, height: SIZE, image_width: SIZE, image_height: SIZE };
const atlas = (id: number, dataSet: number, images: readonly number[]) => ({
  id,
  name: `Atlas ${id}`,
  atlas_data_sets: [{ id: dataSet, sub_images: images.map((image) => plate(image, dataSet)) }],
});
const plate = (id: number, dataSet: number) => ({ id, data_set_id: dataSet, path: `/plates/${id}.aff`, ...box });

/** Opens a new store that ends with the test. */
export async function newStore(): Promise<FolderStore> {
  const store = await openStore(join(await temporaryFolder(), "store"), { create: true });
  onTestFinished(() => store.close());
  return store;
}

/** A store in which plates of three data sets lie in one picture: those of atlas 1, and one that atlas 2 shares with atlas 3. */
export async function sharedStore(): Promise<FolderStore> {
  const store = await newStore();
  const rows = [atlas(1, 100, [11]), atlas(1, 150, [15]), atlas(2, 200, [21]), atlas(3, 200, [21])];
  await importRecords(store, { model: "Atlas", rows, source: "atlases" });
  const path = "/plates/shared.aff";
  const plates = [plate(11, 100), plate(15, 150), plate(21, 200)].map((row) => ({ ...row, path }));
  await importRecords(store, { model: "AtlasImage", rows: plates, source: "plates" });
  const details = { width: SIZE, height: SIZE, downsample: 0 };
  await store.entries.put({ kind: "picture", name: path, mediaType: "image/tiff", details }, "shared");
  await store.entries.put({ kind: "drawing", name: "21", mediaType: "image/svg+xml" }, "of two atlases");
  return store;
}

/** Images of a filled store: those of atlas 1, and that of atlas 2. */
export const FILLED_IMAGES: readonly [number, number, number] = [11, 12, 21];

/**
 * A store with two atlases: three plates with their pictures and drawings, of which two are the same picture, an answer that was recorded, a grid,
 * a structure, and all records.
 */
export async function filledStore(): Promise<FolderStore> {
  const store = await newStore();
  const folder = await temporaryFolder();
  const atlases = [atlas(1, 100, [11, 12]), atlas(2, 200, [21])];
  await importRecords(store, { model: "Atlas", rows: atlases, source: "atlases" });
  const plates = [plate(11, 100), plate(12, 100), plate(21, 200)];
  await importRecords(store, { model: "AtlasImage", rows: plates, source: "plates" });
  await importRecords(store, { model: "Structure", rows: [{ id: 385, acronym: "VISp" }], source: "structures" });
  const picture = await makePicture(SIZE, SIZE);
  const other = await makePicture(SIZE, SIZE, "jpeg");
  for (const id of FILLED_IMAGES) {
    await importFile(store, await writeIn(folder, `${id}.png`, id === 21 ? other : picture));
    await importFile(store, await writeIn(folder, `${id}.svg`, makeDrawing(id, SIZE, SIZE)), { id });
  }
  const answer = { status: 200, headers: { "content-type": "text/plain" } };
  await store.entries.put(
    { kind: "answer", name: "/api/v2/x?a=1", mediaType: "text/plain", details: answer },
    "recorded",
  );
  const grid = {
    kind: "grid",
    name: "100.zip",
    mediaType: "application/zip",
    details: { fileName: "100.zip" },
  } as const;
  await store.entries.put(grid, "not looked at");
  return store;
}
