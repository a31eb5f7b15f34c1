/**
 * Removes specks: regions of few pixels take the label of a neighbour.
 *
 * @param labels Label a pixel, row by row; changed in place.
 * @param width Pixels a row.
 * @param minimum Regions with fewer pixels go.
 * @example removeSpecks(labels, 969, 10)
 */
export function removeSpecks(labels: Int32Array, width: number, minimum: number): void {
  const seen = new Uint8Array(labels.length);
  const stack = new Int32Array(labels.length);
  for (let start = 0; start < labels.length; start++) {
    if (seen[start] === 1) continue;
    const label = labels[start] ?? 0;
    const region = flood(labels, width, start, seen, stack);
    if (region.length >= minimum) continue;
    const other = neighbourLabel(labels, width, region, label);
    for (const index of region) labels[index] = other;
  }
}

/** Pixels of the region of `start`; the stack keeps them in order of discovery. */
function flood(labels: Int32Array, width: number, start: number, seen: Uint8Array, stack: Int32Array): Int32Array {
  const label = labels[start];
  let count = 1;
  stack[0] = start;
  seen[start] = 1;
  const visit = (index: number): void => {
    if (index < 0 || index >= labels.length || seen[index] === 1 || labels[index] !== label) return;
    seen[index] = 1;
    stack[count++] = index;
  };
  for (let i = 0; i < count; i++) {
    const index = stack[i] ?? 0;
    const column = index % width;
    if (column > 0) visit(index - 1);
    if (column < width - 1) visit(index + 1);
    visit(index - width);
    visit(index + width);
  }
  return stack.subarray(0, count);
}

function neighbourLabel(labels: Int32Array, width: number, region: Int32Array, label: number): number {
  for (const index of region) {
    for (const other of [index - 1, index + 1, index - width, index + width]) {
      const value = labels[other];
      if (value !== undefined && value !== label) return value;
    }
  }
  return label;
}
