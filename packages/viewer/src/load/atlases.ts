import { type BrainAtlas, isAtlasError, type Rows } from "@brainatlas/sdk";
import { rma } from "@brainatlas/sdk/rma";
import { withoutTurns } from "../model/plain-words.ts";
import type { AtlasEntry } from "../model/series.ts";

/** All atlases that the API has, in its order; none of a mirror that holds no rows of atlases. */
export async function loadAtlases(api: BrainAtlas, signal: AbortSignal): Promise<readonly AtlasEntry[]> {
  const query = rma("Atlas").include("graphic_group_labels").orderBy("id");
  const pictured = rma("Atlas")
    .via("atlas_data_sets", (set) => set.via("atlas_images"))
    .orderBy("id");
  const [rows, withImages] = await Promise.all([
    heldRows(api.rows(query, { signal })),
    heldRows(api.rows(pictured, { signal })),
  ]);
  const pictureIds = new Set(withImages.map(({ id }) => id));
  return rows.map(({ id, name, structure_graph_id: graphId, image_type: imageType, graphic_group_labels: labels }) => ({
    id,
    name: withoutTurns(name ?? `Atlas ${id}`),
    graphId: graphId ?? undefined,
    groups: listed(labels).map((label) => ({ id: label.id, name: withoutTurns(label.name ?? `Group ${label.id}`) })),
    imageType: imageType ?? undefined,
    hasImages: pictureIds.has(id),
  }));
}

/** The rows, without those that are none; none where a mirror says that it holds none of them. */
export async function heldRows<Row>(rows: Rows<Row>): Promise<readonly Row[]> {
  try {
    return listed(await rows.all());
  } catch (error) {
    if (isAtlasError(error, "ATLAS_NOT_MIRRORED")) return [];
    throw error;
  }
}

/** The rows of a list as a server gave it: none where it is no list, and without what is no row. */
export function listed<Row>(given: readonly Row[]): readonly Row[] {
  const list: unknown = given;
  return Array.isArray(list) ? list.filter((row: unknown): row is Row => typeof row === "object" && row !== null) : [];
}
