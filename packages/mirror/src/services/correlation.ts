import { type RawBuilder, sql } from "kysely";
import { idsSql, type ServiceRecords } from "./service-records.ts";

/** The rows of unionizes that a correlation compares. */
export interface ComparedRows {
  /** Table of unionizes. */
  readonly table: string;
  /** What every row of the table must meet. */
  readonly where: RawBuilder<unknown>;
}

/** Values by data set and structure: which are compared. */
export interface CorrelationDomain extends ComparedRows {
  readonly column: string;
  /** Data set that the others are compared with. */
  readonly seedId: number;
  readonly structureIds: readonly number[];
  /** The data sets that are compared: a list of ids in SQL. */
  readonly dataSets: RawBuilder<unknown>;
}

/** How much a data set is like the seed. */
export interface Correlation {
  readonly id: number;
  /** Pearson's coefficient, from −1 to 1. */
  readonly r: number;
}

/** Structures that two data sets must have in common: a line goes through any two points. */
const LEAST_COMMON = 3;

/**
 * Compares data sets with one by Pearson's coefficient over the structures that both have values in; each structure counts the same.
 * The service compares voxels, which no record has; its numbers differ, its order less so. Data sets without a coefficient, for all
 * their values are the same, are left out. The seed comes too, with 1.
 *
 * The sums are the database's: they come off its own thread, and are bounded as other statements are.
 */
export async function correlate(records: ServiceRecords, domain: CorrelationDomain): Promise<readonly Correlation[]> {
  const { table, seedId, structureIds, where, dataSets } = domain;
  const column = sql.ref(domain.column);
  // Less the data set's mean, or sums of squares would have no digits left for values that differ little.
  const value = sql`${column} - avg(${column}) over (partition by section_data_set_id) as value`;
  const rows = await records.all(sql`
    with seed as materialized (
      select structure_id, ${value} from ${sql.table(table)}
      where section_data_set_id = ${seedId} and structure_id in ${idsSql(structureIds)}
        and ${column} is not null and ${where}
    ), other as materialized (
      select section_data_set_id, structure_id, ${value} from ${sql.table(table)}
      where structure_id in ${idsSql(structureIds)} and section_data_set_id in ${dataSets}
        and ${column} is not null and ${where}
    )
    select section_data_set_id, count(*), sum(seed.value), sum(other.value),
      sum(seed.value * seed.value), sum(other.value * other.value), sum(seed.value * other.value)
    from other join seed on seed.structure_id = other.structure_id
    group by section_data_set_id`);
  return rows.flatMap((row) => {
    const [id = 0, count = 0, x = 0, y = 0, xx = 0, yy = 0, xy = 0] = row.map(Number);
    const r = count < LEAST_COMMON ? Number.NaN : pearson({ count, x, y, xx, yy, xy });
    return Number.isNaN(r) ? [] : [{ id, r }];
  });
}

/** Sums over pairs of values. */
export interface PairSums {
  readonly count: number;
  readonly x: number;
  readonly y: number;
  readonly xx: number;
  readonly yy: number;
  readonly xy: number;
}

/** Variance below this share of the mean square is what rounding leaves of equal values. */
const ROUNDING = 1e-14;

/**
 * Pearson's coefficient of sums; `NaN` where all values of one side are the same.
 *
 * @example pearson({ count: 3, x: 6, y: 12, xx: 14, yy: 56, xy: 28 }) // → 1
 */
export function pearson({ count, x, y, xx, yy, xy }: PairSums): number {
  const varianceX = xx - (x * x) / count;
  const varianceY = yy - (y * y) / count;
  if (!(varianceX > xx * ROUNDING && varianceY > yy * ROUNDING)) return Number.NaN;
  const r = (xy - (x * y) / count) / Math.sqrt(varianceX * varianceY);
  return Math.max(-1, Math.min(1, r));
}

/** In order of the coefficient; equal ones by id. */
export function ranked(found: readonly Correlation[], sortOrder: string | undefined): readonly Correlation[] {
  const sign = sortOrder === "asc" ? 1 : -1;
  return found.toSorted((one, other) => sign * (one.r - other.r) || one.id - other.id);
}
