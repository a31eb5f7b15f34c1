import { readFile } from "node:fs/promises";
import type { AlternateImage } from "@brainatlas/sdk/image";
import { attributeOf, findFrame } from "../drawing/svg-frame.ts";
import { checkDrawing } from "../pixels/rasterise-drawing.ts";
import type { NewEntry, StoreEntry } from "../store/entries.ts";
import type { FolderStore } from "../store/folder-store.ts";
import { admitContent } from "./admit.ts";
import { type ImportSummary, importError, statFile } from "./source.ts";

/** A drawing as the API gave it, with all of its groups, and whose it is. */
export interface DrawingIntake {
  readonly imageId: number;
  /** File that holds it. */
  readonly path: string;
  /** Where it comes from: a URL. */
  readonly source: string;
  /** When it last changed there, ISO 8601. */
  readonly lastModified?: string | undefined;
  /**
   * Whether it is made up: see `admitContent()`.
   * @default false
   */
  readonly synthetic?: boolean | undefined;
}

/** Longest drawing that is read, in bytes: some ten times the largest that is known. */
const MAX_BYTES = 256 * 1024 * 1024;

/**
 * Puts a whole drawing of an image whose record is held. Any of its groups is answered from then on, and its coloured plates are drawn from
 * it where no picture of them is held: those that the record names, each of the groups that are called as it is. The record stays as it is.
 *
 * @throws {Error} If it is no drawing, or the store does not take what is made up, or takes nothing else; nothing is put then.
 */
export async function importWholeDrawing(store: FolderStore, intake: DrawingIntake): Promise<ImportSummary> {
  const { imageId, path, source, lastModified, synthetic = false } = intake;
  await admitContent(store, { path }, synthetic);
  const held = await store.record(imageId);
  if (held === undefined) throw importError({ path }, `the record of image ${imageId} is not held; import it first`);
  const { size } = await statFile(path);
  if (size > MAX_BYTES) throw importError({ path }, `it has ${size} bytes, and is no drawing`);
  const svg = new TextDecoder("utf-8", { ignoreBOM: true }).decode(await readFile(path));
  await checkDrawing(svg, held.row).catch((cause: unknown) => {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw importError({ path }, `it cannot be drawn (${reason}); give a whole drawing`, cause);
  });
  const common = { lastModified, source };
  const details = { hasAllGroups: true };
  const drawing: NewEntry = { ...common, kind: "drawing", name: String(imageId), mediaType: "image/svg+xml", details };
  const entries: StoreEntry[] = [await store.entries.put(drawing, svg)];
  for (const [plate, groups] of platesOf(svg, held.row.alternate_images ?? [])) {
    const known = await store.entries.get("picture", plate).catch(() => undefined);
    if (known !== undefined && known.entry.details.drawingOf === undefined) continue;
    const link = { drawingOf: imageId, groups };
    entries.push(
      await store.entries.put({ ...common, kind: "picture", name: plate, mediaType: "image/jpeg", details: link }, ""),
    );
  }
  return { entries, models: {} };
}

/** Paths of the coloured plates that a drawing has the groups of: a plate's kind is the name of its regions, and of its fibre tracts. */
function platesOf(svg: string, alternates: readonly AlternateImage[]): [path: string, groups: number[]][] {
  const groups = (findFrame(svg)?.groups ?? []).map(({ start, labelId }) => {
    const tag = svg.slice(start, svg.indexOf(">", start) + 1);
    return { labelId, name: attributeOf(tag, "graphic_group_label") };
  });
  return alternates.flatMap(({ image_type: type, path }): [string, number[]][] => {
    if (!type.startsWith("Atlas") || path === "") return [];
    const own = groups.filter(({ name }) => name === type || name === `${type} Fiber Tracts`);
    const ids = own.flatMap(({ labelId }) => labelId ?? []).sort((a, b) => a - b);
    return ids.length === 0 ? [] : [[path, ids]];
  });
}
