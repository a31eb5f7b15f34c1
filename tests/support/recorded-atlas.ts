import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type FolderStore, importFile, importRecords, openStore } from "@brainatlas/mirror";
import { tierCount } from "@brainatlas/sdk/image";
import sharp from "sharp";
import { writeIn } from "./pictures.ts";
import { recording } from "./recordings.ts";

/** A plate of the recorded atlas. */
export interface RecordedPlate {
  readonly id: number;
  /** From 1. */
  readonly number: number;
  readonly width: number;
  readonly height: number;
}

const DATA_SET_ID = 100048576;
const RESOLUTION_UM = 1.047;
const GROUP = { id: 28, name: "Atlas - Adult Mouse" };
/** Tiers of the made pictures: of the first plates that for a window, of the others that for a strip of plates. */
const [WINDOW_TIER, STRIP_TIER] = [3, 5];
const WINDOW_PLATES = 4;

/** The plates of the mouse's coronal atlas, in their order. */
export function recordedPlates(): readonly RecordedPlate[] {
  const [, ...lines] = readFileSync(recording("real", "mouse-p56-coronal-plates.csv"), "utf8").trim().split("\n");
  return lines.map((line) => {
    const [id = 0, number = 0, width = 0, height = 0] = line.split(",").map(Number);
    return { id, number, width, height };
  });
}

/** The recorded drawing of a plate. */
export function recordedDrawing(id: number): string {
  return readFileSync(recording("real", "svg", "mouse-p56-coronal", `${id}.svg`), "utf8");
}

/** A store with the recorded drawings and ontology of the mouse's coronal atlas; its rows and the pictures of its plates are made. */
export async function recordedAtlasStore(folder: string): Promise<FolderStore> {
  const store = await openStore(join(folder, "store"), { create: true });
  const plates = recordedPlates();
  const images = plates.map(rowOf);
  const atlas = {
    id: 1,
    name: "Mouse, P56, Coronal",
    structure_graph_id: 1,
    image_type: GROUP.name,
    graphic_group_labels: [GROUP],
    atlas_data_sets: [{ id: DATA_SET_ID, sub_images: images }],
  };
  await importRecords(store, { model: "Atlas", rows: [atlas], source: "atlas" });
  await importRecords(store, { model: "AtlasImage", rows: images, source: "plates" });
  await importFile(store, recording("real", "structure-graph", "1.json"), { graph: 1 });
  for (const { id, number, width, height } of plates) {
    await importFile(store, recording("real", "svg", "mouse-p56-coronal", `${id}.svg`), { id });
    const downsample = number <= WINDOW_PLATES ? WINDOW_TIER : STRIP_TIER;
    const picture = await makeTint(width >> downsample, height >> downsample, number);
    await importFile(store, await writeIn(folder, `${id}.png`, picture), { id, downsample });
  }
  return store;
}

function rowOf({ id, number, width, height }: RecordedPlate) {
  return {
    id,
    data_set_id: DATA_SET_ID,
    section_number: number * 4,
    annotated: true,
    failed: false,
    image_type: "Primary",
    path: `/plates/${id}.aff`,
    resolution: RESOLUTION_UM,
    tier_count: tierCount(width, height),
    ...{ x: 0, y: 0, width, height, image_width: width, image_height: height },
  };
}

/** The one colour of a plate's picture. */
export function tintOf(number: number): readonly [number, number, number] {
  return [200, 180 + (number % 60), 220];
}

async function makeTint(width: number, height: number, number: number): Promise<Buffer> {
  const [r, g, b] = tintOf(number);
  const background = { r, g, b };
  return await sharp({ create: { width, height, channels: 3, background } })
    .png()
    .toBuffer();
}
