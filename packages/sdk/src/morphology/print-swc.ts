import type { Morphology } from "./morphology.ts";

/**
 * A reconstruction in the SWC format, one line a node in the order that it has.
 *
 * @param comment Written above, each of its lines after a `#`.
 * @example printSwc(parseSwc("1 1 0 0 0 5.50 -1")) // → "1 1 0 0 0 5.5 -1\n"
 */
export function printSwc(morphology: Morphology, comment = ""): string {
  const { id, type, x, y, z, radius, parent, size } = morphology;
  const lines = comment === "" ? [] : comment.split(/\r\n|[\r\n]/).map((line) => `# ${line}`);
  for (let node = 0; node < size; node++) {
    const above = parent[node] ?? -1;
    const place = `${x[node]} ${y[node]} ${z[node]} ${radius[node]}`;
    lines.push(`${id[node]} ${type[node]} ${place} ${above < 0 ? -1 : id[above]}`);
  }
  return lines.map((line) => `${line}\n`).join("");
}
