import { useComputed } from "@preact/signals";
import { useEffect, useState } from "preact/hooks";
import { withDescendants } from "../model/selection.ts";
import type { Series } from "../model/series.ts";
import { useSession } from "../session/context.ts";

/** The plates of a series that show the selected structures. */
export interface MarkedPlates {
  readonly imageIds: ReadonlySet<number>;
  /** Whether all plates are known; else those whose drawings have been read. */
  readonly isComplete: boolean;
}

const NONE: MarkedPlates = { imageIds: new Set(), isComplete: true };

/** Follows which plates show the selected structures; none while nothing is selected, or where nothing is drawn. */
export function useMarkedPlates(series: Series): MarkedPlates {
  const session = useSession();
  const [marked, setMarked] = useState(NONE);
  const selected = useComputed(() => session.view.value.structures);
  const tree = session.active.tree.value;
  const ids = selected.value;
  // Each drawing that comes may tell more.
  const drawing = session.active.drawing.value;
  useEffect(() => {
    // Without the tree it is not known what lies in them.
    const isUnknown = series.graphId !== undefined && tree === undefined;
    if (ids.length === 0 || !series.isDrawn || isUnknown) return setMarked(NONE);
    const controller = new AbortController();
    session.structurePlates.shownOn(series, withDescendants(ids, tree), controller.signal).then(setMarked, () => {
      // Marks are an aid; what ails the API, the panels say.
      if (!controller.signal.aborted) setMarked(NONE);
    });
    return () => controller.abort();
  }, [session, series, ids, tree, drawing]);
  return marked;
}
