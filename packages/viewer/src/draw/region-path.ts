import type { Path, Region } from "@brainatlas/sdk/drawing";

/** What a border is drawn into. */
export type PathSink = Pick<Path2D, "moveTo" | "lineTo" | "bezierCurveTo" | "closePath">;

const paths = new WeakMap<Region, Path2D>();

/**
 * The border of a region for a canvas, in full-resolution pixels relative to the image's box: made once, from the SDK's numbers and not from
 * the text of the document.
 */
export function regionPath(region: Region): Path2D {
  const held = paths.get(region);
  if (held !== undefined) return held;
  const path = new Path2D();
  tracePath(path, region.path);
  paths.set(region, path);
  return path;
}

/** Draws a border curve by curve; none is approximated. */
export function tracePath(sink: PathSink, { subpaths }: Path): void {
  for (const { points, isClosed } of subpaths) {
    const [x = 0, y = 0] = points;
    sink.moveTo(x, y);
    let [fromX, fromY] = [x, y];
    for (let at = 2; at + 5 < points.length; at += 6) {
      const [x1 = 0, y1 = 0, x2 = 0, y2 = 0, toX = 0, toY = 0] = points.subarray(at, at + 6);
      const isStraight = x1 === fromX && y1 === fromY && x2 === toX && y2 === toY;
      if (isStraight) sink.lineTo(toX, toY);
      else sink.bezierCurveTo(x1, y1, x2, y2, toX, toY);
      [fromX, fromY] = [toX, toY];
    }
    if (isClosed) sink.closePath();
  }
}
