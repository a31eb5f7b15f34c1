import { createMirror, sampleStore } from "@brainatlas/mirror";
import { expect } from "vitest";

// Plain computations over the sample's rows, as queries give them, to compare with what the services compute.

export type Row = Readonly<Record<string, unknown>>;

/** The envelope of an answer. */
export interface Answer {
  readonly success: boolean;
  readonly msg: unknown;
  readonly num_rows: number;
  readonly total_rows?: number;
}

/** A mirror of the sample, asked by query. */
export const sampleMirror = createMirror({ store: sampleStore() });

export function getSample(criteria: string, format = "json", init?: RequestInit): Promise<Response> {
  const query = `criteria=${encodeURIComponent(criteria)}&filename=rows.${format}`;
  return sampleMirror.fetch(`http://x/api/v2/data/query.${format}?${query}`, init);
}

export async function askSample(criteria: string): Promise<Answer> {
  return await (await getSample(criteria)).json();
}

/** Rows of an answer that succeeds. */
export async function sampleRows(criteria: string): Promise<readonly Row[]> {
  const answer = await askSample(criteria);
  expect(answer).toMatchObject({ success: true });
  return Array.isArray(answer.msg) ? answer.msg : [];
}

/** All rows of a model. */
export function allRows(model: string, filters = "", options = ""): Promise<readonly Row[]> {
  return sampleRows(`model::${model}${filters},rma::options[num_rows$eqall]${options}`);
}

export const idsOf = (found: readonly Row[]): unknown[] => found.map(({ id }) => id);

/** Whether a structure is another or lies below it. */
export type IsWithin = (id: unknown, above: number) => boolean;

/** Reads the structures of the adult mouse; goes by their paths of ids. */
export async function readIsWithin(): Promise<IsWithin> {
  const structures = await allRows("Structure", "[graph_id$eq1]");
  const paths = new Map(structures.map((row) => [row.id, String(row.structure_id_path).split("/")]));
  return (id, above) => paths.get(id)?.includes(String(above)) === true;
}

export function byDataSet(values: readonly Row[]): Map<unknown, Row[]> {
  const found = new Map<unknown, Row[]>();
  for (const row of values) found.set(row.section_data_set_id, [...(found.get(row.section_data_set_id) ?? []), row]);
  return found;
}

/** Pearson's coefficient, as it is defined. */
export function plainPearson(pairs: readonly (readonly [x: number, y: number])[]): number {
  const mean = (of: (x: number, y: number) => number): number =>
    pairs.reduce((sum, [x, y]) => sum + of(x, y), 0) / pairs.length;
  const [m, n] = [mean((x) => x), mean((_, y) => y)];
  const product = mean((x, y) => (x - m) * (y - n));
  return product / Math.sqrt(mean((x) => (x - m) ** 2) * mean((_, y) => (y - n) ** 2));
}

/** Coefficients of all data sets with a seed, over the seed's structures that hold no others of it. */
export function plainCorrelations(
  values: readonly Row[],
  column: string,
  seed: number,
  isWithin: IsWithin,
): Map<unknown, number> {
  const valuesOf = (rows: readonly Row[]): Map<unknown, number> =>
    new Map(rows.map((row) => [row.structure_id, Number(row[column])]));
  const bySet = byDataSet(values);
  const own = valuesOf(bySet.get(seed) ?? []);
  const held = [...own.keys()];
  const leaves = held.filter((id) => !held.some((other) => other !== id && isWithin(other, Number(id))));
  return new Map(
    [...bySet].map(([id, rows]) => {
      const others = valuesOf(rows);
      const common = leaves.filter((leaf) => others.has(leaf));
      return [id, plainPearson(common.map((leaf) => [own.get(leaf) ?? 0, others.get(leaf) ?? 0]))];
    }),
  );
}

/** Expects rows that are ranked by these coefficients: all of them, the highest first. */
export function expectRanked(found: readonly Row[], field: string, plain: ReadonlyMap<unknown, number>): void {
  const known = [...plain].filter(([, r]) => !Number.isNaN(r));
  expect(new Set(idsOf(found))).toEqual(new Set(known.map(([id]) => id)));
  for (const row of found) expect(row[field]).toBeCloseTo(plain.get(row.id) ?? Number.NaN, 9);
  const values = found.map((row) => Number(row[field]));
  expect(values).toEqual(values.toSorted((a, b) => b - a));
}
