// The sample's drawings against the model that they are traced from, through the client.
import { createMirror, SAMPLE_BASE_URL, sampleStore } from "@brainatlas/mirror";
import { MIDLINE_Z_UM, rasterLabels, SAMPLE_PLATES, type SamplePlate, toReference } from "@brainatlas/mirror/sample";
import { BrainAtlas } from "@brainatlas/sdk";
import type { Drawing } from "@brainatlas/sdk/drawing";
import { describe, expect, test } from "vitest";

const allen = new BrainAtlas({
  baseUrl: SAMPLE_BASE_URL,
  fetch: createMirror({ store: sampleStore() }).fetch,
  retries: 0,
});

const PLATES = SAMPLE_PLATES.filter(({ alternates }) => alternates.length > 0);
// Two that lie in fibre tracts are drawn on a plate at the back of either atlas.
const CHOSEN = [100883869, 100960224, 900000004, 900000014, 900000027, 900000104, 900000106];
const COMPARED =
  process.env.BRAINATLAS_LONG === undefined ? PLATES.filter(({ record }) => CHOSEN.includes(record.id)) : PLATES;

/** Its plates are drawn on the right half alone. */
const CORONAL_SET = 100048576;
/** How far from a border, and from where the drawing ends, points are compared: borders are smoothed, in pixels of the tier. */
const MARGIN_PX = 3;
const MARGIN_UM = 100;
/** The tier that is compared, and how many of its pixels are passed over. */
const DOWNSAMPLE = 4;
const STEP_PX = 2;

/** Points of a plate away from the model's borders, with what the model has there: 0 outside of the brain. */
function* modelPoints(plate: SamplePlate): Generator<{ x: number; y: number; structureId: number }> {
  const scale = 2 ** DOWNSAMPLE;
  const [width, height] = [Math.floor(plate.record.width / scale), Math.floor(plate.record.height / scale)];
  const labels = rasterLabels(plate, { left: 0, top: 0, width, height, downsample: DOWNSAMPLE });
  const { matrix } = toReference(plate);
  for (let y = MARGIN_PX; y < height - MARGIN_PX; y += STEP_PX) {
    for (let x = MARGIN_PX; x < width - MARGIN_PX; x += STEP_PX) {
      const z = (matrix[6] ?? 0) * (x * scale) + (matrix[7] ?? 0) * (y * scale) + (matrix[8] ?? 0);
      const isLeft = plate.record.data_set_id === CORONAL_SET && z < MIDLINE_Z_UM + MARGIN_UM;
      if (!isLeft && isEven(labels, width, x, y))
        yield { x: x + 0.5, y: y + 0.5, structureId: labels[y * width + x] ?? 0 };
    }
  }
}

function isEven(labels: Int32Array, width: number, x: number, y: number): boolean {
  const label = labels[y * width + x];
  for (let dy = -MARGIN_PX; dy <= MARGIN_PX; dy += 1) {
    for (let dx = -MARGIN_PX; dx <= MARGIN_PX; dx += 1) {
      if (labels[(y + dy) * width + x + dx] !== label) return false;
    }
  }
  return true;
}

describe("structureAt() of a drawing is the structure of the model, away from borders", () => {
  test.each(COMPARED.map((plate) => [plate.record.id, plate] as const))("on plate %d", async (id, plate) => {
    const drawing = await allen.drawing(id, { downsample: DOWNSAMPLE });
    const wrong: string[] = [];
    let inBrain = 0;
    for (const { x, y, structureId } of modelPoints(plate)) {
      const found = drawing.structureAt(x, y, { downsample: DOWNSAMPLE }) ?? 0;
      if (structureId !== 0) inBrain += 1;
      if (found !== structureId) wrong.push(`${x},${y}: ${found} and not ${structureId}`);
    }
    expect(wrong).toEqual([]);
    expect(inBrain).toBeGreaterThan(500);
  });
});

describe("drawing()", () => {
  const idsOf = (drawing: Drawing): number[] => drawing.regions.map(({ id }) => id);

  test("gives the same at any tier, but for the document's size", async () => {
    const [full, small] = await Promise.all([0, 5].map((downsample) => allen.drawing(100960224, { downsample })));
    expect(small?.regions).toEqual(full?.regions);
    expect([full?.downsample, small?.downsample]).toEqual([0, 5]);
    expect(small?.width).toBe(Math.floor((full?.width ?? 0) / 32));
  });

  test("gives the groups that are asked for", async () => {
    const whole = await allen.drawing(100883869);
    expect(whole.groups.map(({ labelId }) => labelId)).toEqual([32, 28, 159226751]);
    for (const { labelId = 0, regions } of whole.groups) {
      const one = await allen.drawing(100883869, { groups: [labelId] });
      expect(idsOf(one)).toEqual(regions.map(({ id }) => id));
    }
  });

  test("is without regions for an image that has none, and fails for no image", async () => {
    expect(await allen.drawing(69750516)).toMatchObject({ regions: [], groups: [] });
    await expect(allen.drawing(-1)).rejects.toMatchObject({ status: 404 });
  });

  test("has the structures of the plate's records", async () => {
    const drawing = await allen.drawing(100960224);
    const tree = await allen.structureTree(1);
    expect(drawing.regions.length).toBeGreaterThan(50);
    for (const { structureId = 0, fill } of drawing.regions) {
      expect(fill).toBe(`#${tree.get(structureId)?.color_hex_triplet?.toLowerCase()}`);
    }
  });
});
