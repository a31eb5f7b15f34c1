/** What a slice of a volume is painted with. */
export interface SlicePainting {
  /** The slice, a pixel a voxel. */
  readonly picture: CanvasImageSource;
  /** Where the place is, from 0 to 1 to the right and down. */
  readonly cross: { readonly x: number; readonly y: number };
  readonly lineColour: string;
  /** Of the edge of the lines, so that they are seen on all colours. */
  readonly edgeColour: string;
  /** Device pixels per CSS pixel. */
  readonly density: number;
}

/** Around the place itself nothing is drawn, so that it is seen: half of the gap, in CSS pixels. */
const GAP_PX = 6;

/** Paints a slice over the whole canvas, and two lines that cross at the place. */
export function paintSlice(context: CanvasRenderingContext2D, painting: SlicePainting): void {
  const { width, height } = context.canvas;
  context.clearRect(0, 0, width, height);
  // A voxel is a plain square.
  context.imageSmoothingEnabled = false;
  context.drawImage(painting.picture, 0, 0, width, height);
  const { cross, density } = painting;
  const [x, y, gap] = [cross.x * width, cross.y * height, GAP_PX * density];
  context.beginPath();
  for (const [from, to] of [
    [0, x - gap],
    [x + gap, width],
  ] as const) {
    context.moveTo(from, y);
    context.lineTo(to, y);
  }
  for (const [from, to] of [
    [0, y - gap],
    [y + gap, height],
  ] as const) {
    context.moveTo(x, from);
    context.lineTo(x, to);
  }
  stroke(context, painting.edgeColour, 3 * density);
  stroke(context, painting.lineColour, density);
}

function stroke(context: CanvasRenderingContext2D, colour: string, width: number): void {
  context.strokeStyle = colour;
  context.lineWidth = width;
  context.stroke();
}
