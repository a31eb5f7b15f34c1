import { referenceSpaces, structureGraphs, structureSets, structures } from "@brainatlas/sdk/queries";
import { rma } from "@brainatlas/sdk/rma";
import type { Api } from "../../api.ts";
import { asUsage, HintedError } from "../../errors.ts";
import type { PullPlan, PullRecords } from "../plan.ts";
import { askIfAnswered, askIfMirrored, askRecords, together, withRows } from "./ask-records.ts";
import { nameByIds } from "./plan-name.ts";
import { idOf, type PlanRow } from "./row-values.ts";
import { isSynthetic } from "./synthetic.ts";

/**
 * Plans structure graphs: their structures with their sets and their middles in reference space, and the lists of graphs, sets and reference
 * spaces, which are short.
 *
 * @param graphIds StructureGraph ids: 1 adult mouse, 10 human, 17 developing mouse.
 * @throws {HintedError} If the API has none of them.
 * @example (await planOntology(api, [1], signal)).title // → "structure graph 1, Mouse Brain Atlas"
 */
export async function planOntology(api: Api, graphIds: readonly number[], signal: AbortSignal): Promise<PullPlan> {
  const notes: string[] = [];
  const [{ records, graphs, structures: rows }, synthetic] = await together(signal, (both) =>
    Promise.all([askOntology(api, graphIds, both, notes), isSynthetic(api, both)]),
  );
  const found = new Set(rows.map(({ graph_id }) => graph_id));
  const missing = graphIds.filter((id) => !found.has(id));
  if (missing.length === graphIds.length) {
    const failure = new Error(`Cannot find the structures of graph ${missing.join(", ")} at ${api.label}`);
    throw new HintedError(failure, '"brainatlas rma model::StructureGraph" lists the graphs that it has');
  }
  const name = nameByIds("ontology", graphIds);
  const unknown = missing.map((id) => `Cannot find the structures of graph ${id} at ${api.label}`);
  return { title: titleOf(graphIds, graphs), name, things: [], records, notes, unknown, isSynthetic: synthetic };
}

function titleOf(graphIds: readonly number[], graphs: readonly PlanRow[]): string {
  const [only, ...others] = graphIds;
  const name = graphs.find((row) => idOf(row) === only)?.name;
  if (others.length > 0) return `structure graphs ${graphIds.join(", ")}`;
  return `structure graph ${only}${typeof name === "string" ? `, ${name}` : ""}`;
}

/** What was asked of graphs. */
export interface AskedOntology {
  readonly records: readonly PullRecords[];
  /** The graphs that the API has. */
  readonly graphs: readonly PlanRow[];
  readonly structures: readonly PlanRow[];
}

/** Asks for all rows of graphs, and for the lists of graphs, sets and reference spaces. */
export async function askOntology(
  api: Api,
  graphIds: readonly number[],
  signal: AbortSignal,
  notes: string[],
): Promise<AskedOntology> {
  const members = asUsage(() => structures.inGraph(graphIds)).include("structure_sets");
  const middles = rma("StructureCenter").via("structure", (structure) => structure.where("graph_id", "in", graphIds));
  const all = structureGraphs.all().include("ontology", (each) => each.include("organism"));
  const [graphs, found, ...others] = await Promise.all([
    askIfAnswered(api, "structure_graphs", all, signal, notes),
    askRecords(api, "structures", members, signal),
    askIfAnswered(api, "structure_sets", structureSets.all(), signal, notes),
    askIfAnswered(api, "structure_centers", middles, signal, notes),
    askIfAnswered(api, "reference_spaces", referenceSpaces.all(), signal, notes),
    askIfMirrored(api, "reference_to_reference_transforms", referenceSpaces.transforms(), signal, notes),
  ]);
  return { records: withRows(graphs, found, ...others), graphs: graphs?.rows ?? [], structures: found.rows };
}
