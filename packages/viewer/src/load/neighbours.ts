import type { BrainAtlas } from "@brainatlas/sdk";
import { rma } from "@brainatlas/sdk/rma";
import { parseAlignedSet, planeOf } from "@brainatlas/sdk/sync";
import { dataSetName } from "../model/data-set-name.ts";
import type { Neighbour } from "../model/neighbour.ts";
import { withoutTurns } from "../model/plain-words.ts";
import { heldRows, listed } from "./atlases.ts";
import { usableAlignment } from "./usable-alignment.ts";

/** Which series of reference spaces are asked for. */
export interface NeighbourKey {
  readonly kind: "atlas" | "dataset";
  /** ReferenceSpace ids. */
  readonly spaceIds: readonly number[];
  /** Those with higher ids than this: where the last page ended, or 0. */
  readonly afterId: number;
}

/** A page of series in order of their ids. */
export interface NeighbourPage {
  readonly neighbours: readonly Neighbour[];
  /** Where the next page starts; `undefined` for the last one. */
  readonly nextId: number | undefined;
}

/** Data sets of a page: servers have tens of thousands, each with a hundred images. */
export const NEIGHBOUR_PAGE = 24;

/** Words of a key. */
export function neighbourKey({ kind, spaceIds, afterId }: NeighbourKey): string {
  return `${kind} ${spaceIds.join(",")} ${afterId}`;
}

/** Fetches the series that have aligned images in reference spaces: atlases with plates, all at once, or data sets, a page at a time. */
export async function loadNeighbours(api: BrainAtlas, key: NeighbourKey, signal: AbortSignal): Promise<NeighbourPage> {
  return key.kind === "atlas"
    ? { neighbours: await loadAtlasSets(api, key, signal), nextId: undefined }
    : await loadDataSets(api, key, signal);
}

async function loadAtlasSets(api: BrainAtlas, { spaceIds }: NeighbourKey, signal: AbortSignal): Promise<Neighbour[]> {
  const query = rma("AtlasDataSet")
    .via("atlases", (atlas) => atlas.where("reference_space_id", "in", spaceIds))
    .include("atlases")
    .include("alignment3d");
  const sets = (await heldRows(api.rows(query, { signal }))).filter(isAligned);
  const images = await loadImages(api, "AtlasImage", idsOf(sets), signal);
  return sets.flatMap((row) => {
    const own = (images.get(row.id) ?? []).filter(({ annotated }) => annotated === true);
    if (own.length === 0) return [];
    const aligned = usableAlignment(parseAlignedSet(row, own));
    if (aligned === undefined) return [];
    return listed(row.atlases)
      .filter(({ reference_space_id: spaceId }) => spaceId !== null && spaceIds.includes(spaceId))
      .map(({ id, name }) => ({
        ref: { kind: "atlas" as const, id },
        name: withoutTurns(name ?? `Atlas ${id}`),
        detail: `${own.length} plates`,
        aligned,
        images: own.map(asImage),
      }));
  });
}

async function loadDataSets(
  api: BrainAtlas,
  { spaceIds, afterId }: NeighbourKey,
  signal: AbortSignal,
): Promise<NeighbourPage> {
  const query = rma("SectionDataSet")
    .where("reference_space_id", "in", spaceIds)
    .where("failed", "eq", false)
    .where("id", "gt", afterId)
    .via("section_images", (image) => image.via("alignment2d"))
    .include("genes")
    .include("products")
    .include("alignment3d")
    .orderBy("id")
    .limit(NEIGHBOUR_PAGE);
  const rows = await heldRows(api.rows(query, { signal }));
  const sets = rows.filter(isAligned);
  const images = await loadImages(api, "SectionImage", idsOf(sets), signal);
  const neighbours = sets.flatMap((row) => {
    const own = images.get(row.id) ?? [];
    if (own.length === 0) return [];
    const aligned = usableAlignment(parseAlignedSet(row, own));
    if (aligned === undefined) return [];
    return [
      {
        ref: { kind: "dataset" as const, id: row.id },
        name: dataSetName(row, planeOf(aligned)),
        detail: [listed(row.products)[0]?.name, own.length === 1 ? "1 section" : `${own.length} sections`]
          .filter(Boolean)
          .join(", "),
        aligned,
        images: own.map(asImage),
      },
    ];
  });
  return { neighbours, nextId: rows.length < NEIGHBOUR_PAGE ? undefined : rows.at(-1)?.id };
}

/** What an image's row is asked for. */
interface ImageRow {
  readonly id: number;
  readonly data_set_id: number | null;
  readonly section_number: number | null;
  readonly width: number | null;
  readonly height: number | null;
  readonly resolution: number | null;
  readonly annotated: boolean | null;
  readonly alignment2d: unknown;
}

/** The aligned images of data sets, by data set, in one query. */
async function loadImages(
  api: BrainAtlas,
  model: "AtlasImage" | "SectionImage",
  dataSetIds: readonly number[],
  signal: AbortSignal,
): Promise<ReadonlyMap<number, ImageRow[]>> {
  const all = new Map<number, ImageRow[]>();
  if (dataSetIds.length === 0) return all;
  // One statement for both would have to be typed as a union of the two models.
  const query =
    model === "AtlasImage"
      ? rma("AtlasImage").where("data_set_id", "in", dataSetIds).include("alignment2d")
      : rma("SectionImage").where("data_set_id", "in", dataSetIds).include("alignment2d");
  for (const row of await heldRows(api.rows<ImageRow>(query, { signal }))) {
    if (row.alignment2d === null || row.alignment2d === undefined || row.data_set_id === null) continue;
    const own = all.get(row.data_set_id);
    if (own === undefined) all.set(row.data_set_id, [row]);
    else own.push(row);
  }
  return all;
}

function asImage({ id, width, height, resolution }: ImageRow): Neighbour["images"][number] {
  return { id, record: { width: width ?? 0, height: height ?? 0, resolution } };
}

function isAligned({ alignment3d }: { readonly alignment3d: unknown }): boolean {
  return alignment3d !== null && alignment3d !== undefined;
}

function idsOf(rows: readonly { readonly id: number }[]): number[] {
  return rows.map(({ id }) => id);
}
