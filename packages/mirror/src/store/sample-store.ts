import { parseSubImageRecord, type SubImageRecord } from "@brainatlas/sdk/image";
import type { Picture } from "../pixels/picture.ts";
import { RecordDatabase } from "../records/record-database.ts";
import { drawPlateInTurns, plateGroups } from "../sample/drawing.ts";
import { marginText, type PictureKind, SAMPLE_PLATES, type SamplePlate, samplePlate } from "../sample/index.ts";
import { TEST_CARD_PATH, TEST_CARD_PX, testCardSvg } from "../sample/test-card.ts";
import type { AtlasStore, StoredRecord } from "./atlas-store.ts";
import { type ByteCache, createByteCache } from "./byte-cache.ts";
import type { StoredDrawing } from "./drawing.ts";
import { sampleAsset } from "./sample-assets.ts";
import { whyNoSampleAsset } from "./why-no-sample-asset.ts";
import { writeSampleRecords } from "./write-sample-records.ts";

/** Base URL that goes with the sample's `fetch`: a name that no network resolves. */
export const SAMPLE_BASE_URL = "http://sample.invalid";

/** The sample never changes but with the program: its date is the recorded plate's, so that answers repeat to the byte. */
export const SAMPLE_DATE: Date = new Date("2013-01-31T22:05:16Z");
/** Part of every tag: to be raised when the generator comes to draw differently. */
const SAMPLE_VERSION = "sample-2";

/** The embedded synthetic atlas as a store. Everything is made when it is asked for. */
export function sampleStore(): AtlasStore {
  const records = new Map<number, StoredRecord>();
  const pictures = new Map<string, () => Picture>();
  for (const plate of SAMPLE_PLATES) {
    const row = toRow(plate);
    records.set(row.id, { model: plate.model, row });
    pictures.set(plate.record.path, () => rendered(row, "primary"));
    if (row.expression_path) {
      const kind = plate.stain === "fluorescence" ? "projection" : "expression";
      pictures.set(row.expression_path, () => rendered(row, kind));
    }
    for (const { path, groups } of plate.alternates) pictures.set(path, () => drawn(plate, row, groups));
  }
  pictures.set(TEST_CARD_PATH, testCard);
  return {
    synthetic: true,
    record: async (id) => records.get(id),
    records: sampleRecordDatabase,
    picture: async (path) => pictures.get(path)?.(),
    drawing: async (imageId) => readDrawing(imageId),
    answer: async () => undefined,
    asset: (kind, name, signal) =>
      sampleAsset(kind, name, { records: sampleRecordDatabase, lastModified: SAMPLE_DATE }, signal),
    whyNoAsset: whyNoSampleAsset,
    close() {
      // Its records are those of every sample store of this process.
    },
  };
}

let database: Promise<RecordDatabase> | undefined;

/** The records of the sample, in memory: made once in a process, when they are first asked for, as no store changes them. */
function sampleRecordDatabase(): Promise<RecordDatabase> {
  database ??= makeSampleRecords().catch((error: unknown) => {
    database = undefined; // To be made anew when they are asked for again.
    throw error;
  });
  return database;
}

async function makeSampleRecords(): Promise<RecordDatabase> {
  const made = RecordDatabase.create();
  await writeSampleRecords(made);
  return made;
}

function toRow(plate: SamplePlate): SubImageRecord {
  return parseSubImageRecord(plate.record, `sample plate ${plate.record.id}`);
}

function rendered(row: SubImageRecord, kind: PictureKind): Picture {
  const source = { kind: "sample", plate: row.id, picture: kind } as const;
  return { ...factsOf(row), tag: `${SAMPLE_VERSION} ${kind} ${row.id}`, source: async () => source };
}

function factsOf(row: SubImageRecord): Pick<Picture, "width" | "height" | "finestDownsample" | "lastModified"> {
  return { width: row.image_width, height: row.image_height, finestDownsample: 0, lastModified: SAMPLE_DATE };
}

/** The whole drawing of a plate, at full resolution; what is asked of it is cut out of that. */
function readDrawing(imageId: number): StoredDrawing | undefined {
  const plate = samplePlate(imageId);
  if (plate === undefined) return undefined;
  return {
    svg: (signal) => drawOnce(plate, undefined, signal),
    lastModified: SAMPLE_DATE,
    tag: `${SAMPLE_VERSION} drawing ${plate.record.id}`,
    hasAllGroups: true,
    labels: plateGroups(plate),
  };
}

/** Drawings that are kept, in bytes of their texts: those of all plates, and some of their coloured ones. */
const MAX_DRAWING_BYTES = 32 * 1024 * 1024;
const drawings: ByteCache<string> = createByteCache(MAX_DRAWING_BYTES, (svg) => 2 * svg.length);

/** A plate's drawing with some groups, or with all: made once for all who wait. */
function drawOnce(
  plate: SamplePlate,
  groups: readonly number[] | undefined,
  signal: AbortSignal | undefined,
): Promise<string> {
  const make = (unwanted: AbortSignal): Promise<string> => drawPlateInTurns(plate, groups && { groups }, unwanted);
  return drawings.get(`${plate.record.id} ${groups ?? "all"}`, make, signal);
}

function testCard(): Picture {
  const size = { width: TEST_CARD_PX, height: TEST_CARD_PX };
  const box = { x: 0, y: 0, ...size, image_width: TEST_CARD_PX, image_height: TEST_CARD_PX };
  const tag = `${SAMPLE_VERSION} test card`;
  return {
    ...size,
    finestDownsample: 0,
    lastModified: SAMPLE_DATE,
    tag,
    source: async () => ({ kind: "drawing", svg: testCardSvg(), tag, box }),
  };
}

/** The coloured plate, drawn from the plate's own drawing. */
function drawn(plate: SamplePlate, row: SubImageRecord, groups: readonly number[]): Picture {
  const tag = `${SAMPLE_VERSION} drawing ${groups.join(",")} ${row.id}`;
  return {
    ...factsOf(row),
    tag,
    source: async (signal) => {
      const svg = await drawOnce(plate, groups, signal);
      return { kind: "drawing", svg, tag, box: row, overlay: marginText(plate) };
    },
  };
}
