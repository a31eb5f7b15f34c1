import { type BrainAtlas, isAtlasError } from "@brainatlas/sdk";
import { parseSubImageRecord } from "@brainatlas/sdk/image";
import { atlasImages, sectionDataSets, sectionImages } from "@brainatlas/sdk/queries";
import { type AlignedSet, imageToReference, planeOf, type SectionPlaneName } from "@brainatlas/sdk/sync";
import { dataSetName, isProjection } from "../model/data-set-name.ts";
import { planeNormal } from "../model/plane-normal.ts";
import type { AtlasEntry, Series, SeriesImage } from "../model/series.ts";
import type { SeriesRef } from "../model/view.ts";
import { isNotHeld } from "./not-held.ts";
import { loadServiceRange } from "./service-range.ts";
import { usableAlignment } from "./usable-alignment.ts";

/** What a series is made from. */
interface SeriesParts {
  readonly rows: readonly unknown[];
  readonly aligned: AlignedSet | undefined;
  readonly thicknessUm: number;
}

/** Planes that a row may name. */
const PLANES: readonly SectionPlaneName[] = ["coronal", "sagittal", "horizontal"];

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
    ifThere(api.sync.alignedAtlas(ref.id, { signal }).then(usableAlignment), isAnswer),
  ]);
  const rows =
    plates.length > 0
      ? plates
      : await api.rows(atlasImages.inAtlas(ref.id).include("alternate_images"), { signal }).all();
  const images = readImages({ rows, aligned, thicknessUm: DEFAULT_THICKNESS_UM });
  return {
    ref,
    name: entry.name,
    images,
    graphId: entry.graphId,
    groups: entry.groups,
    imageType: entry.imageType,
    plane: aligned && planeOf(aligned),
    aligned,
    isDrawn: plates.length > 0,
    hasProjection: false,
    serviceRange: undefined,
  };
}

async function loadDataSetSeries(api: BrainAtlas, ref: SeriesRef, signal: AbortSignal): Promise<Series> {
  const query = sectionDataSets.byId(ref.id).include("genes").include("plane_of_section").include("products");
  const [[row], sections, [found] = []] = await Promise.all([
    api.rows(query, { signal }).all(),
    api.rows(sectionImages.ofDataSet(ref.id).include("alternate_images"), { signal }).all(),
    ifThere(api.sync.alignedSets([ref.id], { signal }), () => false),
  ]);
  const aligned = found && usableAlignment(found);
  if (row === undefined) throw new RangeError(`There is no data set ${ref.id} here; choose another one`);
  const images = readImages({ rows: sections, aligned, thicknessUm: row.section_thickness ?? DEFAULT_THICKNESS_UM });
  const plane = (aligned && planeOf(aligned)) ?? PLANES.find((name) => name === row.plane_of_section?.name);
  const deep = images.find(({ record }) => record.bits_per_component === 16);
  return {
    ref,
    name: dataSetName(row, plane),
    images,
    graphId: MOUSE_SPACES.includes(row.reference_space_id) ? MOUSE_GRAPH_ID : undefined,
    groups: [],
    imageType: undefined,
    plane,
    aligned,
    isDrawn: false,
    hasProjection: isProjection(row),
    serviceRange: deep && (await ifThere(loadServiceRange(api, deep.record, signal), isAnswer)),
  };
}

function readImages({ rows, aligned, thicknessUm }: SeriesParts): SeriesImage[] {
  const records = rows.map((row, index) => parseSubImageRecord(row, `msg[${index}]`));
  return records.map((record, index) => ({
    id: record.id,
    record,
    number: index + 1,
    positionUm: positionOf(aligned, record.id, record) ?? (record.section_number ?? index) * thicknessUm,
  }));
}

function positionOf(
  aligned: AlignedSet | undefined,
  imageId: number,
  { width, height }: { width: number; height: number },
): number | undefined {
  const section = aligned?.section(imageId);
  if (aligned === undefined || section === undefined) return undefined;
  return imageToReference(section, width / 2, height / 2)[planeNormal(planeOf(aligned))];
}

/** What a server has not got, or refuses, is not there; nothing is said of it where it could not be asked. */
async function ifThere<T>(asked: Promise<T>, isNone: (error: unknown) => boolean): Promise<T | undefined> {
  return await asked.catch((error: unknown) => {
    if (isNotHeld(error) || isAtlasError(error, "ATLAS_API") || isNone(error)) return undefined;
    throw error;
  });
}

/** What is not aligned, or shows no windows, is no failure: an answer came. */
function isAnswer(error: unknown): boolean {
  return isAtlasError(error, "ATLAS_DECODE") || error instanceof RangeError || error instanceof TypeError;
}
