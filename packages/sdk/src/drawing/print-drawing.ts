import { checkCount, show } from "../check.ts";
import { type Drawing, type DrawingGroup, MAX_DOWNSAMPLE } from "./drawing.ts";
import { printMatrix, printScale } from "./matrix.ts";
import type { Region } from "./region.ts";

/** What is printed of a drawing. */
export interface PrintDrawingOptions {
  /**
   * Structures to print the regions of. Of these alone: give the descendants too, where they are wanted.
   * @default all
   */
  readonly structureIds?: Iterable<number> | undefined;
  /**
   * GraphicGroupLabel ids of the groups to print.
   * @default all
   */
  readonly groups?: readonly number[] | undefined;
  /**
   * How often the document halves the full resolution, 0 to 30.
   * @default the drawing's own, or 0
   */
  readonly downsample?: number | undefined;
}

/**
 * Prints a drawing, or some structures of it, as SVG in the form of the service (reference §2.1), byte for byte where the whole is
 * printed at its own scale. Groups stay, empty or not; path data are written as they were read.
 *
 * The size at a coarser tier is that of the service; at a finer one than the drawing has, it is a multiple of the drawing's, as the
 * fraction that was dropped is not known.
 *
 * @throws {RangeError} If the downsample is no whole number from 0 to 30.
 * @throws {TypeError} If the groups are no list.
 * @example printDrawing(parseDrawing('<svg width="9" height="9"/>')) // → '<svg width="9" height="9" xmlns="http://www.w3.org/2000/svg">\n<g transform="scale(1.0)">\n</g>\n</svg>'
 */
export function printDrawing(drawing: Drawing, options: PrintDrawingOptions = {}): string {
  const own = drawing.downsample ?? 0;
  const { structureIds, groups, downsample = own } = options;
  checkCount("downsample", downsample, 0, MAX_DOWNSAMPLE);
  if (groups !== undefined && !Array.isArray(groups)) {
    throw new TypeError(`Cannot use groups ${show(groups)}; give a list of GraphicGroupLabel ids`);
  }
  const wanted = structureIds === undefined ? undefined : new Set(structureIds);
  const isWanted = ({ structureId }: Region): boolean =>
    wanted === undefined || (structureId !== undefined && wanted.has(structureId));
  const paths = (regions: readonly Region[]): string => regions.filter(isWanted).map(printRegion).join("");
  const size = (length: number): number => Math.max(1, Math.floor(length * 2 ** (own - downsample)));
  const shown = drawing.groups.filter(({ labelId }) => groups?.includes(labelId ?? Number.NaN) ?? true);
  const lines = [
    `<svg width="${size(drawing.width)}" height="${size(drawing.height)}" xmlns="http://www.w3.org/2000/svg">`,
    `<g transform="scale(${printScale(2 ** -downsample)})">`,
    ...shown.map((group) => `${printGroup(group, drawing.imageId)}${paths(group.regions)}</g>`),
    ...(drawing.groups.length === 0 && groups === undefined ? [paths(drawing.regions)] : []),
    "</g>",
    "</svg>",
  ];
  return lines.filter((line) => line !== "").join("\n");
}

function printGroup({ id, order, label, labelId, matrix }: DrawingGroup, imageId: number | undefined): string {
  return `<g${printAttributes({
    id,
    order,
    parent_id: "",
    graphic_group_label_id: labelId ?? "",
    graphic_group_label: label,
    sub_image_id: imageId ?? "",
    transform: printMatrix(matrix),
  })}>`;
}

function printRegion({ id, groupId, order, structureId, d, style }: Region): string {
  const ids = { id, parent_id: groupId ?? "", order, structure_id: structureId ?? "" };
  return `<path${printAttributes({ ...ids, d, style })}/>`;
}

function printAttributes(attributes: Readonly<Record<string, string | number>>): string {
  return Object.entries(attributes)
    .map(([name, value]) => ` ${name}="${escapeText(String(value))}"`)
    .join("");
}

function escapeText(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
}
