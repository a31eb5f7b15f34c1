import type { Mesh } from "./mesh.ts";

/**
 * A mesh as a file in Wavefront's OBJ format, as short as numbers can be without loss.
 *
 * @param comment Written on a line of its own at the top.
 * @example printObj({ positions: Float64Array.of(0, 0, 0), normals: undefined, triangles: new Uint32Array(0) }) // → "v 0 0 0\n"
 */
export function printObj({ positions, normals, triangles }: Mesh, comment = ""): string {
  const lines = comment === "" ? [] : [`# ${comment.replaceAll(/[\r\n\\]+/g, " ")}`];
  pushRows(lines, "v", positions);
  if (normals !== undefined) pushRows(lines, "vn", normals);
  const corner = (index: number): string => {
    const number = (triangles[index] ?? 0) + 1;
    return normals === undefined ? `${number}` : `${number}//${number}`;
  };
  for (let t = 0; t < triangles.length; t += 3) lines.push(`f ${corner(t)} ${corner(t + 1)} ${corner(t + 2)}`);
  return lines.map((line) => `${line}\n`).join("");
}

function pushRows(lines: string[], word: string, values: Float64Array): void {
  for (let i = 0; i < values.length; i += 3) lines.push(`${word} ${values[i]} ${values[i + 1]} ${values[i + 2]}`);
}
