import { parseRmaRequest, type Query } from "@brainatlas/sdk/rma";
import type { RecordDatabase } from "../records/record-database.ts";
import { type Format, formatAnswer, formatService, isFormat } from "../rma/format-answer.ts";
import type { QueryAnswer, QueryLimits } from "../rma/result.ts";
import { closeBatches } from "../rma/row-stream.ts";
import { runQuery } from "../rma/run-query.ts";
import { createServiceRunner } from "../services/run-service.ts";
import type { ReadDensity } from "../services/service.ts";
import type { AtlasStore } from "../store/atlas-store.ts";
import { answerFailure } from "./data-failure.ts";
import { dataHeaders } from "./data-headers.ts";
import { readParameters } from "./data-parameters.ts";
import { type DataPath, readDataPath } from "./data-path.ts";
import { answerSchema } from "./data-schema.ts";
import { holdsAny } from "./holds-any.ts";
import { refuseFormat, refuseNotMirrored } from "./refuse.ts";
import { answerStored } from "./stored-answer.ts";
import { startText } from "./text-body.ts";

/** What answers of data come from. */
export interface DataSource {
  readonly store: AtlasStore;
  /** Bounds on a query. */
  readonly limits: QueryLimits;
  readonly readDensity: ReadDensity;
}

/** What a request asks for beside the query. */
interface Asked {
  readonly format: Format;
  readonly parameters: URLSearchParams;
}

/** Answers everything below `/api/v2/data`: queries, single records, listings of models (reference §3.1). */
export async function answerData(source: DataSource, request: Request, url: URL): Promise<Response> {
  const path = readDataPath(url.pathname);
  if (path === undefined) return refuseNotMirrored(`This mirror does not answer ${url.pathname.slice(0, 200)}`);
  const { extension: format } = path;
  if (!isFormat(format)) return refuseFormat(format);
  const parameters = await readParameters(request, url);
  if (parameters instanceof Response) return parameters;
  // What was recorded for a URL is also what the same parameters in a body mean.
  const stored = request.method === "POST" ? await source.store.answer(`${url.pathname}?${parameters}`) : undefined;
  if (stored !== undefined) return await answerStored(stored, request, url);
  const database = await source.store.records?.();
  if (path.kind === "schema") return await answerSchema(database, path.model, format, parameters);
  if (database === undefined) return refuseNotMirrored("This mirror holds no records");
  try {
    return await answerQuery(database, readQuery(path, parameters), source, { format, parameters }, request);
  } catch (error) {
    return answerFailure(error, format);
  }
}

/** Programs also give a whole query to the URL of a model; it counts as it stands. */
function readQuery(path: DataPath, parameters: URLSearchParams): Query {
  const whole = parameters.get("criteria") || parameters.get("q") || "";
  const isWhole = path.kind === "query" && /^\s*(?:model|service|pipe)::/.test(whole);
  if (path.kind === "schema" || path.model === undefined || isWhole) return parseRmaRequest(parameters);
  return parseRmaRequest(parameters, { model: path.model, id: path.kind === "record" ? path.id : undefined });
}

async function answerQuery(
  database: RecordDatabase,
  query: Query,
  { limits, readDensity }: DataSource,
  { format, parameters }: Asked,
  { method, signal }: Request,
): Promise<Response> {
  const runService = createServiceRunner({ database, limits, readDensity });
  const answer = await runQuery(database, query, limits, { signal, runService });
  const headers = dataHeaders(format, parameters);
  if ("serviceRows" in answer) {
    const text = formatService(answer, format);
    return new Response(method === "HEAD" ? null : text, { headers });
  }
  if (method === "HEAD") await closeBatches(answer.batches);
  const body = method === "HEAD" ? null : await startText(formatAnswer(answer, format));
  // No row was found, so that the body is whole, and no longer holds a connection that this could wait for.
  if (isEmpty(answer) && !(await holdsAny(database, answer.shape.model, signal))) {
    return refuseNotMirrored(`This mirror holds no records of the model ${JSON.stringify(answer.shape.model)}`);
  }
  if (typeof body === "string") headers["content-length"] = String(Buffer.byteLength(body));
  return new Response(body, { headers });
}

/** What can be said to have no rows, of a question that was asked. */
function isEmpty({ numRows, totalRows, debug }: QueryAnswer): boolean {
  return numRows === 0 && totalRows === 0 && debug === undefined;
}
