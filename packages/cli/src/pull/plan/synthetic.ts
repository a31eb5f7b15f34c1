import type { Api } from "../../api.ts";

/** The smallest question that every API answers. */
const QUESTION = "/api/v2/data/query.json?criteria=model::StructureGraph,rma::options[num_rows$eq1]";

/** Whether what answers says that its content is made up: the sample by its kind, a mirror in a header, the institute never. */
export async function isSynthetic(
  { kind, client }: Pick<Api, "kind" | "client">,
  signal: AbortSignal,
): Promise<boolean> {
  if (kind !== "mirror") return kind === "sample";
  const { headers } = await client.get(QUESTION, { signal, throwHttpErrors: false });
  return headers.get("x-brainatlas-atlas") === "synthetic";
}
