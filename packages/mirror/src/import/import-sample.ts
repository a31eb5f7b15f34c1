import { setImmediate } from "node:timers/promises";
import { type ImageSize, parseSubImageRecord, type SubImageRecord, tierSize } from "@brainatlas/sdk/image";
import { sampleBands } from "../engine/sample-bands.ts";
import { countRows } from "../records/count-rows.ts";
import { drawPlateInTurns } from "../sample/drawing.ts";
import { type PictureKind, SAMPLE_PLATES, type SamplePlate, samplePlate } from "../sample/index.ts";
import type { StoreEntry } from "../store/entries.ts";
import type { FolderStore } from "../store/folder-store.ts";
import { SAMPLE_DATE } from "../store/sample-store.ts";
import { writeSampleRecords } from "../store/write-sample-records.ts";
import { writeStrips } from "../tiff/write-strips.ts";
import { isEmpty } from "./admit.ts";
import { checkDownsample, checkTier } from "./import-picture.ts";
import { putPicture, readFacts } from "./put-picture.ts";
import type { ImportSummary } from "./source.ts";

/** Where entries say that they come from. */
const SOURCE = "sample atlas";
const DEFAULT_DOWNSAMPLE = 3;
const lastModified: string = SAMPLE_DATE.toISOString();

/** How images of the sample atlas are put. */
export interface ImportSampleOptions {
  /**
   * The finest tier that is put: how often the full resolution is halved. Each step less takes four times as long.
   * @default 3
   */
  downsample?: number | undefined;
  /** Ends the work; images that are put stay. */
  signal?: AbortSignal | undefined;
  /** Told before each image: how many are done, and of how many. */
  onImage?: ((id: number, done: number, count: number) => void) | undefined;
}

/**
 * Puts images of the synthetic sample atlas into a store, as if they had been imported: pictures as pyramids, and drawings. The records are
 * those of the whole sample, whatever the images, so that queries, manifests and synchronisation work as on the sample.
 * Memory does not grow with the pictures. The store is marked as synthetic, and its answers say so from then on.
 *
 * @param ids Ids of images; none for all that the sample has.
 * @returns The entries, and the rows by model of the whole sample.
 * @throws {RangeError} If the sample has no such image; nothing is put then.
 * @throws {Error} If the store holds what is not synthetic; nothing is put then.
 */
export async function importSample(
  store: FolderStore,
  ids: readonly number[] = [],
  { downsample = DEFAULT_DOWNSAMPLE, signal, onImage }: ImportSampleOptions = {},
): Promise<ImportSummary> {
  checkDownsample(downsample);
  const plates = ids.length === 0 ? SAMPLE_PLATES : ids.map(plateOf);
  for (const { record } of plates) checkTier(parseSubImageRecord(record, `sample plate ${record.id}`), downsample);
  await checkHoldsNoOther(store);
  await store.markSynthetic();
  const records = await store.records();
  // Each time: so what was broken off is made whole, and rows of an older program are replaced.
  await writeSampleRecords(records, signal);
  const entries: StoreEntry[] = [];
  for (const [done, plate] of plates.entries()) {
    onImage?.(plate.record.id, done, plates.length);
    entries.push(...(await importPlate(store, plate, downsample, signal)));
  }
  return { entries, models: await countRows(records) };
}

/** What is real is not to be called synthetic, nor to be replaced by it. */
async function checkHoldsNoOther(store: FolderStore): Promise<void> {
  if (store.synthetic === true || (await isEmpty(store))) return;
  throw new Error(
    `Cannot put synthetic images into the store "${store.directory}": it holds other data; give another store (--store)`,
  );
}

function plateOf(id: number): SamplePlate {
  const plate = samplePlate(id);
  if (plate !== undefined) return plate;
  throw new RangeError(
    `Cannot use image ${id}: the sample atlas has none such; give one of its AtlasImages or SectionImages`,
  );
}

async function importPlate(
  store: FolderStore,
  plate: SamplePlate,
  downsample: number,
  signal: AbortSignal | undefined,
): Promise<StoreEntry[]> {
  const row = parseSubImageRecord(plate.record, `sample plate ${plate.record.id}`);
  const entries: StoreEntry[] = [];
  for (const [kind, path] of picturesOf(plate, row)) {
    entries.push(await importRendered(store, { plate, kind, path, row, downsample, signal }));
  }
  entries.push(...(await importDrawn(store, plate, signal)));
  return entries;
}

/** What of a plate is rendered from the model, and where it lies. */
function picturesOf({ stain }: SamplePlate, row: SubImageRecord): (readonly [PictureKind, string])[] {
  const mask = stain === "fluorescence" ? "projection" : "expression";
  const pictures: (readonly [PictureKind, string | null | undefined])[] = [
    ["primary", row.path],
    [mask, row.expression_path],
  ];
  return pictures.flatMap(([kind, path]) => (path ? [[kind, path] as const] : []));
}

interface Rendering {
  readonly plate: SamplePlate;
  readonly kind: PictureKind;
  readonly path: string;
  readonly row: SubImageRecord;
  readonly downsample: number;
  readonly signal: AbortSignal | undefined;
}

async function importRendered(store: FolderStore, rendering: Rendering): Promise<StoreEntry> {
  const { path, row, downsample } = rendering;
  const size = { width: tierSize(row.image_width, downsample), height: tierSize(row.image_height, downsample) };
  return await store.entries.aside(async (contentPath) => {
    await writeStrips(contentPath, size, renderedBands(rendering, size));
    const file = { name: SOURCE, path: contentPath, lastModified, contentPath };
    const place = { path, width: row.image_width, height: row.image_height, downsample };
    return await putPicture(store, file, await readFacts(file), place);
  });
}

/** Renders a picture band by band, and lets others have their turn in between. */
async function* renderedBands(
  { plate, kind, downsample, signal }: Rendering,
  size: ImageSize,
): AsyncGenerator<Uint8Array, void, undefined> {
  const source = { kind: "sample", plate: plate.record.id, picture: kind } as const;
  for await (const band of sampleBands(source, { left: 0, top: 0, ...size, downsample })) {
    signal?.throwIfAborted();
    yield band;
    await setImmediate();
  }
}

/** Puts the drawing of a plate, and its coloured plates, which are drawn from it. */
async function importDrawn(
  store: FolderStore,
  plate: SamplePlate,
  signal: AbortSignal | undefined,
): Promise<StoreEntry[]> {
  const { id } = plate.record;
  const svg = await drawPlateInTurns(plate, {}, signal);
  const shared = { lastModified, source: SOURCE };
  const drawing = {
    ...shared,
    kind: "drawing",
    name: String(id),
    mediaType: "image/svg+xml",
    details: { hasAllGroups: true },
  } as const;
  const entries = [await store.entries.put(drawing, svg)];
  for (const { path, groups } of plate.alternates) {
    const details = { drawingOf: id, groups };
    entries.push(
      await store.entries.put({ ...shared, kind: "picture", name: path, mediaType: "image/jpeg", details }, ""),
    );
  }
  return entries;
}
