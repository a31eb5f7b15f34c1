import type { StructureRecord, StructureTree } from "@brainatlas/sdk/ontology";
import type { Context } from "../context.ts";
import { EXIT } from "../exit.ts";
import { swatchPrinter } from "../output/swatch.ts";
import { printFacts } from "../output/table.ts";
import { sayCredit } from "../rows.ts";
import { chooseStructure, type GraphOptions, loadGraph } from "../structures.ts";

/** Options of `brainatlas structures show`. */
export interface StructuresShowOptions extends GraphOptions {
  /** Id, acronym or name. */
  readonly structure: string;
  readonly json?: boolean | undefined;
}

/** Prints what is known of a structure. Returns the exit code. */
export async function run(context: Context, options: StructuresShowOptions): Promise<number> {
  const graph = await loadGraph(context, options);
  const structure = chooseStructure(graph, options.structure);
  if (options.json === true) {
    context.stdout.write(`${JSON.stringify(toJson(graph.tree, structure), undefined, 2)}\n`);
  } else {
    const swatch = swatchPrinter(context)(graph.tree.rgb(structure.id));
    context.stdout.write(swatch + printStructure(graph.tree, structure));
  }
  sayCredit(context, graph.api);
  return EXIT.done;
}

const HEMISPHERES: Readonly<Record<number, string>> = { 1: "left", 2: "right", 3: "both" };

function printStructure(tree: StructureTree, structure: StructureRecord): string {
  const { id, acronym, name, color_hex_triplet: colour, st_level: level, graph_order: order } = structure;
  const parent = tree.parent(id);
  const children = tree.children(id);
  const below = tree.descendants(id).length;
  return printFacts(name.trim(), [
    ["id", String(id)],
    ["acronym", acronym.trim()],
    ["colour", colour === null ? undefined : `#${colour}`],
    ["level", level === null ? undefined : String(level)],
    ["depth", String(tree.level(id))],
    ["order", order === null ? undefined : String(order)],
    ["side", structure.hemisphere_id === null ? undefined : HEMISPHERES[structure.hemisphere_id]],
    ["path", tree.pathText(id)],
    ["parent", parent && `${parent.acronym.trim()}, ${parent.name.trim()} (${parent.id})`],
    ["children", children.length === 0 ? "none" : children.map((child) => child.acronym.trim()).join(", ")],
    ["within it", below === children.length ? undefined : `${below} structures`],
  ]);
}

/** The record as it came, and its relatives. */
function toJson(tree: StructureTree, structure: StructureRecord): Record<string, unknown> {
  const brief = ({ id, acronym, name }: StructureRecord): object => ({ id, acronym, name });
  const parent = tree.parent(structure.id);
  return {
    ...structure,
    depth: tree.level(structure.id),
    path: tree.ancestors(structure.id, { self: true }).reverse().map(brief),
    parent: parent === undefined ? null : brief(parent),
    children: tree.children(structure.id).map(brief),
  };
}
