import { IDENTITY, type Matrix } from "./matrix.ts";
import type { Path, Subpath } from "./path.ts";
import { PathFault, PathReader } from "./path-reader.ts";

/** Farthest coordinate, in full-resolution pixels: beyond any picture, and near enough to keep all arithmetic finite. */
export const MAX_COORDINATE_PX = 1e9;
/** Most segments of a drawing: some ninety times as many as the largest recorded one has. */
export const MAX_SEGMENTS = 1_000_000;

/** Numbers that a command takes, by its capital. */
const COUNTS: Readonly<Record<string, number>> = { M: 2, L: 2, H: 1, V: 1, C: 6, S: 4, Q: 4, T: 2 };

/** The pen: where it is, what it drew, and what a smooth curve goes on from. */
interface Pen {
  readonly matrix: Matrix;
  readonly maxSegments: number;
  readonly subpaths: Subpath[];
  /** Where in the text the numbers begin that are drawn. */
  offset: number;
  /** The stroke that is being drawn. */
  stroke: number[];
  segments: number;
  x: number;
  y: number;
  startX: number;
  startY: number;
  /** Last handle of the last curve, of the kind that says so. */
  handleX: number;
  handleY: number;
  handleOf: "" | "C" | "Q";
}

/**
 * Reads path data: `M L H V C S Q T Z`, absolute or relative. Quadratic curves become the cubic ones that they are. Arcs are not read: no
 * recorded drawing has one, and they are no cubic curves.
 *
 * @param matrix Applied to all points.
 * @param maxSegments Most segments that are taken.
 * @throws {PathFault} If the text is no path data, or of a size that no drawing has.
 */
export function parsePath(text: string, matrix: Matrix = IDENTITY, maxSegments: number = MAX_SEGMENTS): Path {
  const reader = new PathReader(text);
  const pen = newPen(matrix, maxSegments);
  for (let letter = reader.command(); letter !== undefined; letter = reader.command()) {
    const kind = letter.toUpperCase();
    const offset = reader.offset - 1;
    if (pen.stroke.length === 0 && kind !== "M") throw new PathFault(offset, "M, which path data begin with");
    if (kind === "Z") close(pen);
    else if (COUNTS[kind] === undefined) throw new PathFault(offset, "a command of M, L, H, V, C, S, Q, T and Z");
    else drawAll(pen, reader, kind, letter !== kind);
  }
  finish(pen, false);
  return Object.freeze({ subpaths: Object.freeze(pen.subpaths) });
}

function newPen(matrix: Matrix, maxSegments: number): Pen {
  const place = { x: 0, y: 0, startX: 0, startY: 0, handleX: 0, handleY: 0, handleOf: "" } as const;
  return { matrix, maxSegments, subpaths: [], offset: 0, stroke: [], segments: 0, ...place };
}

/** One command with all the numbers after it: more of them repeat it, and those after the first of M are lines. */
function drawAll(pen: Pen, reader: PathReader, kind: string, isRelative: boolean): void {
  const count = COUNTS[kind] ?? 0;
  let repeated = kind;
  do {
    pen.offset = reader.offset;
    const values = Array.from({ length: count }, () => reader.number());
    if (isRelative) toAbsolute(pen, kind, values);
    draw(pen, repeated, values);
    if (repeated === "M") repeated = "L";
  } while (reader.hasNumber());
}

function toAbsolute({ x, y }: Pen, kind: string, values: number[]): void {
  for (let i = 0; i < values.length; i += 1) {
    const isX = kind === "H" || (kind !== "V" && i % 2 === 0);
    values[i] = (values[i] ?? 0) + (isX ? x : y);
  }
}

function draw(pen: Pen, kind: string, values: readonly number[]): void {
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0] = values;
  if (kind === "M") move(pen, a, b);
  else if (kind === "L") line(pen, a, b);
  else if (kind === "H") line(pen, a, pen.y);
  else if (kind === "V") line(pen, pen.x, a);
  else if (kind === "C") cubic(pen, a, b, c, d, e, f);
  else if (kind === "S") cubic(pen, ...mirrored(pen, "C"), a, b, c, d);
  else if (kind === "Q") quadratic(pen, a, b, c, d);
  else quadratic(pen, ...mirrored(pen, "Q"), a, b);
}

function move(pen: Pen, x: number, y: number): void {
  finish(pen, false);
  pen.startX = x;
  pen.startY = y;
  begin(pen);
}

/** Begins a stroke at the start of the last. */
function begin(pen: Pen): void {
  pen.x = pen.startX;
  pen.y = pen.startY;
  pen.handleOf = "";
  push(pen, pen.x, pen.y);
}

function line(pen: Pen, x: number, y: number): void {
  segment(pen, pen.x, pen.y, x, y, x, y);
  pen.handleOf = "";
}

function cubic(pen: Pen, x1: number, y1: number, x2: number, y2: number, x: number, y: number): void {
  segment(pen, x1, y1, x2, y2, x, y);
  keepHandle(pen, "C", x2, y2);
}

function quadratic(pen: Pen, x1: number, y1: number, x: number, y: number): void {
  const third = (from: number, to: number): number => from + ((to - from) * 2) / 3;
  segment(pen, third(pen.x, x1), third(pen.y, y1), third(x, x1), third(y, y1), x, y);
  keepHandle(pen, "Q", x1, y1);
}

function segment(pen: Pen, x1: number, y1: number, x2: number, y2: number, x: number, y: number): void {
  push(pen, x1, y1);
  push(pen, x2, y2);
  push(pen, x, y);
  pen.x = x;
  pen.y = y;
  pen.segments += 1;
  if (pen.segments > pen.maxSegments) throw new PathFault(pen.offset, `at most ${MAX_SEGMENTS} segments in a drawing`);
}

function keepHandle(pen: Pen, kind: "C" | "Q", x: number, y: number): void {
  pen.handleX = x;
  pen.handleY = y;
  pen.handleOf = kind;
}

/** The first handle of a smooth curve: the last one of a curve of the same kind, mirrored. */
function mirrored({ x, y, handleX, handleY, handleOf }: Pen, kind: "C" | "Q"): [x: number, y: number] {
  return handleOf === kind ? [2 * x - handleX, 2 * y - handleY] : [x, y];
}

function push({ stroke, offset, matrix: [a, b, c, d, e, f] }: Pen, x: number, y: number): void {
  const [pageX, pageY] = [a * x + c * y + e, b * x + d * y + f];
  if (!(Math.abs(pageX) <= MAX_COORDINATE_PX && Math.abs(pageY) <= MAX_COORDINATE_PX)) {
    throw new PathFault(offset, `coordinates of at most ${MAX_COORDINATE_PX}`);
  }
  stroke.push(pageX, pageY);
}

function close(pen: Pen): void {
  finish(pen, true);
  begin(pen);
}

/** Keeps a stroke that draws something. */
function finish(pen: Pen, isClosed: boolean): void {
  if (pen.stroke.length > 2) pen.subpaths.push(Object.freeze({ points: Float64Array.from(pen.stroke), isClosed }));
  pen.stroke = [];
}
