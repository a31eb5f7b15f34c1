import { expect, test } from "vitest";
import { checkImageId, IMAGE_SERVICES, printImageUrl } from "./services.ts";

test("IMAGE_SERVICES takes of each service what the reference lists", () => {
  const counts = Object.entries(IMAGE_SERVICES).map(([name, { path, model, parameters }]) => [
    name,
    path,
    model,
    parameters.length,
  ]);
  expect(counts).toEqual([
    ["atlas", "atlas_image_download", "AtlasImage", 8],
    ["section", "section_image_download", "SectionImage", 13],
    ["projection", "projection_image_download", "SectionImage", 14],
    ["any", "image_download", "SubImage", 18],
  ]);
});

test("printImageUrl() prints the URL of the recorded exchange", () => {
  expect(printImageUrl("https://api.brain-map.org", "atlas", 100883869, { annotation: true, downsample: 4 })).toBe(
    "https://api.brain-map.org/api/v2/atlas_image_download/100883869?downsample=4&annotation=true",
  );
  expect(printImageUrl("http://mirror.test/sub", "any", 1, {})).toBe("http://mirror.test/sub/api/v2/image_download/1");
});

test("checkImageId() takes whole numbers, negative ones too", () => {
  expect([checkImageId(100883869), checkImageId(-1), checkImageId(0)]).toEqual([100883869, -1, 0]);
  for (const id of ["1", 1.5, Number.NaN, 2 ** 53, null, undefined]) expect(() => checkImageId(id)).toThrow(RangeError);
});
