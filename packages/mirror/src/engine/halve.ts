/**
 * A picture at half its size: each pixel is the mean of 2 × 2. A last odd column or row is dropped, as tiers drop it (reference §1.5),
 * unless it is the only one.
 *
 * @param rgb Interleaved RGB, row by row.
 */
export function halve(rgb: Uint8Array, width: number, height: number): Uint8Array {
  const newWidth = Math.max(1, width >> 1);
  const newHeight = Math.max(1, height >> 1);
  const right = width > 1 ? 3 : 0;
  const below = height > 1 ? width * 3 : 0;
  const halved = new Uint8Array(newWidth * newHeight * 3);
  let to = 0;
  for (let y = 0; y < newHeight; y += 1) {
    let from = y * 2 * width * 3;
    for (let x = 0; x < newWidth; x += 1, from += 6) {
      for (let channel = 0; channel < 3; channel += 1) {
        const at = from + channel;
        const sum = (rgb[at] ?? 0) + (rgb[at + right] ?? 0) + (rgb[at + below] ?? 0) + (rgb[at + right + below] ?? 0);
        halved[to] = (sum + 2) >> 2;
        to += 1;
      }
    }
  }
  return halved;
}
