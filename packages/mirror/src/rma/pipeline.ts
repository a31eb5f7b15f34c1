import type { ModelStage, PipeStage, Query, Stage } from "@brainatlas/sdk/rma";
import type { Catalogue } from "../records/catalogue.ts";
import { fromSql } from "../records/values.ts";
import type { Variables } from "./conditions.ts";
import { quote } from "./near-names.ts";
import type { Literal } from "./operands.ts";
import type { StageAnswer } from "./read-stage.ts";
import { QueryError, type QueryLimits, type ResultRow, type RowShape, UnsupportedStageError } from "./result.ts";
import { closeBatches } from "./row-stream.ts";

/** Reads a stage, with what pipes before it bound. */
export type ReadStage = (stage: ModelStage, variables: Variables) => Promise<StageAnswer>;

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
  read: ReadStage,
  limits: QueryLimits,
): Promise<{ readonly stage: ModelStage; readonly variables: Variables }> {
  const variables = new Map<string, readonly Literal[]>();
  for (const [index, stage] of stages.entries()) {
    if (stage.kind !== "pipe") continue;
    const before = stages[index - 1];
    if (before === undefined) throw new QueryError(`Cannot pipe into ${quote(stage.pipe)}: no stage stands before it`);
    const answer = await read(checkModel(before), variables);
    try {
      for (const [name, values] of await bindList(stage, answer, catalogue, limits)) variables.set(name, values);
    } finally {
      await closeBatches(answer.batches); // A pipe that is refused takes no rows.
    }
  }
  const stage = stages.at(-1);
  if (stage === undefined) throw new QueryError("Cannot answer a query without stages; begin with model::");
  return { stage: checkModel(stage), variables };
}

function checkModel(stage: Stage): ModelStage {
  if (stage.kind === "model") return stage;
  if (stage.kind === "pipe")
    throw new QueryError(`Cannot answer with pipe ${quote(stage.pipe)}; put a model's stage after it`);
  throw new UnsupportedStageError(
    `Cannot run service ${quote(stage.service)}: this mirror does not compute services yet`,
  );
}

async function bindList(
  { pipe, filters }: PipeStage,
  answer: StageAnswer,
  catalogue: Catalogue,
  { maxListValues }: QueryLimits,
): Promise<Variables> {
  if (pipe !== "list") throw new QueryError(`Cannot run pipe ${quote(pipe)}: there is "list" alone`);
  const bindings = filters.map(({ column, operator, values: [value, second] }) => {
    const isPath = (value?.kind === "string" || value?.kind === "word") && second === undefined;
    if (!isPath || (operator !== "is" && operator !== "eq")) {
      throw new QueryError(`Cannot bind ${quote(column)}: give it a path, as in [x$is'id']`);
    }
    const path = value.kind === "string" ? value.value : value.text;
    return { name: column, take: createTaker(path, answer.shape, catalogue), found: new Set<string | number>() };
  });
  for await (const rows of answer.batches) {
    for (const { name, take, found } of bindings) {
      for (const row of rows) take(row, found);
      if (found.size > maxListValues) {
        throw new QueryError(
          `Cannot bind ${quote(name)} to more than ${maxListValues} values; add filters to the stage before`,
        );
      }
    }
  }
  return new Map(bindings.map(({ name, found }) => [name, [...found].map(toLiteral)]));
}

function toLiteral(value: string | number): Literal {
  return typeof value === "number" ? { kind: "number", text: String(value) } : { kind: "string", value };
}

/** Adds what stands at a path of a row to a set. Rows without a value there add nothing. */
type Taker = (row: ResultRow, found: Set<string | number>) => void;

/** @param path Names of associations, then of a column, with slashes between. */
function createTaker(path: string, shape: RowShape, catalogue: Catalogue): Taker {
  const slash = path.indexOf("/");
  if (slash < 0) return columnTaker(path, shape, catalogue);
  const name = path.slice(0, slash);
  const index = shape.includes.findIndex((include) => include.name === name);
  const include = shape.includes[index];
  if (include === undefined) {
    throw new QueryError(`Cannot find ${quote(name)} in the rows before the pipe; include it in their stage`);
  }
  const take = createTaker(path.slice(slash + 1), include.shape, catalogue);
  return ({ includes }, found) => {
    for (const row of [includes[index] ?? []].flat()) take(row, found);
  };
}

function columnTaker(name: string, { model, columns }: RowShape, catalogue: Catalogue): Taker {
  const index = columns.findIndex((column) => column.name === name);
  const type = columns[index]?.type;
  if (type === undefined) {
    // No record has a value in a column that is not held.
    const isHeld = catalogue.model(model)?.table.columns.get(name)?.isHeld;
    if (isHeld === false) return () => undefined;
    throw new QueryError(`Cannot find column ${quote(name)} in the rows before the pipe`);
  }
  return ({ values }, found) => {
    const value = fromSql(values[index] ?? null, type);
    if (typeof value === "string" || typeof value === "number") found.add(value);
    else if (typeof value === "boolean") found.add(String(value));
  };
}
