/**
 * Opens enclosed blanks of a mask: cuts a channel one pixel wide from each to the blank that surrounds the mask, so that
 * one closed outline without holes describes the rest.
 *
 * @param mask 0 for blank; changed in place.
 * @param width Pixels a row.
 * @example openIslands(mask, 969)
 */
export function openIslands(mask: Int32Array, width: number): void {
  const outside = floodOutside(mask, width);
  for (let index = 0; index < mask.length; index++) {
    if (mask[index] !== 0 || outside[index] === 1) continue;
    cutChannel(mask, outside, width, index);
    spread(mask, outside, width, [index]);
  }
}

/** Blanks joined to the border of the raster. */
function floodOutside(mask: Int32Array, width: number): Uint8Array {
  const outside = new Uint8Array(mask.length);
  const starts: number[] = [];
  for (let index = 0; index < mask.length; index++) {
    const column = index % width;
    const isBorder = column === 0 || column === width - 1 || index < width || index >= mask.length - width;
    if (isBorder && mask[index] === 0) starts.push(index);
  }
  spread(mask, outside, width, starts);
  return outside;
}

function spread(mask: Int32Array, outside: Uint8Array, width: number, starts: readonly number[]): void {
  const stack = [...starts];
  for (let index = stack.pop(); index !== undefined; index = stack.pop()) {
    if (index < 0 || index >= mask.length || mask[index] !== 0 || outside[index] === 1) continue;
    outside[index] = 1;
    stack.push(index - width, index + width);
    if (index % width > 0) stack.push(index - 1);
    if (index % width < width - 1) stack.push(index + 1);
  }
}

/** Clears the shortest straight way, along a row or a column, from a blank to the outside. */
function cutChannel(mask: Int32Array, outside: Uint8Array, width: number, from: number): void {
  let best = { step: 0, length: Number.POSITIVE_INFINITY };
  for (const step of [-1, 1, -width, width]) {
    let length = 1;
    while (outside[from + step * length] === 0) length++;
    if (length < best.length) best = { step, length };
  }
  for (let i = 1; i < best.length; i++) mask[from + best.step * i] = 0;
}
