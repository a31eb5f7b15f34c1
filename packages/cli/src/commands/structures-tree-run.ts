import type { StructureRecord, StructureRow, StructureTree } from "@brainatlas/sdk/ontology";
import type { Context } from "../context.ts";
import { UsageError } from "../errors.ts";
import { EXIT } from "../exit.ts";
import { printNumber } from "../output/quantities.ts";
import { roomOf } from "../output/room.ts";
import type { RowFormat } from "../output/row-printer.ts";
import { SWATCH_WIDTH, swatchPrinter } from "../output/swatch.ts";
import { oneLine } from "../output/table.ts";
import { fitText } from "../output/width.ts";
import { writeText } from "../output/write-text.ts";
import { chooseFormat, onePage, printRows, type RowOptions, sayCredit } from "../rows.ts";
import { chooseStructure, type GraphOptions, loadGraph } from "../structures.ts";

/** Options of `brainatlas structures tree`. */
export interface StructuresTreeOptions extends GraphOptions, RowOptions<RowFormat | "tree"> {
  /** Id or acronym; `undefined` for the whole graph. */
  readonly structure?: string | undefined;
  readonly depth?: number | undefined;
}

const COLUMNS = ["depth", "id", "acronym", "name", "color_hex_triplet"] as const;
const INDENT = "  ";

/** Prints structures as a tree, or as rows. Returns the exit code. */
export async function run(context: Context, options: StructuresTreeOptions): Promise<number> {
  const { structure, depth = Number.POSITIVE_INFINITY, fields } = options;
  if (depth < 0) throw new UsageError(`Cannot use --depth ${depth}; give a whole number of 0 or more`);
  const format = chooseFormat(options, "tree");
  if (format === "tree" && fields !== undefined) {
    throw new UsageError("Cannot use --fields with --format tree; give another format");
  }
  const graph = await loadGraph(context, options);
  const tops = structure === undefined ? graph.tree.roots : [chooseStructure(graph, structure)];
  const shown = selectDown(graph.tree, tops, depth);
  if (format === "tree") await writeText(context, printTree(context, graph.tree, shown));
  else if (format === "json" && fields === undefined) await writeText(context, printNested(graph.tree, shown));
  else await printRows(context, onePage(rowsOf(graph.tree, shown)), { format, fields, columns: COLUMNS });
  sayCredit(context, graph.api);
  return EXIT.done;
}

/** The part of a tree that is so many levels below some structures. */
function selectDown(tree: StructureTree, tops: readonly StructureRecord[], depth: number): StructureTree {
  const kept = new Set<number>();
  for (const top of tops) {
    const deepest = tree.level(top.id) + depth;
    for (const { id } of tree.descendants(top.id, { self: true })) if (tree.level(id) <= deepest) kept.add(id);
  }
  return tree.filter(({ id }) => kept.has(id));
}

/** Flat rows; depth, parent and path are those of the whole tree. */
function rowsOf(whole: StructureTree, shown: StructureTree): StructureRow[] {
  return whole.toRows().filter(({ id }) => shown.has(id));
}

function printTree(context: Context, whole: StructureTree, shown: StructureTree): string {
  const swatch = swatchPrinter(context);
  const room = roomOf(context) - (swatch(undefined) === "" ? 0 : SWATCH_WIDTH);
  const lines = Array.from(shown, ({ id, acronym, name }) => {
    const hidden = whole.descendants(id).length - shown.descendants(id).length;
    const isCut = hidden > 0 && shown.children(id).length === 0;
    const more = isCut ? `  +${printNumber(hidden)}` : "";
    const text = `${INDENT.repeat(shown.level(id))}${acronym.trim()}  ${name.trim()}  ${id}${more}`;
    return `${swatch(whole.rgb(id))}${fitText(oneLine(text), room)}\n`;
  });
  return lines.join("");
}

/** Nested records; those outermost keep the parent that they have in the whole tree. */
function printNested(whole: StructureTree, shown: StructureTree): string {
  const tops = shown.toNested().map((top) => ({ ...top, parent_structure_id: whole.parent(top.id)?.id ?? null }));
  return `${JSON.stringify(tops, undefined, 2)}\n`;
}
