import { readFileSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createMirror, type FolderStore, importFile, openStore } from "@brainatlas/mirror";
import { BrainAtlas } from "@brainatlas/sdk";
import { recording } from "./recordings.ts";

// A store of the recorded graphs, and the same rows by a walk of its own, to compare the mirror's answers with.

export type Cell = string | number | null;
export type Row = Readonly<Record<string, Cell>>;
interface Node extends Record<string, unknown> {
  readonly children: readonly Node[];
}

export const GRAPHS: readonly number[] = [1, 8, 10, 16, 17];
/** Sets that are made here: of every structure of the mouse whose id the set's divides. */
export const SETS: readonly number[] = [7, 11, 500];
const COLUMNS = [
  ...["id", "atlas_id", "ontology_id", "acronym", "name", "color_hex_triplet", "graph_order", "st_level"],
  ...["hemisphere_id", "parent_structure_id"],
];

export interface RecordedGraphs {
  readonly allen: BrainAtlas;
  /** URLs that were asked for, in their order. */
  readonly asked: URL[];
  /** All structures of all graphs, by their ids, and those of the mouse. */
  readonly all: readonly Row[];
  readonly mouse: readonly Row[];
  close(): Promise<void>;
}

export function graphDocument(graph: number): { readonly msg: readonly Node[] } {
  return JSON.parse(readFileSync(recording("real", "structure-graph", `${graph}.json`), "utf8"));
}

function flatten(node: Node, graph: number, path: readonly Cell[] = []): Row[] {
  const own = [...path, node.id as number]; // As the service writes it.
  const columns = Object.fromEntries(COLUMNS.map((name) => [name, node[name] as Cell]));
  const row = { ...columns, graph_id: graph, depth: path.length, structure_id_path: `/${own.join("/")}/` };
  return [row, ...node.children.flatMap((child) => flatten(child, graph, own))];
}

/** The sets that a structure is in. */
export function setsOf(row: Row): number[] {
  return SETS.filter((set) => row.graph_id === 1 && Number(row.id) % set === 0);
}

/** A client of a mirror of a store, without a socket. */
export function clientOf(store: FolderStore, asked: URL[] = []): BrainAtlas {
  const mirror = createMirror({ store });
  const fetch = (url: string, init: RequestInit): Promise<Response> => {
    asked.push(new URL(url));
    return mirror.fetch(url, init);
  };
  return new BrainAtlas({ baseUrl: "http://mirror.test", fetch, retries: 0 });
}

export async function openRecordedGraphs(): Promise<RecordedGraphs> {
  const folder = await mkdtemp(join(tmpdir(), "brainatlas-test-"));
  const store = await openStore(join(folder, "store"), { create: true });
  const rows: Row[] = [];
  for (const graph of GRAPHS) {
    await importFile(store, recording("real", "structure-graph", `${graph}.json`), { graph });
    for (const root of graphDocument(graph).msg) rows.push(...flatten(root, graph));
  }
  const all = sorted(rows);
  const mouse = all.filter((row) => row.graph_id === 1);
  const put = async (model: string, given: readonly object[]): Promise<void> => {
    const path = join(folder, `${model}.json`);
    await writeFile(path, JSON.stringify(given));
    await importFile(store, path, { model });
  };
  const sets = SETS.map((id) => ({ id, name: `set ${id}`, description: null }));
  await put("StructureSet", sets);
  const pairs = mouse.flatMap((row) => setsOf(row).map((set) => ({ structure_set_id: set, structure_id: row.id })));
  const linking = pairs.map((pair, index) => ({ id: index + 1, ...pair }));
  await put("StructureSetsStructure", linking);
  const asked: URL[] = [];
  return {
    allen: clientOf(store, asked),
    asked,
    all,
    mouse,
    async close() {
      await store.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Compares as a database does: rows without a value last, or first where the order descends; then by id. */
export function sorted(
  rows: readonly Row[],
  ...keys: readonly (readonly [column: string, isDescending?: boolean])[]
): Row[] {
  return [...rows].sort((one, other) => {
    for (const [column, isDescending = false] of [...keys, ["id"] as const]) {
      const [a = null, b = null] = [one[column], other[column]];
      if (a === b) continue;
      const isBefore = a === null || b === null ? b === null : a < b;
      return isBefore === isDescending ? 1 : -1;
    }
    return 0;
  });
}
