/** One closed border of a region, running clockwise with the region on its right. */
export interface Loop {
  readonly label: number;
  /** Pixel corners in order, as index `y × (width + 1) + x`; the last is followed by the first. */
  readonly corners: readonly number[];
  /** Enclosed area in pixels, above 0; holes are left out. */
  readonly area: number;
}

/** Directions: east, south, west, north, as steps of x and y. */
const STEP_X = [1, 0, -1, 0];
const STEP_Y = [0, 1, 0, -1];

/** A raster seen as regions; places outside count as label 0. */
interface Raster {
  readonly labels: Int32Array;
  readonly width: number;
  readonly height: number;
}

/**
 * Traces the outer borders of all regions of a label raster; regions meet along edges, not at corners.
 *
 * @param labels Label a pixel, row by row; 0 has no border of its own.
 * @param width Pixels a row.
 * @returns Loops, biggest first.
 * @example traceLoops(Int32Array.of(7), 1)[0]?.area // → 1
 */
export function traceLoops(labels: Int32Array, width: number): readonly Loop[] {
  const raster: Raster = { labels, width, height: labels.length / width };
  const visited = new Uint8Array(labels.length);
  const loops: Loop[] = [];
  for (let y = 0; y < raster.height; y++) {
    for (let x = 0; x < width; x++) {
      const index = y * width + x;
      const label = labels[index] ?? 0;
      if (label === 0) continue;
      for (let side = 0; side < 4; side++) {
        if (((visited[index] ?? 0) >> side) & 1 || beyond(raster, x, y, side) === label) continue;
        const loop = follow(raster, visited, x, y, side, label);
        if (loop.area > 0) loops.push(loop);
      }
    }
  }
  return loops.sort((a, b) => b.area - a.area || (a.corners[0] ?? 0) - (b.corners[0] ?? 0));
}

/** Label of the pixel beyond one side: 0 top, 1 right, 2 bottom, 3 left; walking along it points to that direction. */
function beyond(raster: Raster, x: number, y: number, side: number): number {
  const nx = x + (side === 1 ? 1 : side === 3 ? -1 : 0);
  const ny = y + (side === 2 ? 1 : side === 0 ? -1 : 0);
  return labelAt(raster, nx, ny);
}

function labelAt(raster: Raster, x: number, y: number): number {
  if (x < 0 || y < 0 || x >= raster.width || y >= raster.height) return 0;
  return raster.labels[y * raster.width + x] ?? 0;
}

function follow(
  raster: Raster,
  visited: Uint8Array,
  startX: number,
  startY: number,
  startSide: number,
  label: number,
): Loop {
  const corners: number[] = [];
  let [x, y, side] = [startX, startY, startSide];
  let area = 0;
  do {
    const index = y * raster.width + x;
    visited[index] = (visited[index] ?? 0) | (1 << side);
    // The corner where this side begins when the pixel is on the right hand.
    const cx = x + (side === 1 || side === 2 ? 1 : 0);
    const cy = y + (side === 2 || side === 3 ? 1 : 0);
    corners.push(cy * (raster.width + 1) + cx);
    area += (STEP_Y[side] ?? 0) * cx;
    const dx = STEP_X[side] ?? 0;
    const dy = STEP_Y[side] ?? 0;
    // Ahead beside the border: a pixel of another label turns right, one of the same may turn left.
    if (labelAt(raster, x + dx, y + dy) !== label) side = (side + 1) % 4;
    else if (labelAt(raster, x + dx + dy, y + dy - dx) !== label) [x, y] = [x + dx, y + dy];
    else [x, y, side] = [x + dx + dy, y + dy - dx, (side + 3) % 4];
  } while (x !== startX || y !== startY || side !== startSide);
  return { label, corners, area };
}

/**
 * Whether three or more borders meet at a pixel corner.
 *
 * @param labels Label a pixel, row by row.
 * @param width Pixels a row.
 * @param corner Corner index, see {@link Loop.corners}.
 * @returns True at a junction.
 * @example isJunction(Int32Array.of(1), 1, 0) // → false
 */
export function isJunction(labels: Int32Array, width: number, corner: number): boolean {
  const raster: Raster = { labels, width, height: labels.length / width };
  const x = corner % (width + 1);
  const y = Math.floor(corner / (width + 1));
  const a = labelAt(raster, x - 1, y - 1);
  const b = labelAt(raster, x, y - 1);
  const c = labelAt(raster, x, y);
  const d = labelAt(raster, x - 1, y);
  return Number(a !== b) + Number(b !== c) + Number(c !== d) + Number(d !== a) > 2;
}
