import type { VoxelGrid } from "./grid.ts";

/**
 * The MetaImage header of a grid of floats, line by line as the service writes it (reference §6.1).
 *
 * `AnatomicalOrientation` is the service's word and not how the axes run.
 *
 * @param dataFile Name of the file of voxels beside it.
 * @example writeMhd({ spacingUm: 200, size: [67, 41, 58] }, "energy.raw").split("\n")[9] // → "DimSize = 67 41 58"
 */
export function writeMhd({ spacingUm, size }: VoxelGrid, dataFile: string): string {
  const fields: readonly (readonly [string, string | number])[] = [
    ["ObjectType", "Image"],
    ["NDims", 3],
    ["BinaryData", "True"],
    ["BinaryDataByteOrderMSB", "False"],
    ["TransformMatrix", "1 0 0 0 1 0 0 0 1"],
    ["Offset", "0 0 0"],
    ["CenterOfRotation", "0 0 0"],
    ["AnatomicalOrientation", "RAI"],
    ["ElementSpacing", `${spacingUm} ${spacingUm} ${spacingUm}`],
    ["DimSize", size.join(" ")],
    ["ElementType", "MET_FLOAT"],
    ["ElementDataFile", dataFile],
  ];
  return fields.map(([name, value]) => `${name} = ${value}\n`).join("");
}
