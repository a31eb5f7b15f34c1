/** Ids that are remembered per table, some 50 bytes each: beyond, a row that comes again counts again. */
const MAX_REMEMBERED = 1_000_000;

/** Counts rows by model, each once however often it comes. */
export class RowCounter {
  readonly #seen = new Map<string, Set<number>>();
  readonly #counts = new Map<string, number>();

  add(table: string, model: string, id: number): void {
    const seen = this.#seen.get(table) ?? new Set();
    this.#seen.set(table, seen);
    if (seen.has(id)) return;
    if (seen.size < MAX_REMEMBERED) seen.add(id);
    this.#counts.set(model, (this.#counts.get(model) ?? 0) + 1);
  }

  counts(): Record<string, number> {
    return Object.fromEntries(this.#counts);
  }
}
