import { createCatalogue } from "../records/catalogue.ts";
import type { RecordDatabase } from "../records/record-database.ts";
import type { Format } from "../rma/format-answer.ts";
import { printNearNames, quote } from "../rma/near-names.ts";
import { schemaJson, schemaXml } from "../rma/schema-answer.ts";
import { answerError } from "./data-failure.ts";
import { dataHeaders } from "./data-headers.ts";
import { refuseFormat } from "./refuse.ts";

/** Answers with the listing of one model, or of all. A store without records has the service's models all the same. */
export async function answerSchema(
  database: RecordDatabase | undefined,
  model: string | undefined,
  format: Format,
  parameters: URLSearchParams,
): Promise<Response> {
  if (format === "csv") return refuseFormat(format, "json", "xml");
  const catalogue = database === undefined ? createCatalogue([]) : await database.catalogue();
  if (model !== undefined && catalogue.model(model) === undefined) {
    const near = printNearNames(model, catalogue.models);
    return answerError(`Error in query: there is no model ${quote(model)}${near}`, format);
  }
  const models = model === undefined ? catalogue.models : [model];
  const headers = dataHeaders(format, parameters);
  return new Response(format === "xml" ? schemaXml(catalogue, models) : schemaJson(catalogue, models), { headers });
}
