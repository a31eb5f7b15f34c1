import type { Drawing } from "@brainatlas/sdk/drawing";
import type { ImagePoint } from "@brainatlas/sdk/sync";
import { visibleGroups } from "./drawing-groups.ts";

/** What is under the pointer in a panel. */
export interface Hover {
  /** Index of the panel, 0-based. */
  readonly panel: number;
  readonly imageId: number;
  /** In full-resolution pixels relative to the image's box. */
  readonly point: ImagePoint;
  /** The structure that the image's drawing shows there. */
  readonly structureId: number | undefined;
}

/** The structure that a drawing shows at a point, of the groups that are not hidden. */
export function structureUnder(
  drawing: Drawing,
  hiddenGroups: readonly number[],
  { x, y }: ImagePoint,
): number | undefined {
  return drawing.structureAt(x, y, { groups: visibleGroups(drawing, hiddenGroups) });
}
