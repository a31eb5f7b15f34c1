import type { RecordDatabase } from "../records/record-database.ts";
import { sqlBuilder, toStatement } from "../records/statement.ts";
import type { SqlValue } from "../records/values.ts";

/** What a graph says of a structure, in the order in which it was recorded (reference §4.1). */
export const GRAPH_COLUMNS = [
  "id",
  "atlas_id",
  "ontology_id",
  "acronym",
  "name",
  "color_hex_triplet",
  "graph_order",
  "st_level",
  "hemisphere_id",
  "parent_structure_id",
] as const;

/** A structure with those below it. */
export type GraphNode = Readonly<Record<(typeof GRAPH_COLUMNS)[number], SqlValue>> & {
  readonly children: GraphNode[];
};

/** The structures of a graph, in the graph's order. */
export async function readGraph(
  database: RecordDatabase,
  graphId: number,
  { timeLimitMs, signal }: { readonly timeLimitMs: number; readonly signal?: AbortSignal | undefined },
): Promise<GraphNode[]> {
  const query = sqlBuilder
    .selectFrom("structures")
    .select([...GRAPH_COLUMNS])
    .where("graph_id", "=", graphId)
    .orderBy("graph_order")
    .orderBy("id");
  const rows = await database.read(
    (reader) => reader.all(toStatement(query.compile()), { timeLimitMs, signal }),
    signal,
  );
  return rows.map((row) => {
    const columns = Object.fromEntries(GRAPH_COLUMNS.map((name, index) => [name, row[index] ?? null]));
    // The keys are the list's own.
    return { ...columns, children: [] } as unknown as GraphNode;
  });
}
