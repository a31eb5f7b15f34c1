/** A row as the API gave it; its columns are not checked. */
export type PlanRow = Readonly<Record<string, unknown>>;

/** The id of a row; `undefined` where it has none. */
export function idOf({ id }: PlanRow): number | undefined {
  return Number.isSafeInteger(id) && (id as number) > 0 ? (id as number) : undefined;
}

/** The rows of a list that was included, where it is one. */
export function rowsIn(list: unknown): readonly PlanRow[] {
  const all: readonly unknown[] = Array.isArray(list) ? list : [];
  return all.filter((row) => typeof row === "object" && row !== null) as PlanRow[]; // Objects, as any may be.
}

/** The ids of rows, where they are rows with ids. */
export function idsOf(rows: unknown): readonly number[] {
  return rowsIn(rows).flatMap((row) => idOf(row) ?? []);
}

/** Ids without those that came before. */
export function distinct(ids: readonly number[]): readonly number[] {
  return [...new Set(ids)];
}
