import type { BrainAtlas, SyncPlace, SyncResult } from "@brainatlas/sdk";
import {
  type Affine3d,
  type AlignedSet,
  applyAffine3d,
  imageToImage2d,
  imageToReferenceAll,
  referenceToImageAll,
  spaceTransform,
} from "@brainatlas/sdk/sync";
import { type Api, openApi, waitFor } from "../api.ts";
import type { Context } from "../context.ts";
import { UsageError } from "../errors.ts";
import { EXIT } from "../exit.ts";
import type { Row } from "../output/fields.ts";
import { note } from "../output/notes.ts";
import { printCount, printNumber } from "../output/quantities.ts";
import { type PointBatch, type PointOptions, readPoints } from "../points.ts";
import { chooseFormat, defaultFormat, printRows, type RowOptions, type RowPage, sayCredit } from "../rows.ts";

/** Which service maps points. */
export type SyncService =
  | "image-to-image"
  | "image-to-image-2d"
  | "image-to-atlas"
  | "image-to-reference"
  | "reference-to-image";

/** Options of `brainatlas sync` for points, each as on the command line. */
export interface SyncPointOptions extends RowOptions, PointOptions {
  readonly service: SyncService;
  /** Image that points are of, or reference space. */
  readonly id: number;
  readonly dataSets?: readonly number[] | undefined;
  readonly images?: readonly number[] | undefined;
  readonly atlas?: number | undefined;
  readonly local?: boolean | undefined;
  readonly remote?: boolean | undefined;
}

/** Adds to points what is found for them: one row a point and target. */
type Mapper = (batch: PointBatch) => Promise<Row[]> | Row[];

const POINT_COLUMNS = ["x_um", "y_um", "z_um"];
const PLACE_COLUMNS = ["section_image_id", "section_number", "x_px", "y_px"];

/** Columns that the answer of a service adds. */
const ADDED: Readonly<Record<SyncService, readonly string[]>> = {
  "image-to-image": ["section_data_set_id", ...PLACE_COLUMNS],
  "image-to-image-2d": PLACE_COLUMNS,
  "image-to-atlas": PLACE_COLUMNS,
  "image-to-reference": POINT_COLUMNS,
  "reference-to-image": ["section_data_set_id", ...PLACE_COLUMNS],
};

/** Points that the service is asked about side by side; the client bounds the requests that are under way. */
const REMOTE_POINTS = 50;

/** Maps points. Returns the exit code. */
export async function run(context: Context, options: SyncPointOptions): Promise<number> {
  if (options.local === true && options.remote === true) {
    throw new UsageError("Cannot use --local and --remote at once; give one of them");
  }
  const format = chooseFormat(options, defaultFormat(context));
  const { service, fields } = options;
  const batches = readPoints(context, options, service === "reference-to-image" ? 3 : 2, ADDED[service]);
  // The first points are read before anything is asked for: a wrong file is told at once.
  const first = await batches.next();
  const api = await openApi(context, options);
  const isLocal = options.local === true || (options.points !== undefined && options.remote !== true);
  const map = isLocal
    ? await waitFor(context, api, () => createLocalMapper(context, api.client, options))
    : createRemoteMapper(context, api, options);
  const found = { none: 0 };
  const pages = mapPages(first, batches, map, found);
  const { rows } = await printRows(context, pages, { format, fields });
  if (found.none > 0)
    note(context, `no image was found for ${printNumber(found.none)} of ${printCount(rows, "row", "rows")}`);
  sayCredit(context, api);
  return EXIT.done;
}

async function* mapPages(
  first: IteratorResult<PointBatch, void>,
  batches: AsyncGenerator<PointBatch, void, undefined>,
  map: Mapper,
  found: { none: number },
): AsyncGenerator<RowPage, void, undefined> {
  for (let next = first; next.done !== true; next = await batches.next()) {
    const rows = await map(next.value);
    for (const row of rows) if ((row as { section_image_id?: unknown }).section_image_id === null) found.none += 1;
    yield { rows };
  }
}

/** Asks the service for each point. */
function createRemoteMapper(context: Context, api: Api, options: SyncPointOptions): Mapper {
  const ask = questionOf(api.client, options, { signal: context.signal });
  return async ({ rows, values }) => {
    const dimensions = values.length / rows.length;
    const answers: Row[] = [];
    for (let start = 0; start < rows.length; start += REMOTE_POINTS) {
      const part = rows.slice(start, start + REMOTE_POINTS);
      const found = await waitFor(context, api, () =>
        Promise.all(part.map((_, index) => ask(values.subarray((start + index) * dimensions)))),
      );
      for (const [index, row] of part.entries())
        for (const each of found[index] ?? []) answers.push({ ...row, ...each });
    }
    return answers;
  };
}

/** What one point is asked by, and the columns of the answer. */
function questionOf(
  { sync }: BrainAtlas,
  options: SyncPointOptions,
  request: { readonly signal: AbortSignal },
): (values: Float64Array) => Promise<Record<string, unknown>[]> {
  const { service, id } = options;
  const { dataSets, images, atlas } = targetsOf(options);
  const ofSet = ({ dataSetId, place }: SyncResult) => ({
    section_data_set_id: dataSetId ?? null,
    ...placeColumns(place),
  });
  return async ([x = Number.NaN, y = Number.NaN, z = Number.NaN]) => {
    if (service === "image-to-reference") {
      const point = await sync.imageToReference(id, { x, y }, request);
      return [{ x_um: point.x, y_um: point.y, z_um: point.z }];
    }
    if (service === "image-to-atlas") return [placeColumns(await sync.imageToAtlas(id, { x, y }, atlas, request))];
    if (service === "image-to-image") return (await sync.imageToImage(id, { x, y }, dataSets, request)).map(ofSet);
    if (service === "image-to-image-2d") {
      return (await sync.imageToImage2d(id, { x, y }, images, request)).map(({ place }) => placeColumns(place));
    }
    return (await sync.referenceToImage(id, { x, y, z }, dataSets, request)).map(ofSet);
  };
}

/** Fetches the alignments once, and computes what the service would answer. */
async function createLocalMapper(context: Context, { sync }: BrainAtlas, options: SyncPointOptions): Promise<Mapper> {
  const request = { signal: context.signal };
  const { service, id } = options;
  const targets = targetsOf(options);
  if (service === "reference-to-image") {
    const sets = await Promise.all(targets.dataSets.map((each) => sync.alignedSet(each, request)));
    const place = createPlacer(context, id, sets, true);
    return ({ rows, values }) => place(rows, values);
  }
  const section = await sync.alignedSection(id, request);
  if (service === "image-to-reference")
    return ({ rows, values }) => withPoints(rows, imageToReferenceAll(section, values));
  if (service === "image-to-image-2d") {
    const others = await Promise.all(targets.images.map((each) => sync.alignedSection(each, request)));
    return ({ rows, values }) =>
      rows.flatMap((row, index) =>
        others.map(({ imageId, sectionNumber, alignment2d }) => {
          const [x = 0, y = 0] = values.subarray(index * 2);
          const place = { imageId, sectionNumber, ...imageToImage2d(section.alignment2d, alignment2d, x, y) };
          return { ...row, ...placeColumns(place) };
        }),
      );
  }
  const isAtlas = service === "image-to-atlas";
  const sets = isAtlas
    ? [await sync.alignedAtlas(targets.atlas, request)]
    : await Promise.all(targets.dataSets.map((each) => sync.alignedSet(each, request)));
  const place = createPlacer(context, section.referenceSpaceId, sets, !isAtlas);
  return ({ rows, values }) => place(rows, imageToReferenceAll(section, values));
}

/** Finds points of a reference space on the images of sets; says where they lie in another space. */
function createPlacer(
  context: Context,
  spaceId: number | undefined,
  sets: readonly AlignedSet[],
  namesSet: boolean,
): (rows: PointBatch["rows"], xyz: Float64Array) => Row[] {
  const transforms = sets.map(({ id, referenceSpaceId }) => {
    const transform = spaceTransform(spaceId, referenceSpaceId);
    if (transform === undefined) {
      note(
        context,
        `data set ${id} lies in reference space ${referenceSpaceId}; no map from space ${spaceId} is known`,
      );
    } else if (spaceId !== referenceSpaceId) {
      note(context, `data set ${id} lies in reference space ${referenceSpaceId}; z of space ${spaceId} is mirrored`);
    }
    return transform;
  });
  return (rows, xyz) => {
    const found = sets.map((set, index) => placesOf(set, transforms[index], xyz));
    return rows.flatMap((row, index) =>
      sets.map(({ id }, which) => {
        const place = placeColumns(found[which]?.(index));
        return namesSet ? { ...row, section_data_set_id: id, ...place } : { ...row, ...place };
      }),
    );
  };
}

function placesOf(
  set: AlignedSet,
  transform: Affine3d | undefined,
  xyz: Float64Array,
): (index: number) => SyncPlace | undefined {
  if (transform === undefined) return () => undefined;
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

function withPoints(rows: PointBatch["rows"], xyz: Float64Array): Row[] {
  return rows.map((row, index) => ({
    ...row,
    x_um: xyz[index * 3],
    y_um: xyz[index * 3 + 1],
    z_um: xyz[index * 3 + 2],
  }));
}

function placeColumns(place: SyncPlace | undefined): Record<string, number | null> {
  return {
    section_image_id: place?.imageId ?? null,
    section_number: place?.sectionNumber ?? null,
    x_px: place?.x ?? null,
    y_px: place?.y ?? null,
  };
}

/** The targets of a service, of which commander has seen to it that they are given. */
function targetsOf({ dataSets = [], images = [], atlas = 0 }: SyncPointOptions) {
  return { dataSets, images, atlas };
}
