/** Largest edge and largest number of pixels of a canvas that all browsers make. */
const MAX_EDGE_PX = 16_384;
const MAX_CANVAS_PX = 100_000_000;

/**
 * Makes a canvas, which is empty.
 *
 * @throws {RangeError} If it is larger than browsers make them.
 */
export function createCanvas(
  width: number,
  height: number,
): { readonly canvas: HTMLCanvasElement; readonly context: CanvasRenderingContext2D } {
  const [across, down] = [Math.ceil(width), Math.ceil(height)];
  const context = isPossible(across, down) ? makeContext(across, down) : null;
  if (context !== null) return { canvas: context.canvas, context };
  throw new RangeError(
    `Cannot draw ${across} × ${down} pixels in this browser; take a smaller size, or make the window smaller`,
  );
}

/** The canvas as a PNG. */
export async function printPng(canvas: HTMLCanvasElement): Promise<Blob> {
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, "image/png"));
  if (blob !== null) return blob;
  throw new RangeError(
    `Cannot make a PNG of ${canvas.width} × ${canvas.height} pixels in this browser; take a smaller size`,
  );
}

function makeContext(width: number, height: number): CanvasRenderingContext2D | null {
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [width, height];
  return canvas.getContext("2d");
}

function isPossible(width: number, height: number): boolean {
  return width <= MAX_EDGE_PX && height <= MAX_EDGE_PX && width * height <= MAX_CANVAS_PX;
}
