import type { PlateSpec } from "./plate-table.ts";

const ISH_UM = 1.049;
const FLUORESCENCE_UM = 0.35;
const MIDLINE_UM = 5700;

/** Sections of experiments: in-situ hybridisation (sagittal) and connectivity (coronal). */
export const SECTION_SPECS: readonly PlateSpec[] = [
  {
    id: 69750516,
    dataSetId: 69782969,
    sectionNumber: 210,
    width: 14065,
    height: 7297,
    resolutionUm: ISH_UM,
    centreUm: [6650, 3860],
    turnDeg: 0.5,
    expressionPath: "/external/sample/ish/69782969/69750516_expression.aff",
    stain: "ish",
  },
  {
    id: 71592261,
    dataSetId: 71587929,
    sectionNumber: 186,
    width: 14400,
    height: 7360,
    resolutionUm: ISH_UM,
    centreUm: [6650, 3860],
    turnDeg: -0.8,
    expressionPath: "/external/sample/ish/71587929/71592261_expression.aff",
    stain: "ish",
  },
  fluorescent(102146167, 100141599, 74, 34048, 23936, 0.4),
  fluorescent(126862575, 126862385, 70, 34048, 24064, -0.5),
  fluorescent(126862583, 126862385, 78, 34048, 24064, 0.8),
];

function fluorescent(
  id: number,
  dataSetId: number,
  sectionNumber: number,
  width: number,
  height: number,
  turnDeg: number,
): PlateSpec {
  return {
    id,
    dataSetId,
    sectionNumber,
    width,
    height,
    resolutionUm: FLUORESCENCE_UM,
    centreUm: [MIDLINE_UM, 3850],
    turnDeg,
    expressionPath: `/external/sample/connectivity/${dataSetId}/${id}_projection.aff`,
    stain: "fluorescence",
  };
}
