import type { Drawing, Region } from "@brainatlas/sdk/drawing";

/** The labels of a drawing's groups that are not hidden, for its hit tests; `undefined` for all, as in documents without groups. */
export function visibleGroups(drawing: Drawing, hiddenGroups: readonly number[]): readonly number[] | undefined {
  if (!drawing.groups.some(({ labelId }) => labelId !== undefined && hiddenGroups.includes(labelId))) return undefined;
  return drawing.groups.flatMap(({ labelId }) =>
    labelId === undefined || hiddenGroups.includes(labelId) ? [] : [labelId],
  );
}

/** The regions of the groups that are not hidden, in the order in which they are painted. */
export function visibleRegions(drawing: Drawing, hiddenGroups: readonly number[]): readonly Region[] {
  const labels = visibleGroups(drawing, hiddenGroups);
  if (labels === undefined) return drawing.regions;
  return drawing.groups
    .filter(({ labelId }) => labelId !== undefined && labels.includes(labelId))
    .flatMap(({ regions }) => regions);
}
