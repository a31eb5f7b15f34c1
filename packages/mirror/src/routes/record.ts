import type { SubImageRecord } from "@brainatlas/sdk/image";
import type { AtlasStore, ImageModel } from "../store/atlas-store.ts";
import { refuseNotMirrored, SOURCE_HEADER } from "./refuse.ts";

/** Which classes of rows a model's name covers. */
const COVERED: ReadonlyMap<string, readonly ImageModel[]> = new Map([
  ["AtlasImage", ["AtlasImage"]],
  ["SectionImage", ["AtlasImage", "SectionImage"]],
  ["SubImage", ["AtlasImage", "SectionImage", "SubImage"]],
]);

/**
 * Answers one record by model and id, in the envelope of reference §3.6. An id that is not held gives an empty list: how the
 * service answers is *unknown*, and this is the reference's default (§12).
 */
export async function answerRecord(store: AtlasStore, model: string, id: number, url: URL): Promise<Response> {
  const covered = COVERED.get(model);
  if (covered === undefined)
    return refuseNotMirrored(`This mirror holds no records of the model ${JSON.stringify(model)}`);
  const stored = await store.record(id);
  const rows = stored !== undefined && covered.includes(stored.model) ? [toRow(stored.row, url)] : [];
  return Response.json(
    { success: true, id: 0, start_row: 0, num_rows: rows.length, total_rows: rows.length, msg: rows },
    { headers: { [SOURCE_HEADER]: "computed" } },
  );
}

/** Columns in the order of their names; associations only when they are included. */
function toRow({ alternate_images, ...columns }: SubImageRecord, url: URL): Record<string, unknown> {
  const row = Object.fromEntries(Object.entries(columns).sort(([a], [b]) => (a < b ? -1 : 1)));
  const included = (url.searchParams.get("include") ?? "").split(",").includes("alternate_images");
  return included ? { ...row, alternate_images: alternate_images ?? [] } : row;
}
