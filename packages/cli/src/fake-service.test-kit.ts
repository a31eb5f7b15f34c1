import { parseRmaRequest, printRma } from "@brainatlas/sdk/rma";

/** A service for tests that knows some rows, and keeps what it was asked. */
export interface FakeService {
  /** The queries in their canonical form, and the paths of other requests. */
  readonly asked: string[];
  readonly fetch: (url: string, init: RequestInit) => Promise<Response>;
}

/**
 * Answers every query with a page of the same rows, as many as it asks for, and a download of graph 1 with a small graph.
 *
 * @param rowsOf Rows of the answer by the text of the query.
 */
export function rowsService(rowsOf: readonly unknown[] | ((query: string) => readonly unknown[])): FakeService {
  const asked: string[] = [];
  const fetch = async (address: string): Promise<Response> => {
    const url = new URL(address);
    if (url.pathname.includes("structure_graph_download")) {
      asked.push(url.pathname);
      return envelope(url.pathname.endsWith("/1.json") ? [GRAPH] : []);
    }
    const query = parseRmaRequest(url.searchParams);
    asked.push(printRma(query));
    const last = query.stages.at(-1);
    const { startRow = 0, numRows = 50 } = last?.kind === "model" ? last.options : {};
    const rows = typeof rowsOf === "function" ? rowsOf(printRma(query)) : rowsOf;
    return envelope(rows.slice(startRow, numRows === "all" ? undefined : startRow + numRows), startRow, rows.length);
  };
  return { asked, fetch };
}

function envelope(rows: readonly unknown[], startRow = 0, totalRows = rows.length): Response {
  const counts = { start_row: startRow, num_rows: rows.length, total_rows: totalRows };
  return Response.json({ success: true, id: 0, ...counts, msg: rows });
}

interface Node {
  readonly id: number;
  readonly children: readonly Node[];
}

function node(id: number, acronym: string, name: string, colour: string, level: number, children: Node[] = []): Node {
  const columns = { id, atlas_id: null, ontology_id: 1, acronym, name, color_hex_triplet: colour, graph_order: null };
  return { ...columns, st_level: level, hemisphere_id: 3, parent_structure_id: null, children } as Node;
}

/** Fills in what depends on the place in the graph. */
function arrange(top: Node): Node {
  let order = -1;
  const place = (each: Node, parentId: number | null): Node => {
    order += 1;
    const own = { ...each, graph_order: order, parent_structure_id: parentId };
    return { ...own, children: each.children.map((child) => place(child, each.id)) };
  };
  return place(top, null);
}

/** A part of the mouse's graph; two structures share an acronym, as they do in the human one. */
export const GRAPH: Node = arrange(
  node(997, "root", "root", "FFFFFF", 0, [
    node(8, "grey", "Basic cell groups and regions", "BFDAE3", 1, [
      node(1089, "HPF", "Hippocampal formation", "7ED04B", 6, [
        node(382, "CA1", "Field CA1", "7ED04B", 8),
        node(423, "CA2", "Field CA2", "7ED04B", 8),
      ]),
      node(512, "CB", "Cerebellum", "F0F080", 2),
    ]),
    node(1009, "fiber tracts", "fiber tracts", "CCCCCC", 1, [
      node(71, "twin", "left twin", "CCCCCC", 2),
      node(72, "twin", "right twin", "CCCCCC", 2),
    ]),
  ]),
);
