import fc from "fast-check";
import { expect, test } from "vitest";
import { checkProperty } from "../../../../tests/support/property.ts";
import {
  imageServiceExtras,
  parseImageServiceRequest,
  printImageServicePath,
  requestedRegion,
} from "./image-service.ts";

/** The redirect of atlas_image_download/100883869?downsample=4&annotation=true, as recorded (reference §1.3). */
const RECORDED =
  "/cgi-bin/imageservice?mime=1&path=/external/0350/prod34/0205081399/0205081399_devmouse_rendered.aff&left=3008&top=30592&width=969&height=489&downsample=4";
const RECORDED_PATH = "/external/0350/prod34/0205081399/0205081399_devmouse_rendered.aff";
const RECORDED_REGION = { left: 3008, top: 30_592, width: 969, height: 489, downsample: 4 };

function parse(query: string) {
  return parseImageServiceRequest(new URLSearchParams(query));
}

test("printImageServicePath() prints the recorded redirect", () => {
  expect(printImageServicePath(RECORDED_PATH, RECORDED_REGION, [])).toBe(RECORDED);
});

test("printImageServicePath() puts further pairs last, and quotes what a query cannot hold", () => {
  expect(printImageServicePath("/a&b.aff", RECORDED_REGION, [["quality", "50"]])).toBe(
    "/cgi-bin/imageservice?mime=1&path=/a%26b.aff&left=3008&top=30592&width=969&height=489&downsample=4&quality=50",
  );
});

test.each([
  [{ downsample: 3, left: 9, view: "expression" }, []],
  [
    { range: [0, 1, 2, 3, 4, 5], filter: "colormap", filterVals: [9] },
    [
      ["filter", "range"],
      ["filterVals", "0,1,2,3,4,5"],
    ],
  ],
  [
    { colormap: { map: "jet", lowerThreshold: 30 }, quality: 50 },
    [
      ["quality", "50"],
      ["filter", "colormap"],
      ["filterVals", "0.5,30,0,256,2"],
    ],
  ],
  [
    { colormap: "expression" },
    [
      ["filter", "colormap"],
      ["filterVals", "0.5,0,0,256,4"],
    ],
  ],
  [
    { colormap: 3, range: [0, 1, 0, 1, 0, 1] },
    [
      ["colormap", "0.5,0,0,256,3"],
      ["filter", "range"],
      ["filterVals", "0,1,0,1,0,1"],
    ],
  ],
  [
    { contrast: [0.5, 0.25], rgb: [1, 0, 1] },
    [
      ["rgb", "1,0,1"],
      ["contrast", "0.5,0.25"],
    ],
  ],
] as const)("imageServiceExtras() of %j", (parameters, pairs) => {
  expect(imageServiceExtras(parameters)).toEqual(pairs);
});

test("parseImageServiceRequest() reads the recorded redirect", () => {
  const request = parse(RECORDED.split("?")[1] ?? "");
  expect(request).toMatchObject({
    path: RECORDED_PATH,
    mime: 1,
    ...RECORDED_REGION,
    zoom: undefined,
    quality: undefined,
  });
  expect(requestedRegion(request, { image_width: 18_560, image_height: 40_960 })).toEqual(RECORDED_REGION);
});

test("parseImageServiceRequest() reads what printImageServicePath() writes", () => {
  const px = fc.integer({ min: -100_000, max: 100_000 });
  const extent = fc.integer({ min: 1, max: 100_000 });
  const region = fc.record({ left: px, top: px, width: extent, height: extent, downsample: fc.nat(30) });
  const path = fc.string({ unit: "grapheme", minLength: 1, maxLength: 60 });
  checkProperty(
    fc.property(path, region, (name, of) => {
      const query = printImageServicePath(name, of, []).replace(/^[^?]*\?/, "");
      expect(parse(query)).toMatchObject({ path: name, ...of });
    }),
  );
});

test("parseImageServiceRequest() takes empty values as not given, and fractions of a coordinate", () => {
  expect(parse("path=/a.aff&left=&zoom=&quality=&fileout=&filterVals=")).toMatchObject({
    left: undefined,
    zoom: undefined,
    quality: undefined,
    fileout: undefined,
    filterVals: undefined,
  });
  // As JavaScript prints what it computes.
  expect(parse("path=/a.aff&left=4.6370000000000005&top=-0.06400000000000006")).toMatchObject({
    left: 4.637_000_000_000_000_5,
    top: -0.064_000_000_000_000_06,
  });
  expect(parse("path=/a.aff&left=1.5&top=-2.25&zoom=-1&filterVals=1,2.5&fileout=x.jpg&filter=range")).toMatchObject({
    left: 1.5,
    top: -2.25,
    zoom: -1,
    filterVals: [1, 2.5],
    fileout: "x.jpg",
    filter: "range",
  });
});

test.each([
  ["", "Cannot find a picture without its path; give path=/external/…"],
  ["path=", "Cannot find a picture without its path"],
  [`path=${"a".repeat(1025)}`, "give at most 1024 characters"],
  ["path=/a&width=0", 'Cannot use width "0"; give a whole number from 1 to 2147483648'],
  ["path=/a&width=1.5", "Cannot use width"],
  ["path=/a&height=99999999999999999999", "Cannot use height"],
  ["path=/a&left=1e9", "Cannot use left"],
  ["path=/a&left=Infinity", "Cannot use left"],
  ["path=/a&left=0x10", "Cannot use left"],
  ["path=/a&top=NaN", "Cannot use top"],
  ["path=/a&downsample=31", "Cannot use downsample"],
  ["path=/a&downsample=-1", "Cannot use downsample"],
  ["path=/a&zoom=-2", "Cannot use zoom"],
  ["path=/a&quality=101", "Cannot use quality"],
  ["path=/a&mime=%00", "Cannot use mime"],
  ["path=/a&filterVals=1,,2", "Cannot use filterVals"],
  [`path=/a&filterVals=${Array(17).fill(1).join()}`, "give up to 16 numbers"],
])("parseImageServiceRequest() refuses %j", (query, message) => {
  expect(() => parse(query)).toThrow(RangeError);
  expect(() => parse(query)).toThrow(message);
});

test("parseImageServiceRequest() throws nothing but RangeError, whatever the query", () => {
  const name = fc.constantFrom(
    "path",
    "mime",
    "left",
    "width",
    "downsample",
    "zoom",
    "quality",
    "filterVals",
    "fileout",
  );
  checkProperty(
    fc.property(fc.array(fc.tuple(name, fc.string({ unit: "binary" }))), (pairs) => {
      try {
        parseImageServiceRequest(new URLSearchParams(pairs));
      } catch (error) {
        expect(error).toBeInstanceOf(RangeError);
      }
    }),
  );
});

test("requestedRegion() is the whole tier where the request names no region", () => {
  const file = { image_width: 11_921, image_height: 7553 };
  expect(requestedRegion(parse("path=/a&downsample=2"), file)).toEqual({
    left: 0,
    top: 0,
    width: 2980,
    height: 1888,
    downsample: 2,
  });
  expect(requestedRegion(parse("path=/a"), file)).toMatchObject({ width: 11_921, height: 7553, downsample: 0 });
  expect(requestedRegion(parse("path=/a&left=921&top=553&downsample=1"), file)).toMatchObject({
    width: 5500,
    height: 3500,
  });
});

test("requestedRegion() counts zoom from the smallest tier, and downsample wins", () => {
  const file = { image_width: 8992, image_height: 4936 };
  const downsampleOf = (query: string) => requestedRegion(parse(`path=/a&${query}`), file).downsample;
  expect(["zoom=0", "zoom=6", "zoom=-1", "zoom=30", "zoom=0&downsample=1", "downsample=30"].map(downsampleOf)).toEqual([
    6, 0, 0, 0, 1, 6,
  ]);
});
