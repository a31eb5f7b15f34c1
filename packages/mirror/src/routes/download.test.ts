import { parseSubImageRecord } from "@brainatlas/sdk/image";
import { expect, onTestFinished, test } from "vitest";
import type { Picture } from "../pixels/picture.ts";
import { RecordDatabase } from "../records/record-database.ts";
import { writeRows } from "../records/write-rows.ts";
import type { AtlasStore } from "../store/atlas-store.ts";
import { sampleStore } from "../store/sample-store.ts";
import { answerDownload } from "./download.ts";
import { findImage } from "./find-image.ts";

const SIZE = { x: 0, y: 0, width: 640, height: 320, image_width: 640, image_height: 320 };
const ROW = { ...SIZE, id: 7, path: "/deep.aff", expression_path: "/mask.aff", data_set_id: 5, bits_per_component: 16 };
const WINDOW = { red_lower: 0, red_upper: 923, green_lower: 0, green_upper: 987, blue_lower: 0, blue_upper: 4095 };

/** A store of one section of a data set that has a window. */
function storeOf(bitsPerChannel: 8 | 16): AtlasStore {
  const records = RecordDatabase.create();
  onTestFinished(() => records.close());
  writeRows(records, [{ model: "Equalization", row: { id: 1, section_data_set_id: 5, ...WINDOW } }]);
  const picture: Picture = {
    width: SIZE.width,
    height: SIZE.height,
    finestDownsample: 0,
    bitsPerChannel,
    lastModified: new Date(0),
    tag: "",
    source: async () => ({ kind: "pyramid", file: "" }),
  };
  return {
    record: async () => ({ model: "SectionImage", row: parseSubImageRecord(ROW, "the row") }),
    records: async () => records,
    picture: async () => picture,
    drawing: async () => undefined,
    answer: async () => undefined,
    asset: async () => undefined,
    close: () => records.close(),
  };
}

async function filterOf(store: AtlasStore, query: string, id = 7): Promise<string | undefined> {
  const url = new URL(`http://mirror.test/?${query}`);
  const answer = await answerDownload(store, "any", String(id), url);
  return /&filter=.*/.exec(answer.headers.get("location") ?? "")?.[0];
}

const DEFAULT = "&filter=range&filterVals=0,923,0,987,0,4095";

test.each([
  ["", DEFAULT],
  ["downsample=3", DEFAULT],
  ["range=0,9,0,9,0,9", "&filter=range&filterVals=0,9,0,9,0,9"],
  ["filter=colormap&filterVals=0.5,3,0,256,4", "&filter=colormap&filterVals=0.5,3,0,256,4"],
  ["view=projection", undefined],
  ["expression=true", undefined],
])("answerDownload() of a section of 16 bits for %j", async (query, filter) => {
  expect(await filterOf(storeOf(16), query)).toBe(filter);
});

test("answerDownload() leaves gains and colours beside the window", async () => {
  const store = storeOf(16);
  const answer = await answerDownload(store, "any", "7", new URL("http://mirror.test/?rgb=1,0,1&colormap=jet"));
  const { searchParams } = new URL(answer.headers.get("location") ?? "");
  expect(Object.fromEntries(searchParams)).toMatchObject({
    rgb: "1,0,1",
    colormap: "jet",
    filter: "range",
    filterVals: "0,923,0,987,0,4095",
  });
});

test("answerDownload() shows through no window what 8 bits are held of", async () => {
  expect(await filterOf(storeOf(8), "")).toBeUndefined();
  // Its data set has a window, and its pictures are made as they look through it.
  expect(await filterOf(sampleStore(), "", 102146167)).toBeUndefined();
});

test("findImage() shows a section of 16 bits through the same windows, and nothing else", async () => {
  const filters = { range: [0, 923, 0, 987, 0, 4095] };
  expect(await findImage(storeOf(16), "7")).toMatchObject({ filters });
  for (const [bits, name] of [
    [8, "7"],
    [16, "7:projection"],
    [16, "/deep.aff"],
  ] as const) {
    expect(await findImage(storeOf(bits), name)).not.toHaveProperty("filters.range");
  }
});
