import { readFile, writeFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { SLIDE_PATH } from "../../../../tests/support/image-sides.ts";
import { coverBox, pullBox } from "../../../../tests/support/pulled-pictures.ts";
import { detailsOf, isSame, LEFT, pulled, RIGHT } from "../../../../tests/support/slides.ts";
import { verifyStore } from "../upkeep/verify-store.ts";
import { importTiers } from "./import-tiers.ts";

test.each([
  [{ bits: 16 }, /Cannot import ".*": what is held of it has 16 bits a channel, .*\(--refresh\)/],
  [
    { width: 1000, height: 700 },
    /what is held of it has 1000 × 700 pixels, and what comes has 900 × 600; .*\(--refresh\)/,
  ],
])("importTiers() leaves a picture of %j as it is, unless it is to be replaced", async (changes, words) => {
  const { part, request } = await pulled(RIGHT);
  const { entries } = part.store;
  const [first] = (await importTiers(part.store, request)).entries;
  if (first === undefined) throw new Error("Nothing was put");
  const { tiers: _, ...whole } = first.details;
  await entries.link({ ...first, details: { ...whole, ...changes } }, first);
  await expect(importTiers(part.store, request)).rejects.toThrow(words);
  expect(await detailsOf(part)).toEqual({ ...whole, ...changes });
  await importTiers(part.store, { ...request, refresh: true });
  expect(await detailsOf(part)).toEqual(first.details);
});

test("importTiers() takes no tile of what is held and is not what was put", async () => {
  const { whole, part, request } = await pulled(LEFT);
  await importTiers(part.store, request);
  const { path = "" } = (await part.store.entries.get("picture", SLIDE_PATH)) ?? {};
  const bytes = await readFile(path);
  const inTile = bytes.indexOf(Buffer.of(0xff, 0xda)) + 40;
  bytes[inTile] = (bytes[inTile] ?? 0) ^ 1;
  await writeFile(path, bytes);
  await importTiers(part.store, await pullBox(whole.mirror, SLIDE_PATH, RIGHT, whole.folder));
  expect(await isSame(whole, part, RIGHT)).toBe(true);
  expect(await detailsOf(part)).toMatchObject({ tiers: [0, 1, 2].map((downsample) => coverBox(RIGHT, downsample)) });
  expect((await verifyStore(part.store)).problems.filter(({ state }) => state === "damage")).toEqual([]);
});
