import { atlasImages, equalizations, sectionDataSets, sectionImages } from "@brainatlas/sdk/queries";
import { named, type PythonArguments } from "../support/allensdk.ts";
import { api, fileOf, type InteropCase, onlyFile, rows } from "../support/case.ts";

const IMAGES = "image_download_api.ImageDownloadApi";

type Ours = (allen: Parameters<InteropCase["ours"]>[0]) => { download(): Promise<{ bytes(): Uint8Array }> };

/** A picture, byte for byte. */
function picture(method: string, id: number, args: PythonArguments, image: Ours): InteropCase {
  return {
    python: api(IMAGES, method, id, "file:image.jpg", named(args)),
    ours: async (allen) => fileOf((await image(allen).download()).bytes()),
    theirs: onlyFile,
  };
}

const REGION = { left: 6174, top: 2282, width: 300, height: 200 };
const RANGE = [0, 932, 0, 1279, 0, 4095] as const;

/** Pictures, and the records that go with them. */
export const IMAGE_CASES: readonly InteropCase[] = [
  picture("download_image", 69750516, { downsample: 5 }, (allen) => allen.subImage(69750516, { downsample: 5 })),
  picture("download_image", 69750516, { downsample: 1, quality: 30, ...REGION }, (allen) =>
    allen.subImage(69750516, { downsample: 1, quality: 30, ...REGION }),
  ),
  picture("download_section_image", 69750516, { downsample: 5, expression: true }, (allen) =>
    allen.sectionImage(69750516, { downsample: 5, expression: true }),
  ),
  picture("download_section_image", 69750516, { downsample: 5, view: "expression" }, (allen) =>
    allen.sectionImage(69750516, { downsample: 5, view: "expression" }),
  ),
  picture("download_section_image", 126862575, { downsample: 6, range: RANGE }, (allen) =>
    allen.sectionImage(126862575, { downsample: 6, range: RANGE }),
  ),
  picture("download_section_image", 126862575, { downsample: 6, rgb: [1, 0.5, 0.25], contrast: [0.5, 0.5] }, (allen) =>
    allen.sectionImage(126862575, { downsample: 6, rgb: [1, 0.5, 0.25], contrast: [0.5, 0.5] }),
  ),
  picture("download_section_image", 69750516, { downsample: 5, view: "expression", colormap: [30, "jet"] }, (allen) =>
    allen.sectionImage(69750516, { downsample: 5, view: "expression", colormap: { map: "jet", lowerThreshold: 30 } }),
  ),
  picture("download_atlas_image", 100883869, { downsample: 5, annotation: true, atlas: 2 }, (allen) =>
    allen.atlasImage(100883869, { downsample: 5, annotation: true, atlas: 2 }),
  ),
  picture("download_atlas_image", 100883869, { downsample: 5, annotation: false }, (allen) =>
    allen.atlasImage(100883869, { downsample: 5, annotation: false }),
  ),
  picture("download_projection_image", 126862583, { downsample: 6, projection: true }, (allen) =>
    allen.projectionImage(126862583, { downsample: 6, projection: true }),
  ),
  picture("download_projection_image", 126862583, { downsample: 6, view: "projection" }, (allen) =>
    allen.projectionImage(126862583, { downsample: 6, view: "projection" }),
  ),
  {
    python: api(IMAGES, "get_section_image_ranges", [126862575]),
    ours: async (allen) =>
      (await allen.rows(equalizations.ofSectionImages(126862575)).all()).map((row) => [
        row.red_lower,
        row.red_upper,
        row.green_lower,
        row.green_upper,
        row.blue_lower,
        row.blue_upper,
      ]),
  },
  rows(api(IMAGES, "section_image_query", 126862385), sectionImages.ofDataSet(126862385)),
  rows(api(IMAGES, "get_section_data_sets_by_product", [5]), sectionDataSets.find({ product: 5 })),
  rows(api(IMAGES, "atlas_image_query", 1), atlasImages.annotatedByType(1)),
  rows(
    api(IMAGES, "atlas_image_query", 1, "Atlas - Adult Mouse"),
    atlasImages.annotated(1, { imageType: "Atlas - Adult Mouse" }),
  ),
];
