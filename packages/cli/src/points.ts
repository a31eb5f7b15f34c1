import { createReadStream } from "node:fs";
import { resolve } from "node:path";
import type { Context, Input } from "./context.ts";
import { HintedError, UsageError } from "./errors.ts";
import { note } from "./output/notes.ts";
import { printCount } from "./output/quantities.ts";
import { type PointRecord, pointsError, readRecords } from "./point-records.ts";
import { describeReadError } from "./read-error.ts";

/** Where points are: on the command line, on standard input (`-`) or in a file. */
export interface PointOptions {
  readonly at?: readonly (readonly number[])[] | undefined;
  readonly points?: string | undefined;
  /** Names of the columns of the coordinates. @default x, y and z; of points in space x_um, y_um and z_um too */
  readonly columns?: readonly string[] | undefined;
}

/** Some points: the columns they came with, and their coordinates, one point after the other. */
export interface PointBatch {
  /** Names of the columns, in their order: that of the keys of a row may be another. */
  readonly columns: readonly string[];
  readonly rows: readonly Readonly<Record<string, unknown>>[];
  readonly values: Float64Array;
}

const AXES = ["x", "y", "z"];
/** What this program calls points in space that it found. */
const SPACE_AXES = ["x_um", "y_um", "z_um"];

/** Points that are handed on at once: enough to be fast, few enough to be forgotten. */
const BATCH_POINTS = 5000;

/**
 * The points that are meant, as they are read. A table without points gives one batch without any, which has the columns: who prints
 * rows prints their names then, and the next program finds them.
 *
 * What is wrong with the command line is wrong usage, exit code 2; what is wrong with a table is a failure, exit code 1.
 *
 * @param dimensions Coordinates of a point, 2 or 3.
 * @param added Columns that the answer adds, which the points must not have.
 * @throws {UsageError} If no place is said, or two are.
 * @throws {Error} If the table cannot be read, lacks columns, or one of its points is none.
 */
export async function* readPoints(
  context: Context,
  { at, points, columns }: PointOptions,
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
    yield { columns: AXES.slice(0, at[0]?.length), rows, values: Float64Array.from(at.flat()) };
    return;
  }
  if (columns !== undefined && columns.length < dimensions)
    throw new UsageError(`Cannot use --columns ${columns.join(",")}; give ${dimensions} names`);
  const choices = columns === undefined ? (dimensions === 3 ? [AXES, SPACE_AXES] : [AXES]) : [columns];
  yield* readTable(
    context,
    points ?? "-",
    choices.map((names) => names.slice(0, dimensions)),
    added,
  );
}

async function* readTable(
  context: Context,
  place: string,
  choices: readonly (readonly string[])[],
  added: readonly string[],
): AsyncGenerator<PointBatch, void, undefined> {
  const name = place === "-" ? "standard input" : JSON.stringify(place);
  let table: Table | undefined;
  let count = 0;
  for await (const records of readRecords(openPlace(context, place, name), name, context.signal)) {
    const points = table === undefined ? records.slice(1) : records;
    table ??= readHeading(records[0]?.fields.map(String) ?? [], name, choices, added);
    count += points.length;
    for (let start = 0; start < points.length; start += BATCH_POINTS) {
      yield toBatch(points.slice(start, start + BATCH_POINTS), table);
    }
  }
  if (table === undefined) throw pointsError(name, "it is empty; give points with names of columns above them");
  if (count > 0) return;
  note(context, `${name} has names of columns, and no points`);
  yield toBatch([], table);
}

function openPlace(context: Context, place: string, name: string): Input {
  if (place !== "-") return readFileChunks(resolve(context.cwd, place), name);
  if (context.stdin.isTTY === true) note(context, "reading points from the terminal; end them with Ctrl-D");
  return context.stdin;
}

async function* readFileChunks(path: string, name: string): AsyncGenerator<Uint8Array, void, undefined> {
  try {
    yield* createReadStream(path);
  } catch (cause) {
    throw pointsError(name, `${describeReadError(cause)}; give a file of csv, tsv or ndjson`, { cause });
  }
}

/** What the heading of a table says. */
interface Table {
  /** How the table is called in messages. */
  readonly name: string;
  readonly heading: readonly string[];
  /** Columns of the coordinates. */
  readonly names: readonly string[];
}

function readHeading(
  first: readonly string[],
  name: string,
  choices: readonly (readonly string[])[],
  added: readonly string[],
): Table {
  const heading = first.map((each) => each.trim());
  const twice = heading.find((each, index) => heading.indexOf(each) < index || added.includes(each));
  if (twice !== undefined) {
    throw pointsError(name, `the answer would have two columns ${JSON.stringify(twice)}; rename one`);
  }
  return { name, heading, names: chooseNames(heading, name, choices) };
}

/** The columns of the coordinates: the first of the choices that are all there. */
function chooseNames(
  heading: readonly string[],
  name: string,
  choices: readonly (readonly string[])[],
): readonly string[] {
  const found = choices.find((names) => names.every((each) => heading.includes(each)));
  if (found !== undefined) return found;
  const wanted = choices[0] ?? [];
  const missing = wanted.filter((each) => !heading.includes(each));
  const error = pointsError(
    name,
    `it has no column ${missing.join(", ")}, but ${printHeading(heading)}; name those of the coordinates with --columns`,
  );
  const advice = adviceFor(heading, wanted);
  throw advice === undefined ? error : new HintedError(error, advice);
}

/** Columns that a message names. */
const NAMED_COLUMNS = 8;

function printHeading(heading: readonly string[]): string {
  const named = heading.slice(0, NAMED_COLUMNS).map((each) => JSON.stringify(each.slice(0, 40)));
  return `${named.join(", ")}${heading.length > NAMED_COLUMNS ? ", …" : ""}`;
}

const SEPARATORS: Readonly<Record<string, string>> = { ";": "semicolons", "|": "bars", " ": "blanks" };

/** What may have been meant by a heading without the columns that are wanted. */
function adviceFor(heading: readonly string[], wanted: readonly string[]): string | undefined {
  const meant = wanted.map((each) => heading.find((other) => other.toLowerCase() === each.toLowerCase()));
  if (meant.every((each) => each !== undefined)) return `did you mean --columns ${meant.join(",")}?`;
  const [only = "", ...others] = heading;
  const separator = Object.keys(SEPARATORS).find((each) => others.length === 0 && only.includes(each));
  if (separator !== undefined) return `it seems to be separated by ${SEPARATORS[separator]}; give commas or tabs`;
  const isNumbers = heading.every((each) => NUMBER.test(each));
  return isNumbers ? "it seems to begin with a point; write the names of the columns above it" : undefined;
}

const NUMBER = /^\s*[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d{1,3})?\s*$/i;

function toBatch(records: readonly PointRecord[], { heading, names, name }: Table): PointBatch {
  const places = names.map((each) => heading.indexOf(each));
  const values = new Float64Array(records.length * places.length);
  let to = 0;
  const rows = records.map(({ line, fields }) => {
    if (fields.length !== heading.length) {
      const count = printCount(fields.length, "field", "fields");
      throw pointsError(
        name,
        `line ${line} has ${count}, and there are ${printCount(heading.length, "name", "names")}`,
      );
    }
    for (const place of places) {
      const value = readCoordinate(fields[place]);
      if (!Number.isFinite(value)) {
        const found = JSON.stringify(fields[place])?.slice(0, 40);
        throw pointsError(name, `${heading[place]} of line ${line} is ${found}; give a number`);
      }
      values[to++] = value;
    }
    return Object.fromEntries(heading.map((each, column) => [each, fields[column] ?? ""]));
  });
  return { columns: heading, rows, values };
}

function readCoordinate(field: unknown): number {
  if (typeof field === "number") return field;
  return typeof field === "string" && NUMBER.test(field) ? Number(field) : Number.NaN;
}
