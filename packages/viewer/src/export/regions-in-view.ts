import { type Drawing, flattenPath, type Region } from "@brainatlas/sdk/drawing";
import { visibleRegions } from "../model/drawing-groups.ts";
import { type ScreenMap, scaleOf, toImage, toScreen } from "../model/screen-map.ts";
import type { Size } from "../model/size.ts";

/** How far the straight parts of a border may be from its curves, in CSS pixels. */
const TOLERANCE_CSS_PX = 0.5;

/** The regions of a drawing that are painted and of a structure, but for those of hidden groups. */
export function paintedRegions(drawing: Drawing, hiddenGroups: readonly number[]): Region[] {
  return visibleRegions(drawing, hiddenGroups).filter(
    ({ structureId, fill }) => structureId !== undefined && fill !== undefined,
  );
}

/** Those of some regions of which a panel shows a part, by their borders and not by their boxes. */
export function regionsInView(regions: readonly Region[], map: ScreenMap, size: Size): Region[] {
  return regions.filter((region) => isInView(region, map, size));
}

function isInView(region: Region, map: ScreenMap, { width, height }: Size): boolean {
  const middle = toImage(map, { x: width / 2, y: height / 2 });
  // Either the region holds all of the panel, its middle too, or its border passes through the panel.
  if (region.contains(middle.x, middle.y)) return true;
  return flattenPath(region.path, TOLERANCE_CSS_PX / scaleOf(map)).some((points) => {
    const last = points.length - 2;
    for (let at = 0; at <= last; at += 2) {
      // Fills close what is left open.
      const next = at === last ? 0 : at + 2;
      const from = toScreen(map, { x: points[at] ?? 0, y: points[at + 1] ?? 0 });
      const to = toScreen(map, { x: points[next] ?? 0, y: points[next + 1] ?? 0 });
      if (crosses(from.x, to.x, width, from.y, to.y, height)) return true;
    }
    return false;
  });
}

/** Whether a straight line has a point in the rectangle from 0, 0 to a width and a height (after Liang and Barsky). */
function crosses(x0: number, x1: number, width: number, y0: number, y1: number, height: number): boolean {
  let [enters, leaves] = [0, 1];
  for (const [from, step, length] of [
    [x0, x1 - x0, width],
    [y0, y1 - y0, height],
  ] as const) {
    if (step === 0) {
      if (from < 0 || from > length) return false;
      continue;
    }
    const [one, other] = [-from / step, (length - from) / step];
    enters = Math.max(enters, Math.min(one, other));
    leaves = Math.min(leaves, Math.max(one, other));
  }
  return enters <= leaves;
}
