import { createReadStream } from "node:fs";
import { resolve } from "node:path";
import type { Context, Input } from "./context.ts";
import { UsageError } from "./errors.ts";
import { note } from "./output/notes.ts";
import { readRecords } from "./point-records.ts";

/** Where points are: on the command line, on standard input (`-`) or in a file. */
export interface PointOptions {
  readonly at?: readonly (readonly number[])[] | undefined;
  readonly points?: string | undefined;
  /** Names of the columns of the coordinates. @default x, y and z */
  readonly columns?: readonly string[] | undefined;
}

/** Some points: the columns they came with, and their coordinates, one point after the other. */
export interface PointBatch {
  readonly rows: readonly Readonly<Record<string, string | number>>[];
  readonly values: Float64Array;
}

const AXES = ["x", "y", "z"];

/** Points that are handed on at once: enough to be fast, few enough to be forgotten. */
const BATCH_POINTS = 5000;

/**
 * The points that are meant, as they are read.
 *
 * @param dimensions Coordinates of a point, 2 or 3.
 * @param added Columns that the answer adds, which the points must not have.
 * @throws {UsageError} If there are none, or two places for them.
 * @throws {Error} If they cannot be read, or one is none.
 */
export async function* readPoints(
  context: Context,
  { at, points, columns = AXES.slice(0, at?.[0]?.length) }: PointOptions,
  dimensions: 2 | 3,
  added: readonly string[],
): AsyncGenerator<PointBatch, void, undefined> {
  if ((at === undefined) === (points === undefined)) {
    throw new UsageError(
      at === undefined
        ? "Cannot map no point; give --at or --points"
        : "Cannot use --at and --points at once; give one of them",
    );
  }
  if (at !== undefined) {
    const rows = at.map((point) => Object.fromEntries(point.map((value, index) => [AXES[index] ?? "", value])));
    yield { rows, values: Float64Array.from(at.flat()) };
    return;
  }
  const names = columns.slice(0, dimensions);
  if (names.length < dimensions)
    throw new UsageError(`Cannot use --columns ${columns.join(",")}; give ${dimensions} names`);
  yield* readTable(context, points ?? "-", names, added);
}

async function* readTable(
  context: Context,
  place: string,
  names: readonly string[],
  added: readonly string[],
): AsyncGenerator<PointBatch, void, undefined> {
  const name = place === "-" ? "standard input" : JSON.stringify(place);
  let heading: readonly string[] | undefined;
  let line = 1;
  for await (const records of readRecords(openPlace(context, place), name, context.signal)) {
    const [first = [], ...rest] = records;
    const points = heading === undefined ? rest : records;
    heading ??= readHeading(first, name, names, added);
    for (let start = 0; start < points.length; start += BATCH_POINTS) {
      const part = points.slice(start, start + BATCH_POINTS);
      yield toBatch(part, { heading, names, name, line });
      line += part.length;
    }
  }
  if (heading === undefined) throw new UsageError(`Cannot map no point: ${name} is empty`);
}

function openPlace(context: Context, place: string): Input {
  if (place !== "-") return createReadStream(resolve(context.cwd, place));
  if (context.stdin.isTTY === true) note(context, "reading points from the terminal; end them with Ctrl-D");
  return context.stdin;
}

function readHeading(
  first: readonly string[],
  name: string,
  names: readonly string[],
  added: readonly string[],
): readonly string[] {
  const heading = first.map((each, index) => (index === 0 ? each.replace(/^\uFEFF/, "") : each).trim());
  const missing = names.filter((each) => !heading.includes(each));
  if (missing.length > 0) {
    throw new UsageError(
      `Cannot read points of ${name}: it has no column ${missing.join(", ")}; name those of the coordinates with --columns`,
    );
  }
  const twice = heading.find((each, index) => heading.indexOf(each) < index || added.includes(each));
  if (twice === undefined) return heading;
  throw new UsageError(`Cannot read points of ${name}: the answer would have two columns ${twice}; rename one`);
}

interface Table {
  readonly heading: readonly string[];
  readonly names: readonly string[];
  readonly name: string;
  /** Number of the first record among those after the heading, from 1. */
  readonly line: number;
}

const NUMBER = /^\s*[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d{1,3})?\s*$/i;

function toBatch(records: readonly string[][], { heading, names, name, line }: Table): PointBatch {
  const places = names.map((each) => heading.indexOf(each));
  const values = new Float64Array(records.length * places.length);
  let to = 0;
  const rows = records.map((record, index) => {
    if (record.length !== heading.length) {
      throw new Error(
        `Cannot read points of ${name}: point ${line + index} has ${record.length} fields, and there are ${heading.length} names`,
      );
    }
    for (const place of places) {
      const text = record[place] ?? "";
      if (!NUMBER.test(text)) {
        throw new Error(
          `Cannot read points of ${name}: ${heading[place]} of point ${line + index} is ${JSON.stringify(text.slice(0, 40))}; give a number`,
        );
      }
      values[to++] = Number(text);
    }
    const row: Record<string, string> = {};
    for (let column = 0; column < heading.length; column += 1) row[heading[column] ?? ""] = record[column] ?? "";
    return row;
  });
  return { rows, values };
}
