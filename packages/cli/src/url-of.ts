import type { TypedQuery } from "@brainatlas/sdk/rma";
import type { Api } from "./api.ts";
import type { Context } from "./context.ts";

/**
 * The URL of a query's first request, as the client would send it. Nothing is sent: the request ends in this process.
 *
 * @param format Form of the answer that `query()` is to ask for; `undefined` for the first page of `rows()`.
 */
export async function findUrl(
  context: Context,
  api: Api,
  query: TypedQuery<unknown>,
  format?: "json" | "csv" | "xml",
): Promise<string> {
  const { BrainAtlas } = await context.load.sdk();
  let found = "";
  const client = new BrainAtlas({
    baseUrl: api.client.baseUrl,
    fetch: async (url, { body }) => {
      // A long query is sent as a form; in the URL it means the same.
      found ||= typeof body === "string" ? `${url}?${body}` : url;
      return Response.json({ success: true, num_rows: 0, total_rows: 0, msg: [] });
    },
  });
  if (format !== undefined) await client.query(query, { format });
  else await client.rows(query).pages().next();
  return found;
}
