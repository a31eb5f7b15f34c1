import type { Reader, ReadLimits } from "../records/reader.ts";
import type { SqlRow, SqlValue } from "../records/values.ts";
import type { IncludePlan, RowPlan } from "./include-plan.ts";
import { QueryError, type ResultRow } from "./result.ts";
import { fillTemplate } from "./template.ts";

/** What the includes of one batch are read with. */
export interface IncludeReading {
  readonly reader: Reader;
  readonly values: readonly SqlValue[];
  readonly limits: ReadLimits;
  /** Rows that this batch may still include. */
  room: number;
  /** Rows that a batch may include, for the error. */
  readonly maxIncludedRows: number;
}

const NO_INCLUDES: ResultRow["includes"] = [];

/** Makes rows of what the database gave, and reads what they include: one statement an association for all of them. */
export async function loadRows(
  plan: RowPlan,
  rows: readonly SqlRow[],
  reading: IncludeReading,
): Promise<readonly ResultRow[]> {
  if (plan.includes.length === 0) return toRows(plan, rows);
  const found: ReadonlyMap<SqlValue, ResultRow[]>[] = [];
  for (const include of plan.includes) found.push(await loadInclude(include, rows, reading));
  return rows.map((values) => {
    const includes = plan.includes.map(({ keyIndex, isMany }, index) => {
      const theirs = found[index]?.get(values[keyIndex] ?? null) ?? [];
      return isMany ? theirs : (theirs[0] ?? null);
    });
    return { className: classOf(plan, values), values, includes };
  });
}

/** Makes rows that include nothing. */
export function toRows(plan: RowPlan, rows: readonly SqlRow[]): ResultRow[] {
  return rows.map((values) => ({ className: classOf(plan, values), values, includes: NO_INCLUDES }));
}

function classOf({ rowClass }: RowPlan, values: SqlRow): string | undefined {
  return "index" in rowClass ? String(values[rowClass.index]) : rowClass.name;
}

/** Rows of an association by the keys of those that have it. */
async function loadInclude(
  plan: IncludePlan,
  owners: readonly SqlRow[],
  reading: IncludeReading,
): Promise<ReadonlyMap<SqlValue, ResultRow[]>> {
  const byOwner = new Map<SqlValue, ResultRow[]>();
  const keys = new Set(owners.map((values) => values[plan.keyIndex] ?? null));
  keys.delete(null);
  if (keys.size === 0) return byOwner;
  // One more than there is room for tells that there are too many.
  const named = { keys: JSON.stringify([...keys]), limit: reading.room + 1 };
  const found = await reading.reader.all(fillTemplate(plan.rows, reading.values, named), reading.limits);
  reading.room -= found.length;
  if (reading.room < 0) {
    throw new QueryError(
      `Cannot include more than ${reading.maxIncludedRows} rows at once, as ${plan.name} would; add filters, or ask for fewer rows`,
    );
  }
  const rows = await loadRows(plan.row, found, reading);
  for (const [index, row] of rows.entries()) {
    const owner = found[index]?.[plan.ownerIndex] ?? null;
    const theirs = byOwner.get(owner);
    if (theirs === undefined) byOwner.set(owner, [row]);
    else theirs.push(row);
  }
  return byOwner;
}
