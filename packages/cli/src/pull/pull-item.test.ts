import { describe, expect, test } from "vitest";
import type { PullPicture } from "./plan.ts";
import { folderItem, type ItemOptions, pictureSource, storeItems } from "./pull-item.ts";

const RECORD = {
  id: 7,
  path: "/external/a.aff",
  x: 300,
  y: 0,
  width: 100,
  height: 200,
  image_width: 1000,
  image_height: 200,
};
const picture = (changes: Partial<PullPicture> = {}): PullPicture => ({
  kind: "picture",
  service: "section",
  view: "primary",
  record: RECORD,
  path: "/external/a.aff",
  name: "sections/0001_7",
  ...changes,
});
const OPTIONS: ItemOptions = { baseUrl: "http://x", downsample: 0 };

describe("folderItem()", () => {
  test.each([
    [picture(), "http://x/api/v2/section_image_download/7?downsample=0"],
    [
      picture({ service: "atlas", view: "annotation", atlas: 2 }),
      "http://x/api/v2/atlas_image_download/7?downsample=0&annotation=true&atlas=2",
    ],
    [picture({ view: "expression" }), "http://x/api/v2/section_image_download/7?downsample=0&view=expression"],
    [
      picture({ service: "projection", view: "projection" }),
      "http://x/api/v2/projection_image_download/7?downsample=0&view=projection",
    ],
  ])("asks the download service for the box of a picture: %#", (thing, url) => {
    expect(folderItem(thing, OPTIONS)).toMatchObject({ url, name: "sections/0001_7.jpg", kind: "jpeg" });
  });
  test("takes the smallest tier of a picture that has not so many, and the quality that is wanted", () => {
    const { url } = folderItem(picture(), { ...OPTIONS, downsample: 9, quality: 50 });
    expect(url).toBe("http://x/api/v2/section_image_download/7?downsample=2&quality=50");
  });
  test("takes drawings and files as they are", () => {
    expect(folderItem({ kind: "drawing", imageId: 7, name: "drawings/7.svg" }, OPTIONS)).toMatchObject({
      url: "http://x/api/v2/svg_download/7",
      name: "drawings/7.svg",
      kind: "svg",
    });
    const asset = {
      kind: "asset",
      url: "http://y/g",
      urlPath: "/g",
      name: "grids/7.zip",
    } as const;
    expect(folderItem(asset, OPTIONS)).toMatchObject({
      url: "http://y/g",
      name: "grids/7.zip",
      maxBytes: 64e9,
    });
  });
});

test("folderItem() and storeItems() bound a picture by its pixels, and a drawing", () => {
  expect(folderItem(picture(), { ...OPTIONS, downsample: 1 }).maxBytes).toBe(50 * 100 * 4 + 1e6);
  expect(storeItems(picture(), OPTIONS)[0]?.maxBytes).toBe(256 * 200 * 4 + 1e6);
  expect(folderItem({ kind: "drawing", imageId: 7, name: "drawings/7.svg" }, OPTIONS).maxBytes).toBe(256e6);
});

describe("storeItems()", () => {
  const service = "http://x/cgi-bin/imageservice?mime=1&path=/external/a.aff";
  test("asks the image service for all tiers on the grid of the file's tiles, with names of their own", () => {
    expect(storeItems(picture(), OPTIONS).map(({ url, name }) => [url, name])).toEqual([
      [`${service}&left=256&top=0&width=256&height=200&downsample=0`, "sections/0001_7/0-256-0.jpg"],
      [`${service}&left=0&top=0&width=256&height=100&downsample=1`, "sections/0001_7/1-0-0.jpg"],
      [`${service}&left=0&top=0&width=250&height=50&downsample=2`, "sections/0001_7/2-0-0.jpg"],
    ]);
  });
  test("leaves finer tiers out, and hands the quality on", () => {
    const items = storeItems(picture(), { ...OPTIONS, downsample: 2, quality: 50 });
    expect(items.map(({ url }) => url)).toEqual([
      `${service}&left=0&top=0&width=250&height=50&downsample=2&quality=50`,
    ]);
  });
  test.each([
    [picture({ record: { ...RECORD, bits_per_component: 12 } }), "section_image_download"],
    [picture({ service: "projection" }), "projection_image_download"],
  ])("asks the download service for a picture that is shown through windows: %#", (thing, path) => {
    expect(storeItems(thing, { ...OPTIONS, downsample: 2 })[0]?.url).toBe(
      `http://x/api/v2/${path}/7?downsample=2&left=0&top=0&width=250&height=50`,
    );
  });
  test("asks for the mask of such a picture directly", () => {
    const [item] = storeItems(picture({ service: "projection", view: "projection" }), OPTIONS);
    expect(item?.url).toContain("/cgi-bin/imageservice?");
  });
});

test("pictureSource() names the stored file at its source", () => {
  expect(pictureSource(picture(), OPTIONS)).toBe("http://x/cgi-bin/imageservice?path=/external/a.aff");
});
