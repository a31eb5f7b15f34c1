import type { LabelColours, SlicePlane, Volume } from "@brainatlas/sdk/volume";
import { blendSlices } from "../model/slices.ts";

/** Painted slices of a volume, a pixel a voxel. */
export interface SliceCache {
  get(plane: SlicePlane, index: number): HTMLCanvasElement;
}

/** Most slices that are kept: at 100 µm some 40 kB each, at 25 µm some 1 MB. */
const CAPACITY = 48;

/** Paints slices when they are asked for, and keeps the last ones. */
export function createSliceCache(
  annotation: Volume,
  colours: LabelColours,
  template: Volume | undefined,
  share: number,
): SliceCache {
  const held = new Map<string, HTMLCanvasElement>();
  // One window for all slices, so that none flickers while they are stepped through.
  const window = template && windowOf(template);
  const paint = (plane: SlicePlane, index: number): HTMLCanvasElement => {
    const shades = template?.graySlice(plane, index, { window });
    return toCanvas(blendSlices(annotation.rgbSlice(plane, index, colours), shades, share));
  };
  return {
    get(plane, index) {
      const key = `${plane} ${index}`;
      const known = held.get(key);
      held.delete(key);
      const picture = known ?? paint(plane, index);
      held.set(key, picture);
      const [oldest] = held.keys();
      if (held.size > CAPACITY && oldest !== undefined) held.delete(oldest);
      return picture;
    },
  };
}

function windowOf(template: Volume): readonly [number, number] | undefined {
  const { max } = template.range();
  return max > 0 ? [0, max] : undefined;
}

function toCanvas({ data, width, height }: { data: Uint8ClampedArray<ArrayBuffer>; width: number; height: number }) {
  const canvas = document.createElement("canvas");
  canvas.width = width;
  canvas.height = height;
  canvas.getContext("2d")?.putImageData(new ImageData(data, width, height), 0, 0);
  return canvas;
}
