import type { SampleAlternate } from "./plate.ts";

/** What tells one plate from the next; everything else of its record follows. */
export interface PlateSpec {
  readonly id: number;
  readonly dataSetId: number;
  readonly sectionNumber: number;
  /** Section box size in full-resolution pixels. */
  readonly width: number;
  readonly height: number;
  /** µm per full-resolution pixel. */
  readonly resolutionUm: number;
  /** Point of reference space that lies about the middle of the box, in the plane: across and down, in µm. */
  readonly centreUm: readonly [across: number, down: number];
  /** Turn of the section on the slide, in degrees. */
  readonly turnDeg: number;
  /** Place of the box in the stored file and size of that file; the box alone when absent. */
  readonly file?: { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
  readonly path?: string;
  /** Path of the mask: expression of an in-situ section, projection of a fluorescence one. */
  readonly expressionPath?: string;
  readonly alternates?: readonly SampleAlternate[];
  readonly stain: "nissl" | "ish" | "fluorescence";
}

const RESOLUTION_UM = 1.047;
const MIDLINE_UM = 5700;
const CORONAL_SET = 100048576;
const SAGITTAL_SET = 100042147;
const ADULT_GROUPS = [28, 159226751] as const;

/** Coronal plates: section number, width of the section, its top and its bottom, in µm. */
const CORONAL_SECTIONS: readonly (readonly [number, number, number, number])[] = [
  [13, 3000, 3300, 4900],
  [33, 3900, 2850, 5850],
  [53, 4100, 2750, 6300],
  [73, 4100, 2750, 6300],
  [93, 4700, 1800, 6100],
  [109, 5600, 1550, 6350],
  [125, 6200, 1400, 6650],
  [141, 6900, 1200, 6950],
  [157, 7700, 1100, 7200],
  [173, 8400, 1000, 7350],
  [189, 9100, 900, 7400],
  [205, 9500, 750, 7400],
  [221, 9700, 600, 7450],
  [237, 9800, 450, 7450],
  [253, 9900, 350, 7450],
  [285, 10200, 200, 7250],
  [301, 10300, 250, 7150],
  [317, 10400, 250, 7050],
  [333, 10400, 250, 7050],
  [349, 10300, 250, 7050],
  [365, 9900, 350, 7050],
  [381, 9400, 500, 7050],
  [397, 8900, 1000, 7100],
  [413, 8500, 1100, 7100],
  [429, 8500, 1100, 7200],
  [445, 8400, 1050, 7350],
  [461, 8300, 950, 7400],
  [481, 8100, 1050, 7350],
  [501, 7500, 1450, 7100],
  [509, 7000, 1500, 6900],
];

/** Sagittal plates: section number (25 µm apart, about 148 at the midline) and extents in µm. */
const SAGITTAL_SECTIONS: readonly (readonly [number, number, number, number, number])[] = [
  [154, 500, 13200, 200, 7450],
  [188, 200, 13200, 200, 7450],
  [216, 500, 13200, 250, 7450],
  [248, 2500, 13150, 400, 7450],
  [280, 3400, 13000, 700, 7300],
  [316, 4350, 11200, 1400, 6700],
];

const pixels = (lengthUm: number): number => Math.ceil(lengthUm / RESOLUTION_UM / 16) * 16;
const adult = (path: string): SampleAlternate => ({ imageType: "Atlas - Adult Mouse", path, groups: ADULT_GROUPS });
const turn = (index: number): number => 0.9 * Math.sin(index * 2.4 + 0.7);

function coronalSpecs(): readonly PlateSpec[] {
  return CORONAL_SECTIONS.map(([sectionNumber, widthUm, topUm, bottomUm], index) => {
    const id = 900000001 + index;
    return {
      id,
      dataSetId: CORONAL_SET,
      sectionNumber,
      width: Math.max(4480, pixels(widthUm + 1150)),
      height: pixels(bottomUm - topUm + 1000),
      resolutionUm: RESOLUTION_UM,
      centreUm: [MIDLINE_UM + 60 * Math.sin(index * 3.1), (topUm + bottomUm) / 2 + 60],
      turnDeg: turn(index),
      alternates: [adult(`/external/sample/atlas1/${id}/${id}_annotation.aff`)],
      stain: "nissl",
    };
  });
}

function sagittalSpecs(): readonly PlateSpec[] {
  return SAGITTAL_SECTIONS.map(([sectionNumber, frontUm, backUm, topUm, bottomUm], index) => {
    const id = 900000101 + index;
    return {
      id,
      dataSetId: SAGITTAL_SET,
      sectionNumber,
      width: pixels(backUm - frontUm + 1500),
      height: pixels(bottomUm - topUm + 1000),
      resolutionUm: RESOLUTION_UM,
      centreUm: [(frontUm + backUm) / 2 + 50 * Math.sin(index * 2.2), (topUm + bottomUm) / 2 + 60],
      turnDeg: turn(index + 40),
      alternates: [adult(`/external/sample/atlas2/${id}/${id}_annotation.aff`)],
      stain: "nissl",
    };
  });
}

const CLASSIC_CORONAL: PlateSpec = {
  id: 100960224,
  dataSetId: CORONAL_SET,
  sectionNumber: 269,
  width: 10560,
  height: 7552,
  resolutionUm: RESOLUTION_UM,
  centreUm: [MIDLINE_UM - 40, 3850],
  turnDeg: 0.6,
  alternates: [adult("/external/sample/atlas1/100960224/100960224_annotation.aff")],
  stain: "nissl",
};

const CLASSIC_STEM = "/external/0350/prod34/0205081399/0205081399";
const CLASSIC_SAGITTAL: PlateSpec = {
  id: 100883869,
  dataSetId: SAGITTAL_SET,
  sectionNumber: 168,
  width: 15504,
  height: 7824,
  resolutionUm: RESOLUTION_UM,
  centreUm: [6700, 3900],
  turnDeg: -0.7,
  file: { x: 3008, y: 30592, width: 21504, height: 44032 },
  path: `${CLASSIC_STEM}_devmouse.aff`,
  alternates: [
    { imageType: "Atlas - Developing Mouse", path: `${CLASSIC_STEM}_devmouse_rendered.aff`, groups: [32] },
    adult(`${CLASSIC_STEM}_mouse_rendered.aff`),
  ],
  stain: "nissl",
};

/** The plates of both atlases, in order of id. */
export const ATLAS_SPECS: readonly PlateSpec[] = [
  CLASSIC_SAGITTAL,
  CLASSIC_CORONAL,
  ...coronalSpecs(),
  ...sagittalSpecs(),
];
