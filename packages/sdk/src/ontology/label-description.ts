import { checkCount } from "../check.ts";
import { parseColor } from "./color.ts";
import type { StructureRecord } from "./structure-record.ts";

/** How labels are described to ITK-SNAP. */
export interface LabelDescriptionOptions {
  /** What a label is called. @default "acronym" */
  readonly label?: "acronym" | "name" | undefined;
  /**
   * Number of a structure in the label volume, from 1. ITK-SNAP holds labels in 16 bits, and many ids are above 65535: give the
   * numbers of the volume that is opened beside. Structures without a number are left out.
   *
   * @default the structure's id; none for id 0, the label of nothing
   */
  readonly indexOf?: ((structure: StructureRecord) => number | undefined) | undefined;
  /** Opacity, from 0 to 1. @default 1 */
  readonly alpha?: number | undefined;
  /** Ids of structures that are not shown at first. @default none */
  readonly hidden?: Iterable<number> | undefined;
  /** Ids of structures of which no surface is made. @default none */
  readonly withoutMesh?: Iterable<number> | undefined;
}

const HEADER = `################################################
# ITK-SnAP Label Description File
# File format:
# IDX   -R-  -G-  -B-  -A--  VIS MSH  LABEL
# Fields:
#    IDX:   Zero-based index
#    -R-:   Red color component (0..255)
#    -G-:   Green color component (0..255)
#    -B-:   Blue color component (0..255)
#    -A-:   Label transparency (0.00 .. 1.00)
#    VIS:   Label visibility (0 or 1)
#    MSH:   Label mesh visibility (0 or 1)
#  LABEL:   Label description
################################################
`;

/** Largest number that a label volume of 32 bits holds. */
const MAX_LABEL = 0xff_ff_ff_ff;

/**
 * Text of a label description file of ITK-SNAP, with its "Clear Label" for 0. A structure without a colour is black.
 *
 * Double quotes in a label become single ones and line ends become blanks, as the format has no way to write them.
 *
 * @throws {RangeError} If a number is not a whole one from 1, is given twice, or the opacity is not from 0 to 1.
 */
export function printLabelDescription(
  structures: Iterable<StructureRecord>,
  options: LabelDescriptionOptions = {},
): string {
  const { label = "acronym", indexOf = ({ id }) => id || undefined, alpha = 1 } = options;
  if (!(alpha >= 0 && alpha <= 1)) throw new RangeError(`Cannot use alpha ${alpha}; give a number from 0 to 1`);
  const [hidden, withoutMesh] = [new Set(options.hidden), new Set(options.withoutMesh)];
  const lines = new Map([[0, line(0, [0, 0, 0], "0", [false, false], "Clear Label")]]);
  for (const structure of structures) {
    const index = indexOf(structure);
    if (index === undefined) continue;
    checkCount(`the label number of structure ${structure.id}`, index, 1, MAX_LABEL);
    if (lines.has(index)) throw new RangeError(`Cannot use label ${index} twice; give each structure its own number`);
    const rgb = parseColor(structure.color_hex_triplet ?? "") ?? [0, 0, 0];
    const shown = [!hidden.has(structure.id), !withoutMesh.has(structure.id)];
    lines.set(index, line(index, rgb, alpha.toFixed(2), shown, structure[label]));
  }
  return `${HEADER}${[...lines.values()].join("")}`;
}

function line(index: number, rgb: readonly number[], alpha: string, shown: readonly boolean[], label: string): string {
  const colors = rgb.map((part) => String(part).padStart(4)).join(" ");
  const flags = shown.map((flag) => (flag ? 1 : 0)).join("  ");
  const text = label.trim().replaceAll('"', "'").replaceAll(/\s+/g, " ");
  return `${String(index).padStart(5)} ${colors} ${alpha.padStart(8)}  ${flags}    "${text}"\n`;
}
