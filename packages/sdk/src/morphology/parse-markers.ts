import { show } from "../check.ts";
import { DecodeError } from "../errors.ts";
import { NUMBER } from "./parse-swc.ts";

/** A place that was marked beside a reconstruction. */
export interface Marker {
  /** Place as the file has it. Public clients take it for pixels of the image stack, from 1; the file does not say. */
  readonly x: number;
  readonly y: number;
  readonly z: number;
  readonly radius: number;
  readonly shape: number;
  /** What is marked, such as `10` for a dendrite that was cut. */
  readonly name: string;
  readonly comment: string;
}

const WHAT = "the marker file";

/**
 * Reads the file of markers beside a reconstruction, of type `3DNeuronMarker` (reference §7): a line each of `x,y,z,radius,shape,name,comment`;
 * further columns, of colours, are left out.
 *
 * The columns are not in the reference: they are those that public clients read.
 *
 * @throws {DecodeError} With the line, from 1, if one has not six columns, or no number in the first five.
 * @example parseMarkers("##x,y,z,radius,shape,name,comment\n7,8,9,0,1,10,")[0].name // → "10"
 */
export function parseMarkers(text: string): Marker[] {
  const markers: Marker[] = [];
  for (const [index, raw] of text
    .replace(/^\uFEFF/, "")
    .split(/\r\n|\n|\r/)
    .entries()) {
    if (raw.trim() === "" || raw.startsWith("#")) continue;
    const fields = raw.split(",").map((field) => field.trim());
    const numbers = fields.slice(0, 5).map((field) => (NUMBER.test(field) ? Number(field) : Number.NaN));
    if (fields.length < 6 || !numbers.every(Number.isFinite)) throw fault(index + 1, raw);
    const [x = 0, y = 0, z = 0, radius = 0, shape = 0] = numbers;
    markers.push({ x, y, z, radius, shape, name: fields[5] ?? "", comment: fields[6] ?? "" });
  }
  return markers;
}

function fault(line: number, found: string): DecodeError {
  const expected = "x, y, z, radius and shape as numbers, and a name";
  return new DecodeError(WHAT, { at: `line ${line}`, expected, found: show(found) });
}
