import type { ModelStage, Term, Value } from "@brainatlas/sdk/rma";
import type { ParsedAnnotatedQuery, ParsedCondition } from "@brainatlas/sdk/services";
import { withDeadline } from "../records/deadline.ts";
import type { RecordDatabase } from "../records/record-database.ts";
import { type QueryAnswer, QueryError, type QueryLimits } from "../rma/result.ts";
import { runQuery } from "../rma/run-query.ts";

/**
 * Section data sets by what experts noted on them, in order of their ids. Each condition is one query of the records; several are
 * joined by the ids that they find, so that `and` may be met by different annotations of one data set.
 *
 * @throws {QueryError} If there are more conditions, or more data sets, than the limits allow.
 * @throws {QueryTimeError} If all queries together take longer than the limit of one.
 */
export async function searchAnnotated(
  database: RecordDatabase,
  query: ParsedAnnotatedQuery,
  limits: QueryLimits,
  signal: AbortSignal,
): Promise<QueryAnswer> {
  return await withDeadline({ timeLimitMs: limits.timeLimitMs, signal }, (deadline) =>
    search((stage) => runQuery(database, { stages: [stage] }, limits, deadline), query, limits),
  );
}

async function search(
  run: (stage: ModelStage) => Promise<QueryAnswer>,
  { operator, conditions }: ParsedAnnotatedQuery,
  limits: QueryLimits,
): Promise<QueryAnswer> {
  const [only, other] = conditions;
  if (only !== undefined && other === undefined) return await run(stageOf(criteriaOf(only)));
  if (conditions.length > limits.maxFilters) {
    throw new QueryError(`Cannot take more than ${limits.maxFilters} conditions in one query; ask in several queries`);
  }
  let found: ReadonlySet<number> | undefined;
  for (const condition of conditions) {
    const ids = await readIds(await run(stageOf(criteriaOf(condition))));
    if (found === undefined) found = ids;
    else found = operator === "or" ? new Set([...found, ...ids]) : new Set([...found].filter((id) => ids.has(id)));
  }
  return await run(
    stageOf([{ kind: "filters", filters: [{ column: "id", operator: "in", values: numbers(found ?? []) }] }]),
  );
}

function stageOf(criteria: readonly Term[]): ModelStage {
  const order = [{ column: "id", descending: false }];
  return { kind: "model", model: "SectionDataSet", criteria, include: [], options: { numRows: "all", order } };
}

/** One annotation meets all that is said of annotations. */
function criteriaOf({ structures, intensityValues, densityValues, patternValues, ageNames }: ParsedCondition): Term[] {
  const calls = [
    { column: "structure_id", operator: "in" as const, values: numbers(structures) },
    ...[
      ["intensity_call", intensityValues] as const,
      ["density_call", densityValues] as const,
      ["pattern_call", patternValues] as const,
    ].flatMap(([column, values]) =>
      values === undefined ? [] : [{ column, operator: "in" as const, values: texts(values) }],
    ),
  ];
  const annotated: Term = { kind: "association", name: "manual_annotations", filters: calls, terms: [] };
  if (ageNames === undefined) return [annotated];
  const names = [{ column: "name", operator: "in" as const, values: texts(ageNames) }];
  const age: Term = { kind: "association", name: "age", filters: names, terms: [] };
  const donor: Term = { kind: "association", name: "donor", filters: [], terms: [age] };
  return [annotated, { kind: "association", name: "specimen", filters: [], terms: [donor] }];
}

function numbers(values: Iterable<number>): Value[] {
  return [...values].map((value) => ({ kind: "number", text: String(value) }));
}

function texts(values: readonly string[]): Value[] {
  return values.map((value) => ({ kind: "string", value }));
}

async function readIds({ batches, shape }: QueryAnswer): Promise<ReadonlySet<number>> {
  const index = shape.columns.findIndex(({ name }) => name === "id");
  const ids = new Set<number>();
  for await (const rows of batches) for (const { values } of rows) ids.add(Number(values[index]));
  return ids;
}
