import type { ModelStage, Query, ServiceStage } from "@brainatlas/sdk/rma";
import type { Catalogue } from "../records/catalogue.ts";
import { bindRows, bindServiceRows } from "./bind-list.ts";
import type { Variables } from "./conditions.ts";
import { quote } from "./near-names.ts";
import type { Literal } from "./operands.ts";
import type { StageAnswer } from "./read-stage.ts";
import { QueryError, type QueryLimits } from "./result.ts";
import { closeBatches } from "./row-stream.ts";
import type { ServiceAnswer } from "./service-answer.ts";

/** Reads stages, with what pipes before them bound. */
export interface StageReaders {
  rows(stage: ModelStage, variables: Variables): Promise<StageAnswer>;
  service(stage: ServiceStage, variables: Variables): Promise<ServiceAnswer>;
}

/**
 * Runs the stages of a query up to the last, whose rows are the answer (reference §3.5). A stage that no pipe follows has no effect
 * on the answer, and is not read.
 *
 * @returns The last stage, and the variables that it may use.
 * @throws {QueryError} If a stage is none that can be run here.
 */
export async function runPipeline(
  { stages }: Query,
  catalogue: Catalogue,
  readers: StageReaders,
  limits: QueryLimits,
): Promise<{ readonly stage: ModelStage | ServiceStage; readonly variables: Variables }> {
  const variables = new Map<string, readonly Literal[]>();
  for (const [index, stage] of stages.entries()) {
    if (stage.kind !== "pipe") continue;
    const before = stages[index - 1];
    if (before === undefined) throw new QueryError(`Cannot pipe into ${quote(stage.pipe)}: no stage stands before it`);
    if (before.kind === "pipe") throw notAnAnswer(before.pipe);
    if (before.kind === "service") {
      const { serviceRows } = await readers.service(before, variables);
      for (const [name, values] of bindServiceRows(stage, serviceRows, limits)) variables.set(name, values);
      continue;
    }
    const answer = await readers.rows(before, variables);
    try {
      for (const [name, values] of await bindRows(stage, answer, catalogue, limits)) variables.set(name, values);
    } finally {
      await closeBatches(answer.batches); // A pipe that is refused takes no rows.
    }
  }
  const stage = stages.at(-1);
  if (stage === undefined) throw new QueryError("Cannot answer a query without stages; begin with model::");
  if (stage.kind === "pipe") throw notAnAnswer(stage.pipe);
  return { stage, variables };
}

function notAnAnswer(pipe: string): QueryError {
  return new QueryError(`Cannot answer with pipe ${quote(pipe)}; put a model's or a service's stage after it`);
}
