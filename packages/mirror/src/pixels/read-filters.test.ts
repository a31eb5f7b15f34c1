import { parseImageServiceRequest } from "@brainatlas/sdk/image";
import { describe, expect, test } from "vitest";
import { RequestError } from "../failures.ts";
import { type AskedFilters, readFilters } from "./read-filters.ts";

const read = (query: string): AskedFilters =>
  readFilters(parseImageServiceRequest(new URLSearchParams(`path=/a&${query}`)));

describe("readFilters()", () => {
  test.each<[string, AskedFilters["filters"]]>([
    ["quality=50", undefined],
    ["filter=range&filterVals=0,923,0,987,0,4095", { range: [0, 923, 0, 987, 0, 4095] }],
    ["rgb=1,0.5,0&contrast=0.5,1", { rgb: [1, 0.5, 0], contrast: [0.5, 1] }],
    ["filter=colormap&filterVals=0.5,30,0,256,4", { colormap: { map: 4, lowerThreshold: 30 } }],
    ["filter=colormap&filterVals=0,1,0,256,0", { colormap: { map: 0, lowerThreshold: 1 } }],
    ["colormap=jet", { colormap: { map: 2, lowerThreshold: 0 } }],
    ["colormap=0.5,255,0,256,11", { colormap: { map: 11, lowerThreshold: 255 } }],
    [
      "filter=range&filterVals=5,5,0,1,0,1&colormap=aba",
      { range: [5, 5, 0, 1, 0, 1], colormap: { map: 8, lowerThreshold: 0 } },
    ],
    ["filter=colormap&filterVals=0.5,30,0,256,4&colormap=jet", { colormap: { map: 4, lowerThreshold: 30 } }],
  ])("reads %s", (query, filters) => {
    expect(read(query).filters).toEqual(filters);
  });

  test("names what is not known, and what is applied by tables of our own", () => {
    expect(read("filter=blur&filterVals=3")).toEqual({
      filters: undefined,
      ignored: ["filter", "filterVals"],
      approximated: [],
    });
    expect(read("filterVals=3").ignored).toEqual(["filterVals"]);
    expect(read("filter=range&filterVals=0,1,0,1,0,1&rgb=1,1,1")).toMatchObject({ ignored: [], approximated: [] });
    expect(read("colormap=jet&contrast=1,1").approximated).toEqual(["contrast", "colormap"]);
  });

  test.each([
    ["filter=range", "Cannot use range []; give 6 numbers"],
    ["filter=range&filterVals=0,1,0,1", "Cannot use range [0,1,0,1]; give 6 numbers"],
    ["filter=range&filterVals=9,1,0,1,0,1", "no low above its high"],
    ["filter=range&filterVals=-1,1,0,1,0,1", "whole numbers from 0 to 4095"],
    ["filter=range&filterVals=0,1e308,0,1,0,1", "whole numbers from 0 to 4095"],
    ["filter=range&filterVals=0,1.5,0,1,0,1", "whole numbers from 0 to 4095"],
    ["filter=colormap", "give five numbers"],
    ["filter=colormap&filterVals=0.5,1,0,4", "give five numbers"],
    ["filter=colormap&filterVals=0.5,-1,0,256,4", "from 0 to 255"],
    ["filter=colormap&filterVals=0.5,1e308,0,256,4", "from 0 to 255"],
    ["filter=colormap&filterVals=0.5,0,0,256,12", "from 0 to 11"],
    ["colormap=sunset", "one of gray, hotmetal"],
    ["colormap=0.5,NaN,0,256,4", "from 0 to 255"],
    ["colormap=0.5,0,0,256,0x2", "from 0 to 11"],
    ["rgb=1,1", "Cannot use rgb [1,1]; give 3 numbers"],
    ["rgb=1,1,1e308", "numbers from 0 to 1"],
    ["contrast=-0.1,0", "numbers from 0 to 1"],
    ["contrast=0.5", "give 2 numbers"],
  ])("refuses %s with the rule", (query, rule) => {
    expect(() => read(query)).toThrow(RequestError);
    expect(() => read(query)).toThrow(rule);
  });
});
