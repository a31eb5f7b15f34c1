import { type ParsedAnnotatedQuery, parseAnnotatedParameters, parseAnnotatedQuery } from "@brainatlas/sdk/services";
import { type Format, formatAnswer, isFormat } from "../rma/format-answer.ts";
import { type QueryAnswer, QueryError, type QueryLimits } from "../rma/result.ts";
import { closeBatches } from "../rma/row-stream.ts";
import { searchAnnotated } from "../services/annotated-search.ts";
import type { AtlasStore } from "../store/atlas-store.ts";
import { answerFailure } from "./data-failure.ts";
import { dataHeaders } from "./data-headers.ts";
import { holdsAny } from "./holds-any.ts";
import { refuseFormat, refuseNotMirrored } from "./refuse.ts";
import { startText } from "./text-body.ts";

/** The two searches: all conditions as parameters, or several brackets of them as one text (reference §8.6). */
export const ANNOTATED_SEARCHES = ["annotated_section_data_sets", "compound_annotated_section_data_sets"] as const;
type AnnotatedSearch = (typeof ANNOTATED_SEARCHES)[number];

/** What the searches come from. */
export interface AnnotatedSource {
  readonly store: AtlasStore;
  readonly limits: QueryLimits;
}

/**
 * Answers a search of data sets by what experts noted on them. Which columns the rows have is unknown: here they are those of a
 * SectionDataSet, without what other models have of it, in order of the ids; all of them, for the searches take no page.
 */
export async function answerAnnotated(
  { store, limits }: AnnotatedSource,
  search: AnnotatedSearch,
  request: Request,
): Promise<Response> {
  const { pathname, searchParams } = new URL(request.url);
  const extension = /\.([^./]*)\/?$/.exec(pathname)?.[1] ?? "json";
  if (!isFormat(extension) || extension === "csv") return refuseFormat(extension, "json", "xml");
  const { signal } = request;
  try {
    const query = readSearch(search, searchParams);
    const database = await store.records?.();
    if (database === undefined) return refuseNotMirrored("This mirror holds no records");
    if (!(await holdsAny(database, "ManualAnnotation", signal))) {
      return refuseNotMirrored("This mirror holds no records of the model ManualAnnotation");
    }
    return await answerRows(await searchAnnotated(database, query, limits, signal), extension, request);
  } catch (error) {
    return answerFailure(error, extension);
  }
}

/** @throws {QueryError} If a condition has a value that there is not. */
function readSearch(search: AnnotatedSearch, parameters: URLSearchParams): ParsedAnnotatedQuery {
  try {
    if (search === "compound_annotated_section_data_sets") return parseAnnotatedQuery(parameters.get("query") ?? "");
    return { operator: "and", conditions: [parseAnnotatedParameters(parameters)] };
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new QueryError(error.message, { cause: error });
  }
}

async function answerRows(answer: QueryAnswer, format: Format, request: Request): Promise<Response> {
  const isHead = request.method === "HEAD";
  if (isHead) await closeBatches(answer.batches);
  const body = isHead ? null : await startText(formatAnswer(answer, format));
  return new Response(body, { headers: dataHeaders(format, new URL(request.url).searchParams) });
}
