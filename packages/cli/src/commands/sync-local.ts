import type { SyncPlace } from "@brainatlas/sdk";
import {
  type Affine3d,
  type AlignedSet,
  applyAffine3d,
  imageToImage2d,
  imageToReferenceAll,
  referenceToImageAll,
  type SetSection,
  spaceTransform,
} from "@brainatlas/sdk/sync";
import type { Api } from "../api.ts";
import type { Context } from "../context.ts";
import type { Row } from "../output/fields.ts";
import { note } from "../output/notes.ts";
import type { PointBatch } from "../points.ts";
import { type Findings, type Mapper, placeColumns, printIds, type SyncPointOptions, targetsOf } from "./sync-rows.ts";

/** Fetches the alignments once, and computes what the service would answer. */
export async function createLocalMapper(
  context: Context,
  api: Api,
  options: SyncPointOptions,
  findings: Findings,
): Promise<Mapper> {
  const { sync } = api.client;
  const request = { signal: context.signal };
  const { service, id } = options;
  const { dataSets, images, atlas } = targetsOf(options);
  const fetchSets = async (): Promise<(AlignedSet | undefined)[]> =>
    someOf(api, "data set", dataSets, await sync.alignedSets(dataSets, request), findings);
  if (service === "reference-to-image") {
    const place = createPlacer(context, id, dataSets, await fetchSets(), findings);
    return ({ rows, values }) => place(rows, values);
  }
  const section = await fetchSection(context, api, id);
  if (service === "image-to-reference") {
    return ({ rows, values }) => withPoints(rows, imageToReferenceAll(section, values), section.referenceSpaceId);
  }
  if (service === "image-to-image-2d") {
    const others = someOf(api, "image", images, await sync.alignedSections(images, request), findings);
    return ({ rows, values }) =>
      rows.flatMap((row, index) => {
        const [x = 0, y = 0] = values.subarray(index * 2);
        return others.map((other) => ({ ...row, ...placeColumns(other && placeOf(section, other, x, y)) }));
      });
  }
  const isAtlas = service === "image-to-atlas";
  const sets = isAtlas ? [await sync.alignedAtlas(atlas, request)] : await fetchSets();
  const place = createPlacer(context, section.referenceSpaceId, isAtlas ? undefined : dataSets, sets, findings);
  return ({ rows, values }) => place(rows, imageToReferenceAll(section, values));
}

/** One section with its alignments. */
export async function fetchSection(context: Context, api: Api, imageId: number): Promise<SetSection> {
  const [section] = await api.client.sync.alignedSections(imageId, { signal: context.signal });
  if (section !== undefined) return section;
  throw new Error(
    `Cannot find image ${imageId} with its alignments at ${api.label}; give the id of a SectionImage or AtlasImage`,
  );
}

/** Targets of which at least one is there, as the service's mirror has it; the others are told. */
function someOf<T>(
  { label }: Api,
  kind: "data set" | "image",
  ids: readonly number[],
  found: (T | undefined)[],
  { missing }: Findings,
): (T | undefined)[] {
  for (const [index, id] of ids.entries()) if (found[index] === undefined) missing.add(id);
  if (found.some((each) => each !== undefined)) return found;
  const [what, whose] = ids.length === 1 ? [kind, "its"] : [`${kind}s`, "their"];
  const models = kind === "image" ? "SectionImage or AtlasImage" : "SectionDataSet or AtlasDataSet";
  throw new Error(
    `Cannot find ${what} ${printIds(ids)} with ${whose} alignments at ${label}; give the id of a ${models}`,
  );
}

function placeOf(seed: SetSection, target: SetSection, x: number, y: number): SyncPlace {
  const { imageId, sectionNumber, alignment2d } = target;
  return { imageId, sectionNumber, ...imageToImage2d(seed.alignment2d, alignment2d, x, y) };
}

/**
 * Finds points of a reference space on the images of sets; says where they lie in another space.
 *
 * @param ids Ids of the sets, where rows are to name them.
 */
function createPlacer(
  context: Context,
  spaceId: number | undefined,
  ids: readonly number[] | undefined,
  sets: readonly (AlignedSet | undefined)[],
  findings: Findings,
): (rows: PointBatch["rows"], xyz: Float64Array) => Row[] {
  const transforms = sets.map((set) => set && transformTo(context, spaceId, set));
  return (rows, xyz) => {
    const found = sets.map((set, index) => placesOf(set, transforms[index], xyz));
    return rows.flatMap((row, index) =>
      sets.map((set, which) => {
        const place = found[which]?.(index);
        if (place === undefined && set !== undefined) findings.none += 1;
        return { ...row, ...(ids && { section_data_set_id: ids[which] }), ...placeColumns(place) };
      }),
    );
  };
}

function transformTo(
  context: Context,
  spaceId: number | undefined,
  { id, referenceSpaceId }: AlignedSet,
): Affine3d | undefined {
  const transform = spaceTransform(spaceId, referenceSpaceId);
  const where = `data set ${id} lies in reference space ${referenceSpaceId}`;
  if (transform === undefined) note(context, `${where}; no map from space ${spaceId} is known`);
  else if (spaceId !== referenceSpaceId) note(context, `${where}; z of space ${spaceId} is mirrored`);
  return transform;
}

function placesOf(
  set: AlignedSet | undefined,
  transform: Affine3d | undefined,
  xyz: Float64Array,
): (index: number) => SyncPlace | undefined {
  if (set === undefined || transform === undefined) return () => undefined;
  const { sections, xy } = referenceToImageAll(set, transformed(transform, xyz));
  return (index) => {
    const section = set.sections[sections[index] ?? -1];
    const [x = 0, y = 0] = xy.subarray(index * 2);
    return section && { imageId: section.imageId, sectionNumber: section.sectionNumber, x, y };
  };
}

function transformed(transform: Affine3d, xyz: Float64Array): Float64Array {
  const result = new Float64Array(xyz.length);
  const point = { x: 0, y: 0, z: 0 };
  for (let at = 0; at < xyz.length; at += 3) {
    applyAffine3d(transform, xyz[at] ?? 0, xyz[at + 1] ?? 0, xyz[at + 2] ?? 0, point);
    result[at] = point.x;
    result[at + 1] = point.y;
    result[at + 2] = point.z;
  }
  return result;
}

function withPoints(rows: PointBatch["rows"], xyz: Float64Array, spaceId: number | undefined): Row[] {
  return rows.map((row, index) => ({
    ...row,
    x_um: xyz[index * 3],
    y_um: xyz[index * 3 + 1],
    z_um: xyz[index * 3 + 2],
    reference_space_id: spaceId ?? null,
  }));
}
