// The client against the sample: what it says that will come is what comes.
import { createMirror, SAMPLE_BASE_URL, sampleStore } from "@brainatlas/mirror";
import { SAMPLE_PLATES } from "@brainatlas/mirror/sample";
import { BrainAtlas } from "@brainatlas/sdk";
import { tierCount } from "@brainatlas/sdk/image";
import fc from "fast-check";
import { expect, test } from "vitest";
import { decodeRgb, sha256 } from "../support/pictures.ts";

const RUNS = process.env.BRAINATLAS_LONG === "1" ? 2000 : 40;
const newClient = (): BrainAtlas =>
  new BrainAtlas({ baseUrl: SAMPLE_BASE_URL, fetch: createMirror({ store: sampleStore() }).fetch, retries: 0 });
const allen = newClient();

test("size() and region() are what comes, for any plate, region and tier", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...SAMPLE_PLATES.filter(({ model }) => model === "AtlasImage")),
      fc.record({
        downsample: fc.integer({ min: 0, max: 9 }),
        left: fc.option(fc.double({ min: -0.2, max: 1, noNaN: true }), { nil: undefined }),
        top: fc.option(fc.double({ min: -0.2, max: 1, noNaN: true }), { nil: undefined }),
        width: fc.integer({ min: 1, max: 300 }),
        height: fc.integer({ min: 1, max: 300 }),
      }),
      fc.boolean(),
      async ({ record }, { left, top, ...rest }, annotation) => {
        const plate = allen.atlasImage(record.id, {
          ...rest,
          left: left === undefined ? undefined : Math.round(left * record.image_width),
          top: top === undefined ? undefined : Math.round(top * record.image_height),
          annotation: annotation && record.alternate_images !== undefined,
        });
        const size = await plate.size().catch((error: unknown) => error);
        if (size instanceof RangeError) {
          await expect(plate.download()).rejects.toMatchObject({ status: 400 });
          return;
        }
        const response = await plate.download();
        const { width, height } = await decodeRgb(response.bytes());
        expect({ width, height }).toEqual(size);
        const region = await plate.region();
        const asked = new URL(response.url).searchParams;
        for (const [name, value] of Object.entries(region))
          expect([name, asked.get(name)]).toEqual([name, String(value)]);
      },
    ),
    { numRuns: RUNS, seed: 20130131 },
  );
}, 600_000);

test("every plate of the sample is to be had at its smallest tier, by every service that takes it", async () => {
  for (const { record, model } of SAMPLE_PLATES) {
    const downsample = tierCount(record.image_width, record.image_height) - 1;
    const images = [
      allen.subImage(record.id, { downsample }),
      allen.sectionImage(record.id, { downsample }),
      ...(model === "AtlasImage" ? [allen.atlasImage(record.id, { downsample, annotation: true })] : []),
    ];
    for (const image of images) {
      const { width, height } = await decodeRgb((await image.download()).bytes());
      expect({ id: record.id, ...(await image.size()) }).toEqual({ id: record.id, width, height });
    }
  }
});

test("the same request gives the same bytes from another mirror", async () => {
  const parameters = { downsample: 5, annotation: false };
  const [one, other] = await Promise.all(
    [newClient(), newClient()].map(async (client) =>
      sha256((await client.atlasImage(100883869, parameters).download()).bytes()),
    ),
  );
  expect(one).toBe(other);
});

test("regions lie where the whole plate has them", async () => {
  const plate = allen.atlasImage(100883869, { downsample: 4, quality: 100 });
  const whole = await decodeRgb((await plate.download()).bytes());
  const part = await decodeRgb(
    (await plate.with({ left: 3008 + 320 * 16, top: 30592 + 160 * 16, width: 96, height: 80 }).download()).bytes(),
  );
  let sum = 0;
  for (let y = 0; y < 80; y += 1) {
    for (let x = 0; x < 96 * 3; x += 1) {
      sum += Math.abs((part.data[y * 96 * 3 + x] ?? 0) - (whole.data[((y + 160) * whole.width + 320) * 3 + x] ?? 0));
    }
  }
  expect(sum / (96 * 80 * 3)).toBeLessThan(3);
});
