import type { BrainAtlas } from "@brainatlas/sdk";
import { parseSubImageRecord } from "@brainatlas/sdk/image";
import { atlasImages, sectionDataSets, sectionImages } from "@brainatlas/sdk/queries";
import { type AlignedSet, imageToReference, planeOf, type SectionPlaneName } from "@brainatlas/sdk/sync";
import { dataSetName, isProjection } from "../model/data-set-name.ts";
import type { AtlasEntry, Series, SeriesImage } from "../model/series.ts";
import type { SeriesRef } from "../model/view.ts";
import { loadOwnRange } from "./own-range.ts";

/** What a series is made from. */
interface SeriesParts {
  readonly rows: readonly unknown[];
  readonly aligned: AlignedSet | undefined;
  readonly thicknessUm: number;
}

/** Coordinate of reference space that stands on each plane. */
const NORMAL = { coronal: "x", sagittal: "z", horizontal: "y" } as const;

/** Thickness where a row does not say: that of the sections of the adult mouse. */
const DEFAULT_THICKNESS_UM = 25;

/** Graph of the adult mouse, which experiments without an atlas of their own are of. */
const MOUSE_GRAPH_ID = 1;
const MOUSE_SPACES: readonly unknown[] = [9, 10];

/**
 * Fetches an atlas or an experiment: its images in order, and how they lie in reference space.
 *
 * @throws {RangeError} If there is no such atlas or data set.
 */
export async function loadSeries(
  api: BrainAtlas,
  ref: SeriesRef,
  atlases: readonly AtlasEntry[],
  signal: AbortSignal,
): Promise<Series> {
  return ref.kind === "atlas"
    ? await loadAtlasSeries(api, ref, atlases, signal)
    : await loadDataSetSeries(api, ref, signal);
}

async function loadAtlasSeries(
  api: BrainAtlas,
  ref: SeriesRef,
  atlases: readonly AtlasEntry[],
  signal: AbortSignal,
): Promise<Series> {
  const entry = atlases.find(({ id }) => id === ref.id);
  if (entry === undefined) throw new RangeError(`There is no atlas ${ref.id} here; choose another one`);
  const [plates, aligned] = await Promise.all([
    api.rows(atlasImages.annotated(ref.id).include("alternate_images"), { signal }).all(),
    isThere(api.sync.alignedAtlas(ref.id, { signal })),
  ]);
  const rows =
    plates.length > 0
      ? plates
      : await api.rows(atlasImages.inAtlas(ref.id).include("alternate_images"), { signal }).all();
  const images = readImages({ rows, aligned, thicknessUm: DEFAULT_THICKNESS_UM });
  return {
    ref,
    name: entry.name,
    dataSetId: images[0]?.record.data_set_id ?? undefined,
    images,
    graphId: entry.graphId,
    groups: entry.groups,
    imageType: entry.imageType,
    plane: aligned && planeOf(aligned),
    aligned,
    isDrawn: plates.length > 0,
    hasExpression: false,
    hasProjection: false,
    hasRange: false,
    ownRange: undefined,
  };
}

async function loadDataSetSeries(api: BrainAtlas, ref: SeriesRef, signal: AbortSignal): Promise<Series> {
  const query = sectionDataSets.byId(ref.id).include("genes").include("plane_of_section").include("products");
  const [[row], sections, aligned] = await Promise.all([
    api.rows(query, { signal }).all(),
    api.rows(sectionImages.ofDataSet(ref.id).include("alternate_images"), { signal }).all(),
    isThere(api.sync.alignedSet(ref.id, { signal })),
  ]);
  if (row === undefined) throw new RangeError(`There is no data set ${ref.id} here; choose another one`);
  const images = readImages({ rows: sections, aligned, thicknessUm: row.section_thickness ?? DEFAULT_THICKNESS_UM });
  const plane = (aligned && planeOf(aligned)) ?? (row.plane_of_section?.name as SectionPlaneName | undefined);
  const deep = images.find(({ record }) => record.bits_per_component === 16);
  return {
    ref,
    name: dataSetName(row, plane),
    dataSetId: ref.id,
    images,
    graphId: MOUSE_SPACES.includes(row.reference_space_id) ? MOUSE_GRAPH_ID : undefined,
    groups: [],
    imageType: undefined,
    plane,
    aligned,
    isDrawn: false,
    hasExpression: images.some(({ record }) => (record.expression_path ?? "") !== ""),
    hasProjection: isProjection(row),
    hasRange: deep !== undefined,
    ownRange: deep && (await isThere(loadOwnRange(api, deep.record, signal))),
  };
}

function readImages({ rows, aligned, thicknessUm }: SeriesParts): SeriesImage[] {
  const records = rows.map((row, index) => parseSubImageRecord(row, `msg[${index}]`));
  return records.map((record, index) => ({
    id: record.id,
    record,
    number: index + 1,
    positionUm: positionOf(aligned, record.id, record) ?? (record.section_number ?? index) * thicknessUm,
    alternates: record.alternate_images ?? [],
  }));
}

function positionOf(
  aligned: AlignedSet | undefined,
  imageId: number,
  { width, height }: { width: number; height: number },
): number | undefined {
  const section = aligned?.section(imageId);
  if (aligned === undefined || section === undefined) return undefined;
  return imageToReference(section, width / 2, height / 2)[NORMAL[planeOf(aligned)]];
}

/** What an API that lacks it refuses is not there; where the whole API fails, the images fail too. */
async function isThere<T>(asked: Promise<T>): Promise<T | undefined> {
  return await asked.catch(() => undefined);
}
