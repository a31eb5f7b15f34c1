import { tierCount } from "@brainatlas/sdk/image";
import fc from "fast-check";
import { expect, test } from "vitest";
import { checkProperty } from "../../../../tests/support/property.ts";
import { imageInfo } from "./image-info.ts";
import { limitsOf, placeOf } from "./image-place.ts";

function infoOf(version: 2 | 3, width: number, height: number, maxPixels = 150_000_000, pixelUm?: number) {
  const place = placeOf({ width, height, finestDownsample: 0 });
  if (place === undefined) throw new Error("no place");
  const limits = limitsOf(place, maxPixels);
  return imageInfo(version, place, {
    id: "http://x/iiif/3/7",
    limits,
    pixelUm,
    attribution: "Whom",
    terms: "http://x/terms",
  });
}

test("imageInfo(3) is the document of 3.0", () => {
  expect(infoOf(3, 1000, 600, 150_000_000, 1.5)).toEqual({
    "@context": "http://iiif.io/api/image/3/context.json",
    id: "http://x/iiif/3/7",
    type: "ImageService3",
    protocol: "http://iiif.io/api/image",
    profile: "level2",
    width: 1000,
    height: 600,
    sizes: [
      { width: 250, height: 150 },
      { width: 500, height: 300 },
      { width: 1000, height: 600 },
    ],
    tiles: [{ width: 256, scaleFactors: [1, 2, 4] }],
    maxWidth: 65_535,
    maxHeight: 65_535,
    maxArea: 4096 * 4096,
    extraFormats: ["webp", "tif"],
    extraQualities: ["color", "gray", "bitonal"],
    extraFeatures: ["canonicalLinkHeader", "mirroring", "profileLinkHeader", "rotationArbitrary", "sizeUpscaling"],
    service: [
      {
        id: "http://x/iiif/3/7/physdim.json",
        type: "Service",
        "@context": "http://iiif.io/api/annex/services/physdim/1/context.json",
        profile: "http://iiif.io/api/annex/services/physdim",
        physicalScale: 0.0015,
        physicalUnits: "mm",
      },
    ],
  });
});

test("imageInfo(3) names the manifests that show the image", () => {
  const place = placeOf({ width: 10, height: 10, finestDownsample: 0 });
  if (place === undefined) throw new Error("no place");
  const manifests = [{ id: "http://x/iiif/presentation/1/manifest", label: "Mouse" }];
  const facts = {
    id: "http://x/iiif/3/7",
    limits: limitsOf(place, 1e6),
    manifests,
    attribution: "Whom",
    terms: undefined,
  };
  const partOf = [{ id: "http://x/iiif/presentation/1/manifest", type: "Manifest", label: { en: ["Mouse"] } }];
  expect(imageInfo(3, place, facts)).toMatchObject({ partOf });
  expect(imageInfo(2, place, facts)).not.toHaveProperty("partOf");
});

test("imageInfo(2) is the document of 2.1", () => {
  expect(infoOf(2, 200, 100)).toEqual({
    "@context": "http://iiif.io/api/image/2/context.json",
    "@id": "http://x/iiif/3/7",
    "@type": "iiif:Image",
    protocol: "http://iiif.io/api/image",
    width: 200,
    height: 100,
    sizes: [{ width: 200, height: 100 }],
    tiles: [{ width: 256, scaleFactors: [1] }],
    attribution: "Whom",
    license: "http://x/terms",
    profile: [
      "http://iiif.io/api/image/2/level2.json",
      {
        formats: ["webp", "tif"],
        supports: [
          "canonicalLinkHeader",
          "mirroring",
          "profileLinkHeader",
          "regionSquare",
          "rotationArbitrary",
          "sizeAboveFull",
        ],
        maxWidth: 65_535,
        maxHeight: 65_535,
        maxArea: 4096 * 4096,
      },
    ],
  });
});

test("imageInfo() lists sizes within its limits, all where the image is, and a factor a tier", () => {
  const length = fc.integer({ min: 1, max: 200_000 });
  checkProperty(
    fc.property(length, length, (width, height) => {
      // The document as it is read.
      const info = JSON.parse(JSON.stringify(infoOf(3, width, height)));
      const tiers = tierCount(width, height);
      expect(info.tiles[0].scaleFactors).toEqual(Array.from({ length: tiers }, (_, index) => 2 ** index));
      expect(info.maxArea).toBeLessThanOrEqual(150_000_000);
      for (const size of info.sizes) {
        expect(
          size.width <= info.maxWidth && size.height <= info.maxHeight && size.width * size.height <= info.maxArea,
        ).toBe(true);
      }
      const isWithin = Math.max(width, height) <= 65_535 && width * height <= 150_000_000;
      expect(info.sizes.length === tiers).toBe(isWithin);
    }),
  );
});
