import { printRma, type ServiceStage } from "@brainatlas/sdk/rma";
import { literalsOf, type Variables } from "./conditions.ts";
import { checkCount } from "./limits.ts";
import { quote } from "./near-names.ts";
import { QueryError, type QueryLimits, UnsupportedStageError } from "./result.ts";
import type { RunService, ServiceAnswer } from "./service-answer.ts";

/** Longest part of a stage that an error repeats, in characters. */
const MAX_SHOWN = 300;

/**
 * Runs a service with what pipes before it bound.
 *
 * @throws {QueryError} If its parameters are wrong; the message begins with the stage, as the service's does (reference §8).
 * @throws {UnsupportedStageError} If it is not computed here.
 */
export async function readService(
  stage: ServiceStage,
  variables: Variables,
  limits: QueryLimits,
  run: RunService | undefined,
  signal: AbortSignal | undefined,
): Promise<ServiceAnswer> {
  if (run === undefined)
    throw new UnsupportedStageError(`Cannot run service ${quote(stage.service)}: none is run here`);
  try {
    checkCount(stage.filters.length, limits.maxFilters, "parameters");
    const filters = stage.filters.map((filter) => ({ ...filter, values: literalsOf(filter, variables, limits) }));
    return await run({ ...stage, filters }, signal);
  } catch (error) {
    if (!(error instanceof QueryError) || error instanceof UnsupportedStageError) throw error;
    throw new QueryError(`${excerptOf(stage)}, ${error.message}`, { cause: error });
  }
}

function excerptOf(stage: ServiceStage): string {
  const text = printRma({ stages: [stage] });
  return text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)}…` : text;
}
