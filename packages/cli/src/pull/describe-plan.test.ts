import { expect, test } from "vitest";
import { describePlan, sizeOf } from "./describe-plan.ts";
import type { PullPlan } from "./plan.ts";

const RECORD = { id: 7, path: "/a.aff", x: 0, y: 0, width: 4000, height: 1000, image_width: 5000, image_height: 1000 };
const PICTURE = {
  kind: "picture",
  service: "atlas",
  view: "primary",
  record: RECORD,
  path: "/a.aff",
  name: "plates/7",
} as const;
const ASSET = { kind: "asset", url: "http://x/a", urlPath: "/a", name: "a.zip", fileKind: "zip" } as const;
const PLAN: PullPlan = {
  title: "atlas 1, Mouse",
  things: [
    PICTURE,
    { ...PICTURE, name: "plates/8" },
    { kind: "drawing", imageId: 7, name: "drawings/7.svg" },
    { ...ASSET, sizeBytes: 2_000_000 },
    { ...ASSET, name: "b.zip" },
  ],
  records: [
    { query: "model::Atlas", model: "Atlas", rows: [{ id: 1 }], name: "records/atlases" },
    { query: "model::Atlas[id$gt5]", model: "Atlas", rows: [{ id: 6 }, { id: 7 }], name: "records/others" },
  ],
  notes: [],
  isSynthetic: false,
};

test("sizeOf() counts what there is, and bytes as far as they are known", () => {
  expect(sizeOf(PLAN, 1)).toEqual({
    pictures: 2,
    drawings: 1,
    assets: 2,
    pixels: 2 * 2000 * 500,
    knownBytes: 2_000_000,
    unknownAssets: 1,
    rows: { Atlas: 3 },
  });
});

test("sizeOf() takes the smallest tier of a picture that has not so many", () => {
  expect(sizeOf(PLAN, 16).pixels).toBe(2 * 125 * 31);
});

test("describePlan() says what there is, what is estimated, and where it goes", () => {
  const text = describePlan(PLAN, { kind: "store", directory: "/s" }, { downsample: 0, items: 19, held: 4 });
  expect(text.split("\n")).toEqual([
    "atlas 1, Mouse",
    "  pictures  2, from tier 0 on",
    "  drawings  1",
    "  files     2",
    "  records   Atlas 3",
    "  size      2.0 MB of files, 1 file of unknown length, pictures perhaps 2.1 MB (8.0 megapixels, length unknown)",
    "  requests  19, one a file",
    "  held      4 in the store already, not fetched again",
    "  store     /s",
    "",
  ]);
});

test("describePlan() leaves out what there is none of, and says what is made up", () => {
  const plan = { ...PLAN, things: [], isSynthetic: true };
  const text = describePlan(plan, { kind: "folder", directory: "/f" }, { downsample: 0, items: 0, held: 0 });
  expect(text).toBe(
    "atlas 1, Mouse\n  records    Atlas 3\n  folder     /f\n  synthetic  yes: made up, not data of the Allen Institute\n",
  );
});
