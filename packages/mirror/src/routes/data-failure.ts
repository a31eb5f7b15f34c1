import { RmaSyntaxError } from "@brainatlas/sdk/rma";
import { QueryTimeError } from "../records/reader.ts";
import { type Format, formatError, MEDIA_TYPES } from "../rma/format-answer.ts";
import { QueryError, UnsupportedStageError } from "../rma/result.ts";
import { refuseNotMirrored, SOURCE_HEADER } from "./refuse.ts";

/** Failures that are the query's, in words for who asked. */
const OF_QUERY = [RmaSyntaxError, QueryError, QueryTimeError];

/**
 * Answers for what went wrong with a query: in the service's form and with its status, 200 (reference §3.6, §12), what is the
 * query's fault; as not mirrored what the service has beside its records. All else is thrown on.
 */
export function answerFailure(error: unknown, format: Format): Response {
  if (error instanceof UnsupportedStageError) return refuseNotMirrored(error.message);
  if (error instanceof Error && OF_QUERY.some((each) => error instanceof each)) {
    return answerError(`Error in query: ${error.message}`, format);
  }
  throw error;
}

/**
 * An answer that says what is wrong. Of the three forms CSV has no place for that, and with the status 200 a program would take
 * the words for rows: there the answer is JSON, and the status 400.
 */
export function answerError(message: string, format: Format): Response {
  const written = format === "csv" ? "json" : format;
  return new Response(formatError(message, written), {
    status: format === "csv" ? 400 : 200,
    headers: { "content-type": MEDIA_TYPES[written], [SOURCE_HEADER]: "refused" },
  });
}
