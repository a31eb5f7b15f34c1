import { type ModelStage, printRma, type Query } from "@brainatlas/sdk/rma";
import type { RecordDatabase } from "../records/record-database.ts";
import type { Variables } from "./conditions.ts";
import { completeLimits } from "./limits.ts";
import { runPipeline, type StageReaders } from "./pipeline.ts";
import { readService } from "./read-service.ts";
import { readStage, type StageAnswer } from "./read-stage.ts";
import type { QueryAnswer, QueryLimits } from "./result.ts";
import { streamOne } from "./row-stream.ts";
import type { RunService, ServiceAnswer } from "./service-answer.ts";
import { type BoundStage, planStage } from "./stage-plan.ts";

/** What a query is run with beside the records. */
export interface RunOptions {
  /** Ends the answer, at any time before its last batch is taken. */
  readonly signal?: AbortSignal | undefined;
  /**
   * Runs the services that the query names.
   * @default refuses them
   */
  readonly runService?: RunService | undefined;
}

/** Options of a query that has no services in it. */
export interface RowsOptions extends RunOptions {
  readonly runService?: undefined;
}

/**
 * Answers a query from the records of a store (reference §3): with rows of a model, or those of a service, whichever its last stage
 * is.
 *
 * @throws {QueryError} If the query cannot be answered: it names what is not there, compares what cannot be compared, or goes
 * beyond a limit.
 * @throws {RangeError} If a limit is none.
 */
export async function runQuery(
  database: RecordDatabase,
  query: Query,
  limits?: Partial<QueryLimits>,
  options?: RowsOptions,
): Promise<QueryAnswer>;
export async function runQuery(
  database: RecordDatabase,
  query: Query,
  limits: Partial<QueryLimits>,
  options: RunOptions,
): Promise<QueryAnswer | ServiceAnswer>;
export async function runQuery(
  database: RecordDatabase,
  query: Query,
  limits: Partial<QueryLimits> = {},
  { signal, runService }: RunOptions = {},
): Promise<QueryAnswer | ServiceAnswer> {
  signal?.throwIfAborted();
  const bounds = completeLimits(limits);
  const catalogue = await database.catalogue();
  const plan = (stage: ModelStage, variables: Variables): BoundStage => planStage(catalogue, stage, variables, bounds);
  const readers: StageReaders = {
    rows: (stage, variables) => readStage(database, plan(stage, variables), stage.options, bounds, signal),
    service: (stage, variables) => readService(stage, variables, bounds, runService, signal),
  };
  const { stage, variables } = await runPipeline(query, catalogue, readers, bounds);
  if (stage.kind === "service") return await readers.service(stage, variables);
  const isPreview = stage.options.debug === "preview";
  const answer = isPreview ? previewOf(plan(stage, variables)) : await readers.rows(stage, variables);
  return { ...answer, debug: stage.options.debug ? printRma(query) : undefined };
}

/** What an answer would be made of: the query is checked, and not run. */
function previewOf({ plan }: BoundStage): StageAnswer {
  const { shape } = plan.row;
  return { startRow: 0, numRows: 0, totalRows: 0, isTabular: plan.isTabular, shape, batches: streamOne([]) };
}
