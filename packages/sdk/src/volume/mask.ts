import type { NumberArray } from "./voxels.ts";

/** 1 where a value is one of these, else 0. */
export function maskOf(data: NumberArray, labels: Iterable<number>): Uint8Array<ArrayBuffer> {
  const wanted = new Set(labels);
  const mask = new Uint8Array(data.length);
  // Neighbours mostly have one label, so that few are looked up.
  for (let start = 0; start < data.length; ) {
    const label = data[start] as number;
    let end = start + 1;
    while (end < data.length && data[end] === label) end += 1;
    if (wanted.has(label)) mask.fill(1, start, end);
    start = end;
  }
  return mask;
}
