import { type ModelStage, printRma, type Query } from "@brainatlas/sdk/rma";
import type { RecordDatabase } from "../records/record-database.ts";
import type { Variables } from "./conditions.ts";
import { completeLimits } from "./limits.ts";
import { runPipeline } from "./pipeline.ts";
import { readStage, type StageAnswer } from "./read-stage.ts";
import type { QueryAnswer, QueryLimits } from "./result.ts";
import { streamOne } from "./row-stream.ts";
import { type BoundStage, planStage } from "./stage-plan.ts";

/**
 * Answers a query from the records of a store (reference §3).
 *
 * @param signal Ends the answer, at any time before its last batch is taken.
 * @throws {QueryError} If the query cannot be answered: it names what is not there, compares what cannot be compared, or goes
 * beyond a limit.
 * @throws {RangeError} If a limit is none.
 */
export async function runQuery(
  database: RecordDatabase,
  query: Query,
  limits: Partial<QueryLimits> = {},
  signal?: AbortSignal,
): Promise<QueryAnswer> {
  signal?.throwIfAborted();
  const bounds = completeLimits(limits);
  const catalogue = await database.catalogue();
  const plan = (stage: ModelStage, variables: Variables): BoundStage => planStage(catalogue, stage, variables, bounds);
  const read = (stage: ModelStage, variables: Variables): Promise<StageAnswer> =>
    readStage(database, plan(stage, variables), stage.options, bounds, signal);
  const { stage, variables } = await runPipeline(query, catalogue, read, bounds);
  const isPreview = stage.options.debug === "preview";
  const answer = isPreview ? previewOf(plan(stage, variables)) : await read(stage, variables);
  return { ...answer, debug: stage.options.debug ? printRma(query) : undefined };
}

/** What an answer would be made of: the query is checked, and not run. */
function previewOf({ plan }: BoundStage): StageAnswer {
  const { shape } = plan.row;
  return { startRow: 0, numRows: 0, totalRows: 0, isTabular: plan.isTabular, shape, batches: streamOne([]) };
}
