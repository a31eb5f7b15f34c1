import { checkCount, show } from "../check.ts";
import { DecodeError } from "../errors.ts";
import type { RequestOptions } from "../http/options.ts";
import type { StructureTree } from "../ontology/structure-tree.ts";
import type { Models } from "../rma/schema.generated.ts";
import { fetchRows } from "./fetch-rows.ts";
import type { Sender } from "./sender.ts";

/** Models whose rows lie in each other. */
export type TreeModel = "Structure" | "Specimen";

const TREE_MODELS: readonly string[] = ["Structure", "Specimen"] satisfies TreeModel[];

/** What a tree search gives beside the record itself. */
export interface TreeSearchOptions extends Omit<RequestOptions, "throwHttpErrors"> {
  /**
   * Whether those that it lies in come too.
   * @default false
   */
  ancestors?: boolean | undefined;
  /**
   * Whether those that lie in it come too.
   * @default false
   */
  descendants?: boolean | undefined;
}

/** Fetches a structure graph and reads it. */
export async function fetchStructureTree(
  sender: Sender,
  graphId: number,
  options: Omit<RequestOptions, "throwHttpErrors">,
): Promise<StructureTree> {
  const path = `/api/v2/structure_graph_download/${checkCount("graphId", graphId, 0)}.json`;
  // What reads a tree is loaded by those alone who ask for one.
  const [rows, { parseStructureGraph }] = await Promise.all([
    fetchRows(sender, path, options),
    import("../ontology/parse-structure-graph.ts"),
  ]);
  if (rows.length > 0) return parseStructureGraph(rows);
  const url = sender.baseUrl + path;
  throw new DecodeError(`structure graph ${graphId}`, {
    at: "msg[0]",
    expected: "the id of a StructureGraph",
    found: "no row",
    url,
  });
}

/** Fetches a record with its relatives. */
export async function fetchRelatives<Model extends TreeModel>(
  sender: Sender,
  model: Model,
  id: number,
  { ancestors = false, descendants = false, ...options }: TreeSearchOptions,
): Promise<Models[Model]["attributes"][]> {
  if (!TREE_MODELS.includes(model)) {
    throw new TypeError(`Cannot search model ${show(model)}; give one of ${TREE_MODELS.join(", ")}`);
  }
  const query = `?ancestors=${ancestors === true}&descendants=${descendants === true}`;
  const path = `/api/v2/tree_search/${model}/${checkCount("id", id, 0)}.json${query}`;
  // The columns are not checked, as those of rows() are not.
  return (await fetchRows(sender, path, options)) as Models[Model]["attributes"][];
}
