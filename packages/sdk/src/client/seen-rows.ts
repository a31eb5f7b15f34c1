/**
 * How many ids are remembered, some megabytes. Rows come again soon after they came first: those around the edge of a page when a
 * row was added before them, or a page that a server without paging repeats.
 */
const REMEMBERED_IDS = 100_000;

/** Tells rows that came before from fresh ones, by their `id`. Rows without one are always fresh. */
export class SeenRows {
  /** Oldest first, as sets keep the order of their growth. */
  readonly #ids = new Set<unknown>();

  /** The rows that did not come before, in order. */
  takeFresh<Row>(rows: readonly Row[]): Row[] {
    return rows.filter((row) => this.#isFresh(idOf(row)));
  }

  #isFresh(id: unknown): boolean {
    if (id === undefined) return true;
    if (this.#ids.has(id)) return false;
    this.#ids.add(id);
    if (this.#ids.size > REMEMBERED_IDS) {
      const [oldest] = this.#ids;
      this.#ids.delete(oldest);
    }
    return true;
  }
}

/** The `id` of a row, where it has one. */
export function idOf(row: unknown): number | string | undefined {
  if (typeof row !== "object" || row === null || !("id" in row)) return undefined;
  const { id } = row;
  return typeof id === "number" || typeof id === "string" ? id : undefined;
}
