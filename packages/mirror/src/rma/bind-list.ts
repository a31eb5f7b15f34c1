import type { PipeStage } from "@brainatlas/sdk/rma";
import type { Catalogue } from "../records/catalogue.ts";
import { dashed } from "../records/names.ts";
import { fromSql } from "../records/values.ts";
import type { Variables } from "./conditions.ts";
import { nameInList } from "./format-service.ts";
import { quote } from "./near-names.ts";
import type { Literal } from "./operands.ts";
import type { StageAnswer } from "./read-stage.ts";
import { QueryError, type QueryLimits, type ResultRow, type RowShape } from "./result.ts";
import type { ServiceRow, ServiceValue } from "./service-answer.ts";

/** Adds what stands at a path of a row to a set. Rows without a value there add nothing. */
type Taker<Row> = (row: Row, found: Set<string | number>) => void;

/** A variable, and where its values stand. */
interface Binding {
  readonly name: string;
  /** Names with slashes between. */
  readonly path: string;
}

/**
 * Binds variables to what the rows of a model have at their paths.
 *
 * @throws {QueryError} If the pipe cannot be run, or there are too many values.
 */
export async function bindRows(
  pipe: PipeStage,
  answer: StageAnswer,
  catalogue: Catalogue,
  limits: QueryLimits,
): Promise<Variables> {
  const list = createList(
    readBindings(pipe).map(({ name, path }) => ({ name, take: createTaker(path, answer.shape, catalogue) })),
    limits,
  );
  for await (const rows of answer.batches) list.add(rows);
  return list.variables();
}

/** The same of a service's rows, whose names have hyphens; underscores in their place are taken too. */
export function bindServiceRows(pipe: PipeStage, rows: readonly ServiceRow[], limits: QueryLimits): Variables {
  const bindings = readBindings(pipe);
  const list = createList(
    bindings.map(({ name, path }) => ({ name, take: createServiceTaker(path) })),
    limits,
  );
  list.add(rows);
  const variables = list.variables();
  for (const { name, path } of bindings) {
    if (rows.length > 0 && variables.get(name)?.length === 0) {
      throw new QueryError(`Cannot find ${quote(path)} in the rows before the pipe`);
    }
  }
  return variables;
}

function readBindings({ pipe, filters }: PipeStage): Binding[] {
  if (pipe !== "list") throw new QueryError(`Cannot run pipe ${quote(pipe)}: there is "list" alone`);
  return filters.map(({ column, operator, values: [value, second] }) => {
    const isPath = (value?.kind === "string" || value?.kind === "word") && second === undefined;
    if (!isPath || (operator !== "is" && operator !== "eq")) {
      throw new QueryError(`Cannot bind ${quote(column)}: give it a path, as in [x$is'id']`);
    }
    return { name: column, path: value.kind === "string" ? value.value : value.text };
  });
}

/** Collects the values of variables from rows. */
interface List<Row> {
  add(rows: readonly Row[]): void;
  variables(): Variables;
}

function createList<Row>(
  bindings: readonly { readonly name: string; readonly take: Taker<Row> }[],
  { maxListValues }: QueryLimits,
): List<Row> {
  const lists = bindings.map(({ name, take }) => ({ name, take, found: new Set<string | number>() }));
  return {
    add(rows) {
      for (const { name, take, found } of lists) {
        for (const row of rows) take(row, found);
        if (found.size > maxListValues) {
          throw new QueryError(
            `Cannot bind ${quote(name)} to more than ${maxListValues} values; add filters to the stage before`,
          );
        }
      }
    },
    variables: () => new Map(lists.map(({ name, found }) => [name, [...found].map(toLiteral)])),
  };
}

function toLiteral(value: string | number): Literal {
  return typeof value === "number" ? { kind: "number", text: String(value) } : { kind: "string", value };
}

/** @param path Names of associations, then of a column. */
function createTaker(path: string, shape: RowShape, catalogue: Catalogue): Taker<ResultRow> {
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

function columnTaker(name: string, { model, columns }: RowShape, catalogue: Catalogue): Taker<ResultRow> {
  const index = columns.findIndex((column) => column.name === name);
  const type = columns[index]?.type;
  if (type === undefined) {
    // No record has a value in a column that is not held.
    const isHeld = catalogue.model(model)?.table.columns.get(name)?.isHeld;
    if (isHeld === false) return () => undefined;
    throw new QueryError(`Cannot find column ${quote(name)} in the rows before the pipe`);
  }
  return ({ values }, found) => addValue(fromSql(values[index] ?? null, type), found);
}

/** @param path Names as XML has them: that of a list, then that of its elements, as in `probes/probe/id`. */
function createServiceTaker(path: string): Taker<ServiceRow> {
  const names = path.split("/").map(dashed);
  return (row, found) => takeAt(row, names, "", found);
}

function takeAt(value: ServiceValue | undefined, names: readonly string[], last: string, found: Set<string | number>) {
  const [name, ...rest] = names;
  if (Array.isArray(value)) {
    const below = name === nameInList(last) ? rest : names;
    for (const item of value) takeAt(item, below, "", found);
  } else if (name === undefined) addValue(value, found);
  else if (isObject(value)) takeAt(ownValue(value, name), rest, name, found);
}

function isObject(value: ServiceValue | undefined): value is ServiceRow {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** `expression_level` of the human services has no hyphen (reference §8.4). */
function ownValue(row: ServiceRow, name: string): ServiceValue | undefined {
  const found = [name, name.replaceAll("-", "_")].find((each) => Object.hasOwn(row, each));
  return found === undefined ? undefined : row[found];
}

function addValue(value: unknown, found: Set<string | number>): void {
  if (typeof value === "string" || typeof value === "number") found.add(value);
  else if (typeof value === "boolean") found.add(String(value));
}
