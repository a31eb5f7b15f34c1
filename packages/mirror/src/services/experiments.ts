import { sql } from "kysely";
import type { SqlValue } from "../records/values.ts";
import type { ServiceRow } from "../rma/service-answer.ts";
import { type MouseStructures, readMouseStructures } from "./mouse-structures.ts";
import type { ParameterValue } from "./parameter-values.ts";
import type { Parameters } from "./parameters.ts";
import type { ServiceRecords } from "./service-records.ts";

/** A place in reference space, in µm: from anterior, from superior, from left. */
export type PointUm = readonly [x: number, y: number, z: number];

/** A tracer experiment. */
export interface Experiment {
  readonly id: number;
  /** Middle of the injection, where it is known. */
  readonly placeUm: PointUm | undefined;
  /** Primary one of the injected structures, where it is known. */
  readonly structureId: number | undefined;
  readonly injectedIds: readonly number[];
  /** Volume of the injection; 0 where it is not known. */
  readonly volumeMm3: number;
  readonly row: ServiceRow;
}

/** Half of the width of reference space, in µm: beyond it lies the right hemisphere. */
const MIDLINE_Z_UM = 5700;

/** What a client gives for the wild type in place of a line (reference §8.1). */
const WILD_TYPE = 0;

const COLUMNS = [
  "data_set_id",
  "name",
  "structure_id",
  "structure_name",
  "structure_abbrev",
  "transgenic_line_id",
  "gender",
  "strain",
  "injection_volume",
  "injection_x",
  "injection_y",
  "injection_z",
  "injection_structures",
  "product_id",
] as const;

type Columns = Readonly<Record<(typeof COLUMNS)[number] | "line_name", SqlValue>>;

/**
 * Experiments that meet the parameters which the searches share: lines, products, injected structures.
 *
 * @throws {UnsupportedStageError} If there are no experiments, or a structure is not held.
 */
export async function findExperiments(
  records: ServiceRecords,
  parameters: Parameters,
): Promise<{ readonly experiments: readonly Experiment[]; readonly structures: MouseStructures }> {
  await records.require("ApiConnectivity");
  const structures = await readMouseStructures(records);
  const experiments: Experiment[] = [];
  const fits = filterOf(parameters, structures);
  for (const columns of await readColumns(records)) {
    const experiment = toExperiment(columns, structures);
    if (fits(columns, experiment)) experiments.push(experiment);
  }
  return { experiments, structures };
}

async function readColumns(records: ServiceRecords): Promise<readonly Columns[]> {
  const own = sql.join(COLUMNS.map((name) => sql.ref(`c.${name}`)));
  const rows = await records.all(sql`
    select ${own}, coalesce(c.transgenic_line, t.name) from api_connectivities c
    left join transgenic_lines t on t.id = c.transgenic_line_id order by c.data_set_id`);
  // The names are those of the select.
  return rows.map((row) => Object.fromEntries([...COLUMNS, "line_name"].map((name, i) => [name, row[i]])) as Columns);
}

type Fits = (columns: Columns, experiment: Experiment) => boolean;

/**
 * What the parameters ask of an experiment; all of it. That several structures are alternatives, and that `injection_structures`
 * and `injection_domain` both count where both are given, is taken from their names: no source says it.
 */
function filterOf(parameters: Parameters, structures: MouseStructures): Fits {
  const tests: Fits[] = [];
  const primaryOnly = parameters.flag("primary_structure_only");
  for (const name of ["injection_structures", "injection_domain"]) {
    if (!parameters.has(name)) continue;
    const domain = structures.within(structures.idsOf(parameters.all(name)));
    tests.push((_, { structureId, injectedIds }) =>
      primaryOnly ? structureId !== undefined && domain.has(structureId) : injectedIds.some((id) => domain.has(id)),
    );
  }
  const lines = parameters.all("transgenic_lines");
  if (lines.length > 0) tests.push((columns) => lines.some((line) => isOfLine(columns, line)));
  const products = parameters.numbers("product_ids");
  if (products.length > 0) tests.push(({ product_id }) => products.includes(Number(product_id)));
  const side = parameters.text("injection_hemisphere");
  if (side !== undefined) tests.push((_, { placeUm }) => sideOf(placeUm) === side);
  const dataSets = parameters.numbers("section_data_set");
  if (dataSets.length > 0) tests.push((_, { id }) => dataSets.includes(id));
  return (columns, experiment) => tests.every((test) => test(columns, experiment));
}

function isOfLine({ transgenic_line_id: id, line_name: name }: Columns, line: ParameterValue): boolean {
  if (line === WILD_TYPE) return id === null && (name === null || name === "");
  return typeof line === "number" ? id === line : name === line;
}

function sideOf(placeUm: PointUm | undefined): string | undefined {
  return placeUm && (placeUm[2] > MIDLINE_Z_UM ? "right" : "left");
}

/** The fields of reference §8.2 but `num-voxels` and `sum`: what those count is not known. */
function toExperiment(columns: Columns, structures: MouseStructures): Experiment {
  const id = Number(columns.data_set_id);
  const structureId = columns.structure_id === null ? undefined : Number(columns.structure_id);
  const { injection_x: x, injection_y: y, injection_z: z } = columns;
  const placeUm: PointUm | undefined =
    x === null || y === null || z === null ? undefined : [Number(x), Number(y), Number(z)];
  const listed = String(columns.injection_structures ?? "")
    .match(/\d+/g)
    ?.map(Number);
  const injectedIds = listed ?? (structureId === undefined ? [] : [structureId]);
  const row: ServiceRow = {
    id,
    name: columns.name,
    "structure-id": columns.structure_id,
    "structure-name": columns.structure_name,
    "structure-abbrev": columns.structure_abbrev,
    "structure-color": (structureId === undefined ? undefined : structures.get(structureId)?.color) ?? null,
    "transgenic-line": columns.line_name ?? "",
    gender: columns.gender,
    strain: columns.strain,
    "injection-volume": columns.injection_volume,
    "injection-coordinates": placeUm ?? null,
    "injection-structures": injectedIds.map((injected) => injectedRow(injected, structures)),
  };
  return { id, placeUm, structureId, injectedIds, volumeMm3: Number(columns.injection_volume), row };
}

function injectedRow(id: number, structures: MouseStructures): ServiceRow {
  const { acronym = null, name = null, color = null } = structures.get(id) ?? {};
  return { id, abbreviation: acronym, name, color };
}

/** Distance between two places, in µm. */
export function distanceUm(one: PointUm, other: PointUm): number {
  return Math.hypot(one[0] - other[0], one[1] - other[1], one[2] - other[2]);
}

/** The `seed_point` of a search, in µm. */
export function seedOf(parameters: Parameters): PointUm {
  const [x = 0, y = 0, z = 0] = parameters.numbers("seed_point");
  return [x, y, z];
}
