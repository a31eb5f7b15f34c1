import { describe, expect, test } from "vitest";
import { structureAt } from "./model.ts";
import type { SamplePlate } from "./plate.ts";
import { SAMPLE_PLATES, samplePlate } from "./plates.ts";
import { rasterLabels } from "./raster.ts";
import { toReference } from "./to-reference.ts";

function plateWith(id: number): SamplePlate {
  const plate = samplePlate(id);
  if (plate === undefined) throw new Error(`no plate ${id}`);
  return plate;
}

describe("rasterLabels()", () => {
  test.each([100883869, 100960224, 900000014, 900000026])("agrees with structureAt on plate %d", (id) => {
    const plate = plateWith(id);
    const width = Math.floor(plate.record.width / 16);
    const height = Math.floor(plate.record.height / 16);
    const labels = rasterLabels(plate, { left: 0, top: 0, width, height, downsample: 4 });
    const { matrix } = toReference(plate);
    const at = (row: number, px: number, py: number): number =>
      (matrix[row] ?? 0) * px + (matrix[row + 1] ?? 0) * py + (matrix[row + 2] ?? 0);
    let wrong = 0;
    for (const [i, label] of labels.entries()) {
      const px = ((i % width) + 0.5) * 16 - 0.5;
      const py = (Math.floor(i / width) + 0.5) * 16 - 0.5;
      if (structureAt(at(0, px, py), at(3, px, py), at(6, px, py)) !== label) wrong++;
    }
    expect(wrong / labels.length).toBeLessThan(0.005);
  });

  test("gives a window as the crop of a bigger one", () => {
    const plate = plateWith(100960224);
    const big = rasterLabels(plate, { left: 4000, top: 1600, width: 120, height: 90, downsample: 3 });
    const small = rasterLabels(plate, {
      left: 4000 + 8 * 33,
      top: 1600 + 8 * 17,
      width: 41,
      height: 29,
      downsample: 3,
    });
    for (let y = 0; y < 29; y++) {
      expect(small.subarray(y * 41, y * 41 + 41)).toEqual(big.subarray((y + 17) * 120 + 33, (y + 17) * 120 + 74));
    }
  });

  test("shows tissue on every plate and none on the border of its box", () => {
    for (const plate of SAMPLE_PLATES) {
      const width = Math.floor(plate.record.width / 128);
      const height = Math.floor(plate.record.height / 128);
      const labels = rasterLabels(plate, { left: 0, top: 0, width, height, downsample: 7 });
      const share = labels.filter((id) => id !== 0).length / labels.length;
      expect(share, `plate ${plate.record.id}`).toBeGreaterThan(0.15);
      const border = labels.filter(
        (_, i) => i % width === 0 || i % width === width - 1 || i < width || i >= width * (height - 1),
      );
      expect(
        border.every((id) => id === 0),
        `border of plate ${plate.record.id}`,
      ).toBe(true);
    }
  });
});
