import { readFile, truncate, writeFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { newImageSide, SLIDE_PATH } from "../../../../tests/support/image-sides.ts";
import { describeRecorded, recording } from "../../../../tests/support/recordings.ts";
import { detailsOf, LEFT, pulled } from "../../../../tests/support/slides.ts";
import { importTiers } from "./import-tiers.ts";
import type { TierPart } from "./tier-parts.ts";

test.each<[string, (parts: readonly TierPart[]) => TierPart[], RegExp]>([
  ["no parts", () => [], /Cannot use 0 parts/],
  [
    "a tier that is missing",
    ([a, , c]) => [a, c].filter((part) => part !== undefined),
    /none is of downsample 1; give all tiers/,
  ],
  [
    "a tier that the file has not",
    (parts) => parts.map((part) => ({ ...part, downsample: part.downsample + 5 })),
    /Cannot use downsample 5/,
  ],
  [
    "a place off the grid",
    (parts) => parts.map((part) => ({ ...part, left: 16 })),
    /at 16, 0 of 900 × 600 pixels; .* multiples of 256/,
  ],
  ["a place outside", (parts) => parts.map((part) => ({ ...part, top: 1024 })), /give a place within the tier/],
  ["a place below 0", (parts) => parts.map((part) => ({ ...part, top: -256 })), /give a place within the tier/],
  [
    "a JPEG that reaches too far",
    (parts) => parts.map((part) => ({ ...part, left: part.downsample === 0 ? 768 : 0 })),
    /256 × 256 pixels at 768, 0 of 900 × 600 end neither/,
  ],
  [
    "a file that is not there",
    (parts) => parts.map((part) => ({ ...part, file: "/none.jpg" })),
    /Cannot import "\/none.jpg": it cannot be read/,
  ],
])("importTiers() refuses %s", async (_, change, words) => {
  const { part, request } = await pulled(LEFT);
  await expect(importTiers(part.store, { ...request, parts: change(request.parts) })).rejects.toThrow(words);
  expect(await detailsOf(part)).toBeUndefined();
});

test.each([
  [{ width: 0 }, /Cannot use a file of 0 × 600 pixels/],
  [{ width: 1e9 }, /Cannot use a file of 1000000000 × 600/],
  [{ width: 2 ** 20, height: 2 ** 20 }, /no more than 4194304 tiles/],
  [{ path: "" }, /Cannot use an empty path/],
])("importTiers() refuses %j", async (wrong, words) => {
  const { part, request } = await pulled(LEFT);
  await expect(importTiers(part.store, { ...request, ...wrong })).rejects.toThrow(words);
});

test("importTiers() refuses a part that is cut off or no picture, and leaves nothing behind", async () => {
  const { part, request } = await pulled(LEFT);
  const file = request.parts[0]?.file ?? "";
  const whole = await readFile(file);
  await truncate(file, whole.length - 100);
  await expect(importTiers(part.store, request)).rejects.toThrow(
    /0-0-0.jpg": it is no whole picture \(.*; fetch it again/,
  );
  await writeFile(file, "<html>Busy</html>");
  await expect(importTiers(part.store, request)).rejects.toThrow(/it is no whole picture \(.*expected marker FF D8/);
  expect(await detailsOf(part)).toBeUndefined();
  await writeFile(file, whole);
  await importTiers(part.store, request);
});

describeRecorded("importTiers() of a recorded JPEG", () => {
  test("refuses the plate 100883869 at downsample 4, which does not begin on the grid of tiles", async () => {
    const side = await newImageSide();
    const file = recording("recorded", "atlas_image_download_100883869_ds4_annotation.jpg");
    const request = { path: SLIDE_PATH, width: 60_000, height: 72_928 };
    const parts = [{ downsample: 4, left: 3008 / 16, top: 30_592 / 16, file }];
    await expect(importTiers(side.store, { ...request, parts })).rejects.toThrow(/at 188, 1912 .* multiples of 256/);
  });
});
