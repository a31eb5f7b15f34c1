import { rma } from "../rma/builder.ts";
import type { EmptyCheck } from "../rma/builder-stages.ts";
import type { ModelRow } from "./model-types.ts";
import type { Keys } from "./values.ts";
import { CHECKED_ROWS, checkOf, listed, missingIds, missingName } from "./why-empty.ts";

/** Asks for the structure graphs of these ids, or of names like the one given. */
export function checkGraph(keys: Keys): EmptyCheck | undefined {
  const advice = "structureGraphs.all() lists what there is";
  const graphs = rma("StructureGraph");
  if ("ids" in keys) return missingIds("structure graph", keys.ids, graphs.where("id", "in", keys.ids), advice);
  return missingName("structure graph", keys.names, (name) => graphs.where("name", "il", name), advice);
}

/** Asks for the structure sets of these ids, or of names like the one given. */
export function checkSet(keys: Keys): EmptyCheck | undefined {
  const advice = "structureSets.all() lists what there is";
  const sets = rma("StructureSet");
  if ("ids" in keys) return missingIds("structure set", keys.ids, sets.where("id", "in", keys.ids), advice);
  return missingName("structure set", keys.names, (name) => sets.where("name", "il", name), advice);
}

type Column = "acronym" | "name";
type Rows = readonly ModelRow<"Structure">[];

/**
 * Asks for the text in any case and any graph. A text that looks like a name is looked for among names, and the other way round:
 * one question cannot ask for both.
 */
export function checkStructureText(column: Column, text: string, graphIds: readonly number[] | undefined): EmptyCheck {
  const asked = looksLikeName(text) ? "name" : "acronym";
  return checkOf(rma("Structure").where(asked, "il", text.trim()), (rows) =>
    asked === column ? explainSpelling(column, text, graphIds, rows) : explainSwap(column, text, rows),
  );
}

/** Names are words, or several; acronyms are short, or have capitals within. */
function looksLikeName(text: string): boolean {
  return /\s/.test(text.trim()) || /^[A-Za-z][a-z]{4,}$/.test(text.trim());
}

function explainSwap(column: Column, text: string, rows: Rows): string | undefined {
  const [row] = rows;
  if (row === undefined || row[column] === text) return undefined;
  const [other, call] = column === "acronym" ? (["name", "byName"] as const) : (["acronym", "byAcronym"] as const);
  return `"${text}" is the ${other} of a structure, not its ${column}; use structures.${call}(${listed([row[other]])})`;
}

function explainSpelling(
  column: Column,
  text: string,
  graphIds: readonly number[] | undefined,
  rows: Rows,
): string | undefined {
  if (rows.length === 0) return `No structure of any graph has ${column} "${text}", in any case of letters`;
  const exact = rows.filter((row) => row[column] === text);
  const asked = exact.filter((row) => graphIds?.includes(row.graph_id ?? 0) ?? true);
  if (asked.length > 0 || rows.length >= CHECKED_ROWS) return undefined;
  if (exact.length > 0 && graphIds !== undefined) {
    const graphs = listed(exact.map((row) => row.graph_id));
    return `No structure of graph ${listed(graphIds)} has ${column} "${text}", but one of graph ${graphs} has; give that graphId`;
  }
  const spelled = listed(rows.map((row) => row[column]));
  const graphs = listed(rows.map((row) => row.graph_id));
  return `No structure has ${column} "${text}", but there is ${spelled} in graph ${graphs}; give it in that spelling`;
}
