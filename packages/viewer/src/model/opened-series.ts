import { isSameSeries, type SeriesRef } from "./view.ts";

/** A series to choose, and what it is called. */
export interface SeriesChoice {
  readonly ref: SeriesRef;
  readonly name: string;
}

/** Experiments that are remembered. */
export const MAX_OPENED = 24;

/** The experiments that were opened, with those that are shown now: each once and by its latest name; the first to go is the one that came first. */
export function withOpened(opened: readonly SeriesChoice[], shown: readonly SeriesChoice[]): readonly SeriesChoice[] {
  const experiments = shown.filter(({ ref }) => ref.kind === "dataset");
  const now = opened.map((choice) => experiments.find(({ ref }) => isSameSeries(ref, choice.ref)) ?? choice);
  const all = [...now, ...experiments];
  const each = all.filter((choice, index) => all.findIndex(({ ref }) => isSameSeries(ref, choice.ref)) === index);
  const isShown = (choice: SeriesChoice): boolean => experiments.includes(choice);
  const rest = each.filter((choice) => !isShown(choice));
  const kept = new Set(rest.slice(Math.max(0, each.length - MAX_OPENED)));
  return each.filter((choice) => isShown(choice) || kept.has(choice));
}
