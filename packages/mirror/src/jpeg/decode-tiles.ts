import type { JpegCodec } from "./jpeg-codec.ts";
import type { PixelInstance } from "./pixel-instance.ts";
import { planeBands } from "./plane-bands.ts";
import type { TileSlots } from "./tile-slots.ts";

/** Makes `JpegCodec.decode`. */
export function createDecode(pixels: PixelInstance, slots: TileSlots): JpegCodec["decode"] {
  const { run, cut, rgb } = pixels;
  return function* decode(plan, rows) {
    slots.useTables(plan.tables);
    const rowBytes = plan.width * 3;
    for (const band of planeBands(pixels, slots, plan, rows)) {
      for (let row = 0; row < band.rows; row += 1) {
        const colour = Math.floor((row + (plan.top % 2)) / 2) * band.colourStride;
        const to = rgb + row * rowBytes;
        run.toRgb(cut.luma + row * band.stride, cut.blue + colour, cut.red + colour, to, plan.width, plan.left % 2);
      }
      yield pixels.bytes().slice(rgb, rgb + band.rows * rowBytes);
    }
  };
}
