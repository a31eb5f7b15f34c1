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
const ASSET = { kind: "asset", url: "http://x/a", urlPath: "/a", name: "a.zip" } as const;
const PLAN: PullPlan = {
  title: "atlas 1, Mouse",
  name: "atlas-1",
  things: [
    PICTURE,
    { ...PICTURE, name: "plates/8" },
    { kind: "drawing", imageId: 7, name: "drawings/7.svg" },
    ASSET,
    { ...ASSET, name: "b.zip" },
  ],
  records: [
    { query: "model::Atlas", model: "Atlas", rows: [{ id: 1 }], name: "atlases" },
    { query: "model::Atlas[id$gt5]", model: "Atlas", rows: [{ id: 6 }, { id: 7 }], name: "others" },
  ],
  notes: [],
  isSynthetic: false,
};

test("sizeOf() counts what there is", () => {
  expect(sizeOf(PLAN, 1)).toEqual({
    pictures: 2,
    drawings: 1,
    assets: 2,
    pixels: 2 * 2000 * 500,
    rows: { Atlas: 3 },
  });
});

test("sizeOf() takes the smallest tier of a picture that has not so many", () => {
  expect(sizeOf(PLAN, 16).pixels).toBe(2 * 125 * 31);
});

test("describePlan() says what there is, what is estimated, and where it goes", () => {
  const text = describePlan(
    PLAN,
    { kind: "store", directory: "/s" },
    {
      ...{ downsample: 0, items: 19, held: 4, there: 2 },
      missing: new Set(PLAN.things),
    },
  );
  expect(text.split("\n")).toEqual([
    "atlas 1, Mouse",
    "  pictures  2 (20 files), from tier 0 on",
    "  drawings  1",
    "  files     17 to fetch, 2 there already, 4 held already",
    "  records   Atlas 3",
    "  size      2 files of unknown length, pictures perhaps 2.1 MB (8.0 megapixels, length unknown), drawings perhaps 300.0 kB",
    "  store     /s",
    "",
  ]);
});

test("describePlan() wraps the rows, and estimates nothing of what is there already", () => {
  const rows = Array.from({ length: 9 }, (_, id) => ({ id }));
  const records = Array.from({ length: 8 }, (_, id) => ({
    query: "",
    model: `SectionModel${id}`,
    rows,
    name: `${id}`,
  }));
  const there = { downsample: 0, items: 5, held: 0, there: 5, missing: new Set<never>() };
  expect(describePlan({ ...PLAN, records }, { kind: "folder", directory: "/f" }, there).split("\n")).toEqual([
    "atlas 1, Mouse",
    "  pictures  2, tier 0",
    "  drawings  1",
    "  files     0 to fetch, 5 there already",
    "  records   SectionModel0 9, SectionModel1 9, SectionModel2 9, SectionModel3 9,",
    "            SectionModel4 9, SectionModel5 9, SectionModel6 9, SectionModel7 9",
    "  folder    /f",
    "",
  ]);
});

test("describePlan() leaves out what there is none of, and says what is made up", () => {
  const plan = { ...PLAN, things: [], isSynthetic: true };
  const text = describePlan(
    plan,
    { kind: "folder", directory: "/f" },
    { downsample: 0, items: 0, held: 0, there: 0, missing: new Set() },
  );
  expect(text).toBe(
    "atlas 1, Mouse\n  records    Atlas 3\n  folder     /f\n  synthetic  yes: made up, not data of the Allen Institute\n",
  );
});
