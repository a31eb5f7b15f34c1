export type { FillRule } from "./area.ts";
export type { Drawing, DrawingGroup, PointOptions } from "./drawing.ts";
export { flattenPath } from "./flatten-path.ts";
export type { Matrix } from "./matrix.ts";
export { parseDrawing } from "./parse-drawing.ts";
export type { Box, Path, Subpath } from "./path.ts";
export { type PrintDrawingOptions, printDrawing } from "./print-drawing.ts";
export type { Region } from "./region.ts";
