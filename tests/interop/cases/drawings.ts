import { api, fileOf, type InteropCase, onlyFile } from "../support/case.ts";

const SVG = "svg_api.SvgApi";
const PLATE = 100883869;

/** Drawings of plates. */
export const DRAWING_CASES: readonly InteropCase[] = [
  {
    python: api(SVG, "get_svg", PLATE),
    ours: async (allen) => (await allen.svg(PLATE)).text(),
  },
  {
    python: api(SVG, "get_svg", PLATE, [28]),
    ours: async (allen) => (await allen.svg(PLATE, { groups: [28] })).text(),
  },
  {
    python: api(SVG, "download_svg", PLATE, [28, 159226751], "file:plate.svg"),
    ours: async (allen) => fileOf((await allen.svg(PLATE, { groups: [28, 159226751], download: true })).bytes()),
    theirs: onlyFile,
  },
  {
    python: api(SVG, "build_query", PLATE, [28], true),
    ours: async (allen) => (await allen.svg(PLATE, { groups: [28], download: true })).url,
  },
];
