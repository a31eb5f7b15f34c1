import type { StructureTree } from "@brainatlas/sdk/ontology";
import type { Triple } from "@brainatlas/sdk/volume";
import type { Context } from "../context.ts";
import { UsageError } from "../errors.ts";
import { EXIT } from "../exit.ts";
import { loadStructures } from "../label-structures.ts";
import { printFacts } from "../output/table.ts";
import { sayCredit } from "../rows.ts";
import { type OpenedVolume, openVolume } from "../volumes.ts";
import { printValue } from "./volume-info-run.ts";
import type { VolumeLabelOptions } from "./volume-label-rows.ts";

/** Prints what is at a point, in words, or at several, as rows. Returns the exit code. */
export async function run(context: Context, options: VolumeLabelOptions): Promise<number> {
  const { at, points, columns, format, fields, json } = options;
  if (at === undefined && points === undefined) {
    throw new UsageError("Cannot look at no point; give --at or --points");
  }
  const [point, ...others] = at ?? [];
  const isOne = others.length === 0 && [points, columns, format, fields].every((each) => each === undefined);
  if (point === undefined || !isOne) {
    const { printLabels } = await import("./volume-label-rows.ts");
    return await printLabels(context, options);
  }
  const opened = await openVolume(context, options);
  const found = look(opened, toTriple(point));
  const tree = found.label === undefined ? undefined : await loadStructures(context, options, "the id without a name");
  const facts = { ...found, ...describeStructure(tree, found.label) };
  context.stdout.write(
    json === true ? `${JSON.stringify(toJson(facts, opened), undefined, 2)}\n` : printPoint(opened, facts, tree),
  );
  if (opened.api !== undefined) sayCredit(context, opened.api);
  return EXIT.done;
}

function toTriple([x = Number.NaN, y = Number.NaN, z = Number.NaN]: readonly number[]): Triple {
  return [x, y, z];
}

/** What is at a point. */
interface Found {
  readonly pointUm: Triple;
  readonly voxel: Triple;
  readonly value: number | undefined;
  /** Id of a structure; `undefined` where there is none, and where values are no ids. */
  readonly label: number | undefined;
}

/** What is known of a structure. */
interface Described {
  readonly acronym?: string;
  readonly name?: string;
  readonly path?: string;
}

function look({ volume, isAnnotation, title }: OpenedVolume, pointUm: Triple): Found {
  const voxel = volume.voxelAt(pointUm);
  if (voxel === undefined) {
    const from = volume.originUm.join(",");
    const to = volume.size.map((count, axis) => (volume.originUm[axis] ?? 0) + count * (volume.spacingUm[axis] ?? 0));
    throw new Error(
      `Cannot look at ${pointUm.join(",")} in ${title}; give a point from ${from} to below ${to.join(",")} µm`,
    );
  }
  const value = volume.valueAt(pointUm);
  return { pointUm, voxel, value, label: isAnnotation ? volume.labelAt(pointUm) : undefined };
}

function describeStructure(tree: StructureTree | undefined, label: number | undefined): Described {
  const structure = label === undefined ? undefined : tree?.get(label);
  if (tree === undefined || structure === undefined) return {};
  const { id, acronym, name } = structure;
  return { acronym: acronym.trim(), name: name.trim(), path: tree.pathText(id) };
}

function printPoint(
  { title, isAnnotation, noData }: OpenedVolume,
  facts: Found & Described,
  tree: StructureTree | undefined,
): string {
  const { voxel, value, label, acronym, name, path } = facts;
  const unknown = tree !== undefined && acronym === undefined;
  const structure = label === undefined ? "none" : unknown ? `${label}, which the graph does not have` : String(label);
  return printFacts(`${title} at ${facts.pointUm.join(", ")} µm`, [
    ["voxel", voxel.join(", ")],
    ["value", isAnnotation || value === undefined ? undefined : value === noData ? "no data" : printValue(value)],
    ["structure", isAnnotation ? structure : undefined],
    ["acronym", acronym],
    ["name", name],
    ["path", path],
  ]);
}

function toJson(
  { pointUm, voxel, value, label, acronym, name, path }: Found & Described,
  { noData }: OpenedVolume,
): object {
  return {
    pointUm,
    voxel,
    // JSON has no NaN.
    value: value === undefined || value === noData || !Number.isFinite(value) ? null : value,
    structure:
      label === undefined ? null : { id: label, acronym: acronym ?? null, name: name ?? null, path: path ?? null },
  };
}
