import fc from "fast-check";
import { expect, test } from "vitest";
import { checkProperty } from "../../../../tests/support/property.ts";
import * as archive from "./archive-paths.ts";
import { type ArchiveFile, parseArchivePath, printAgeAtlasPath, printArchivePath } from "./archive-paths.ts";
import {
  parseExpressionGridPath,
  parseProjectionGridPath,
  printExpressionGridPath,
  printProjectionGridPath,
} from "./grid-paths.ts";
import { ANNOTATION_RELEASES, EXPRESSION_VOLUMES, PROJECTION_IMAGES, RESOLUTIONS_UM } from "./volume-names.ts";

const CCF = "/informatics-archive/current-release/mouse_ccf";

test("printArchivePath() writes the documented paths", () => {
  expect(archive.printTemplatePath(10)).toBe(`${CCF}/average_template/average_template_10.nrrd`);
  expect(archive.printNisslPath(25)).toBe(`${CCF}/ara_nissl/ara_nissl_25.nrrd`);
  expect(archive.printAnnotationPath("mouse_2011", 50)).toBe(`${CCF}/annotation/mouse_2011/annotation_50.nrrd`);
  expect(archive.printStructureMaskPath(385, 100)).toBe(
    `${CCF}/annotation/ccf_2017/structure_masks/structure_masks_100/structure_385.nrrd`,
  );
  expect(archive.printStructureMeshPath(385)).toBe(`${CCF}/annotation/ccf_2017/structure_meshes/385.obj`);
  expect(printAgeAtlasPath("E11pt5", "DevMouse2012_gridAnnotation")).toBe(
    "/informatics-archive/current-release/mouse_annotation/E11pt5_DevMouse2012_gridAnnotation.zip",
  );
});

const resolutionUm = fc.constantFrom(...RESOLUTIONS_UM);
const id = fc.nat({ max: 999_999_999_999 });
const files = fc.oneof(
  fc.record({ kind: fc.constantFrom("template" as const, "nissl" as const), resolutionUm }),
  fc.record({
    kind: fc.constant("annotation" as const),
    release: fc.constantFrom(...ANNOTATION_RELEASES),
    resolutionUm,
  }),
  fc.record({ kind: fc.constant("mask" as const), structureId: id, resolutionUm }),
  fc.record({ kind: fc.constant("mesh" as const), structureId: id }),
  fc.record({
    kind: fc.constant("age-atlas" as const),
    age: fc.stringMatching(/^[EP]\d{1,2}(pt5)?$/),
    type: fc.stringMatching(/^\w{1,20}$/),
  }),
) satisfies fc.Arbitrary<ArchiveFile>;

test("parseArchivePath() reads what printArchivePath() writes", () => {
  checkProperty(
    fc.property(files, (file) => {
      expect(parseArchivePath(printArchivePath(file))).toEqual(file);
    }),
  );
});

test.each([
  `${CCF}/average_template/average_template_30.nrrd`,
  `${CCF}/average_template/average_template_025.nrrd`,
  `${CCF}/average_template/../ara_nissl/ara_nissl_25.nrrd`,
  `${CCF}/annotation/ccf_2018/annotation_25.nrrd`,
  `${CCF}/annotation/ccf_2016/structure_meshes/997.obj`,
  `/x${CCF}/ara_nissl/ara_nissl_25.nrrd`,
  `${CCF}/ara_nissl/ara_nissl_25.nrrd/`,
  "/informatics-archive/current-release/mouse_annotation/../P56_a.zip",
  "",
])("parseArchivePath() does not know %s", (path) => {
  expect(parseArchivePath(path)).toBeUndefined();
});

test("parseExpressionGridPath() reads what printExpressionGridPath() writes", () => {
  const names = fc.uniqueArray(fc.constantFrom(...EXPRESSION_VOLUMES));
  checkProperty(
    fc.property(id, names, (dataSetId, include) => {
      expect(parseExpressionGridPath(printExpressionGridPath(dataSetId, include))).toEqual({ dataSetId, include });
    }),
  );
});

test("parseProjectionGridPath() reads what printProjectionGridPath() writes", () => {
  const images = fc.constantFrom(...PROJECTION_IMAGES);
  checkProperty(
    fc.property(id, images, resolutionUm, (dataSetId, image, resolution) => {
      const path = printProjectionGridPath(dataSetId, { image, resolutionUm: resolution });
      expect(parseProjectionGridPath(path)).toEqual({ dataSetId, image, resolutionUm: resolution });
    }),
  );
});

test("parse…GridPath() applies the defaults, and passes over what it does not know", () => {
  expect(parseProjectionGridPath("/grid_data/download_file/7?x=1")).toEqual({
    dataSetId: 7,
    image: "projection_density",
    resolutionUm: 100,
  });
  // The documented prototype, which the service was seen to answer with the default zip.
  expect(parseExpressionGridPath("/grid_data/download/7&include=density")).toEqual({ dataSetId: 7, include: [] });
  expect(parseExpressionGridPath("/grid_data/download/7?include=energy,energy,")?.include).toEqual(["energy"]);
  for (const path of ["/grid_data/download/", "/grid_data/download/7/8", "/grid_data/download/-7", "/grid_data"]) {
    expect([parseExpressionGridPath(path), parseProjectionGridPath(path)]).toEqual([undefined, undefined]);
  }
});

test("grid paths are refused in words", () => {
  expect(() => parseExpressionGridPath("/grid_data/download/7?include=enrgy")).toThrow(
    'Cannot use volume "enrgy"; give one of energy, density, intensity, injection',
  );
  expect(() => parseProjectionGridPath("/grid_data/download_file/7?resolution=1e2")).toThrow(
    'Cannot use resolution "1e2"; give one of 10, 25, 50, 100, in µm',
  );
  expect(() => printExpressionGridPath(-1)).toThrow(RangeError);
  expect(() => printProjectionGridPath(1, { image: "toString" as "data_mask" })).toThrow("Cannot use image");
  expect(() => printAgeAtlasPath("..", "x")).toThrow('Cannot use age ".."; give letters, digits and _');
});
