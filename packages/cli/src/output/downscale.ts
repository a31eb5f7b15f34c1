import type { Pixels } from "@brainatlas/sdk";

/** Makes a picture smaller: each pixel is the mean of those that it covers. A size that is not smaller is kept. */
export function downscale(source: Pixels, width: number, height: number): Pixels {
  const target = { width: Math.min(width, source.width), height: Math.min(height, source.height) };
  if (target.width === source.width && target.height === source.height) return source;
  const data = new Uint8ClampedArray(target.width * target.height * 4);
  for (let y = 0; y < target.height; y += 1) {
    const rows = covered(y, target.height, source.height);
    for (let x = 0; x < target.width; x += 1) {
      data.set(meanOf(source, covered(x, target.width, source.width), rows), (y * target.width + x) * 4);
    }
  }
  return { data, ...target };
}

interface Span {
  readonly start: number;
  readonly end: number;
}

/** Source pixels that a target pixel covers, at least one. */
function covered(index: number, targetLength: number, sourceLength: number): Span {
  const start = Math.floor((index * sourceLength) / targetLength);
  return { start, end: Math.max(start + 1, Math.floor(((index + 1) * sourceLength) / targetLength)) };
}

function meanOf({ data, width }: Pixels, columns: Span, rows: Span): [number, number, number, number] {
  let [red, green, blue, alpha] = [0, 0, 0, 0];
  for (let y = rows.start; y < rows.end; y += 1) {
    for (let at = (y * width + columns.start) * 4; at < (y * width + columns.end) * 4; at += 4) {
      red += data[at] ?? 0;
      green += data[at + 1] ?? 0;
      blue += data[at + 2] ?? 0;
      alpha += data[at + 3] ?? 0;
    }
  }
  const count = (rows.end - rows.start) * (columns.end - columns.start);
  return [red / count, green / count, blue / count, alpha / count];
}
