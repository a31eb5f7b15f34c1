import type { StructureTree } from "@brainatlas/sdk/ontology";
import type { Context } from "../context.ts";
import { EXIT } from "../exit.ts";
import { loadStructures, type StructuresOptions } from "../label-structures.ts";
import type { Row } from "../output/fields.ts";
import { note } from "../output/notes.ts";
import { printCount, printNumber } from "../output/quantities.ts";
import { type PointBatch, type PointOptions, readPoints } from "../points.ts";
import { chooseFormat, defaultFormat, printRows, type RowOptions, type RowPage, sayCredit } from "../rows.ts";
import { type OpenedVolume, openVolume, type VolumeOptions } from "../volumes.ts";

/** Options of `brainatlas volume label`. */
export interface VolumeLabelOptions extends VolumeOptions, StructuresOptions, RowOptions, PointOptions {}

const LABEL_COLUMNS = ["structure_id", "structure_acronym", "structure_name"];
const VALUE_COLUMNS = ["value"];

/** Prints what is at points, a row for each, with the columns that it came with. Returns the exit code. */
export async function printLabels(context: Context, options: VolumeLabelOptions): Promise<number> {
  const format = chooseFormat(options, defaultFormat(context));
  const batches = readPoints(context, options, 3, [...LABEL_COLUMNS, ...VALUE_COLUMNS]);
  try {
    // The first points are read before the volume: a wrong file is told at once.
    const first = await batches.next();
    const opened = await openVolume(context, options);
    const tree = opened.isAnnotation ? await loadStructures(context, options, "ids without names") : undefined;
    const added = opened.isAnnotation ? LABEL_COLUMNS : VALUE_COLUMNS;
    const columns = first.done === true ? undefined : [...first.value.columns, ...added];
    const outside = { count: 0 };
    const pages = lookAtAll(first, batches, opened, tree, outside);
    const { rows } = await printRows(context, pages, { format, fields: options.fields, columns });
    if (outside.count > 0) {
      const points = printCount(rows, "point", "points");
      note(context, `${printNumber(outside.count)} of ${points} outside of ${opened.title}, without a value`);
    }
    if (opened.api !== undefined) sayCredit(context, opened.api);
    return EXIT.done;
  } finally {
    // An open standard input would keep the process.
    await batches.return();
  }
}

async function* lookAtAll(
  first: IteratorResult<PointBatch, void>,
  batches: AsyncGenerator<PointBatch, void, undefined>,
  opened: OpenedVolume,
  tree: StructureTree | undefined,
  outside: { count: number },
): AsyncGenerator<RowPage, void, undefined> {
  for (let next = first; next.done !== true; next = await batches.next()) {
    const { rows, values } = next.value;
    yield {
      rows: rows.map((row, index): Row => ({ ...row, ...lookAt(values.subarray(index * 3), opened, tree, outside) })),
    };
  }
}

function lookAt(
  [x = Number.NaN, y = Number.NaN, z = Number.NaN]: Float64Array,
  { volume, isAnnotation, noData }: OpenedVolume,
  tree: StructureTree | undefined,
  outside: { count: number },
): Record<string, string | number | null> {
  const isInside = volume.voxelAt([x, y, z]) !== undefined;
  if (!isInside) outside.count += 1;
  if (!isAnnotation) {
    const value = isInside ? volume.valueAt([x, y, z]) : undefined;
    return { value: value === undefined || value === noData || !Number.isFinite(value) ? null : value };
  }
  const label = isInside ? volume.labelAt([x, y, z]) : undefined;
  const structure = label === undefined ? undefined : tree?.get(label);
  return {
    structure_id: label ?? null,
    structure_acronym: structure?.acronym.trim() ?? null,
    structure_name: structure?.name.trim() ?? null,
  };
}
