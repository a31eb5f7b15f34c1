import {
  parseStructureGraph,
  parseStructureGraphXml,
  type StructureRecord,
  type StructureTree,
} from "@brainatlas/sdk/ontology";
import { GRAPH_COLUMNS } from "../ontology/graph-rows.ts";
import type { ModelRow } from "../records/model-row.ts";
import { sqlBuilder, toStatement } from "../records/statement.ts";
import { writeRowsIn } from "../records/write-rows.ts";
import type { Writer } from "../records/writer.ts";
import type { FolderStore } from "../store/folder-store.ts";
import type { GivenRow } from "./given-row.ts";
import { type ImportOptions, type ImportSource, type ImportSummary, importError } from "./source.ts";

/** A structure graph, and what its document says of the graph itself. */
export interface GivenGraph {
  readonly tree: StructureTree;
  readonly id?: number | undefined;
  readonly name?: string | undefined;
  /** Whether the document has all of the columns of JSON, so that a null in one says that there is none. */
  readonly isWhole: boolean;
}

/** Whether rows are the roots of a downloaded structure graph (reference §4.1). */
export function isGraph(rows: readonly GivenRow[]): boolean {
  return rows.length > 0 && rows.every(({ row }) => Array.isArray(row.children) && typeof row.acronym === "string");
}

/** Whether a text begins as the XML form of a graph: of its own vocabulary, or with a structure right in the answer. */
export function isGraphXml(start: string): boolean {
  const root = start.replace(/^(?:\s|<\?[^>]*>|<!--[\s\S]*?-->)+/, "");
  return /^<structure_graph[\s>]/.test(root) || /^<Response[^>]*>\s*<structure>/.test(root);
}

/** Reads a graph in JSON. */
export function readGraph(source: ImportSource, document: unknown): GivenGraph {
  const tree = read(source, () => parseStructureGraph(document));
  return { tree, id: commonGraph(tree), isWhole: true };
}

/** The graph that all structures say they are of, where they say it: rows that were nested have that column, downloads have not. */
function commonGraph(tree: StructureTree): number | undefined {
  const [id, ...others] = new Set([...tree].map(({ graph_id }) => graph_id));
  return others.length === 0 && typeof id === "number" ? id : undefined;
}

/** Reads a graph in XML. */
export function readGraphXml(source: ImportSource, text: string): GivenGraph {
  const tree = read(source, () => parseStructureGraphXml(text));
  // What is said of the graph stands before its first structure; the text was read whole, so it is as it seems.
  const head = text.slice(0, text.indexOf("<structure>"));
  const id = /<id type="integer">(\d+)<\/id>/.exec(head)?.[1];
  const name = /<name>([^<&]+)<\/name>/.exec(head)?.[1];
  return { tree, id: id === undefined ? undefined : Number(id), name, isWhole: false };
}

function read(source: ImportSource, parse: () => StructureTree): StructureTree {
  try {
    return parse();
  } catch (cause) {
    throw importError(source, cause instanceof Error ? cause.message : String(cause), cause);
  }
}

/** Puts a structure graph: its structures, with what the tree tells of each, the graph itself and its ontology. */
export async function importGraph(
  store: FolderStore,
  source: ImportSource,
  graph: GivenGraph,
  options: ImportOptions,
): Promise<ImportSummary> {
  const id = graphIdOf(source, graph, options);
  const database = await store.records();
  const written = database.write((writer) => {
    checkOwners(writer, source, graph.tree, id);
    return writeRowsIn(writer, graphRows(graph, id));
  });
  return { entries: [], ...written };
}

/** A structure is of one graph: those that are held as another's would vanish from that one. */
function checkOwners(writer: Writer, source: ImportSource, tree: StructureTree, id: number): void {
  const others = sqlBuilder.selectFrom("structures").select(["id", "graph_id"]).where("graph_id", "!=", id);
  for (const [structure, graph] of writer.all(toStatement(others.compile()))) {
    if (!tree.has(Number(structure))) continue;
    throw importError(
      source,
      `it would be graph ${id}, and its structure ${structure} is held as one of graph ${graph}; import it as graph ${graph} (--graph), or into another store`,
    );
  }
}

function graphIdOf(source: ImportSource, { id: own }: GivenGraph, { graph: given }: ImportOptions): number {
  if (own !== undefined && given !== undefined && own !== given) {
    throw importError(source, `it is graph ${own}, and ${given} was given; leave the id (--graph) out`);
  }
  const named = /^(?:structure_graph_download_)?(\d{1,15})/.exec(source.name)?.[1];
  const id = own ?? given ?? (named === undefined ? undefined : Number(named));
  if (id !== undefined && Number.isSafeInteger(id) && id > 0) return id;
  throw importError(
    source,
    "it does not say which structure graph it is; begin its name with the id, as in 1.json, or give the id (--graph)",
  );
}

function* graphRows({ tree, name, isWhole }: GivenGraph, id: number): Generator<ModelRow> {
  const { root } = tree;
  const ontology = root?.ontology_id ?? undefined;
  yield {
    model: "StructureGraph",
    row: { id, name, root_structure_id: root?.id, ontology_id: ontology, ontology: ontology && { id: ontology } },
  };
  for (const structure of tree) {
    const path = tree.path(structure.id);
    yield {
      model: "Structure",
      row: {
        ...columnsOf(structure, isWhole),
        depth: path.length - 1,
        graph_id: id,
        structure_id_path: `/${path.join("/")}/`,
      },
    };
  }
}

/** Columns of JSON. What the XML form leaves out is null here, and would take away what is held. */
function columnsOf(structure: StructureRecord, isWhole: boolean): Record<string, unknown> {
  return Object.fromEntries(
    GRAPH_COLUMNS.map((name) => [name, structure[name]]).filter(([, value]) => isWhole || value !== null),
  );
}
