import { show } from "../check.ts";
import type { Filter, PipeStage, Query } from "./ast.ts";
import { deepFreeze } from "./builder-freeze.ts";
import { readValue } from "./builder-terms.ts";
import { printRma } from "./print.ts";
import type { Scalar, Variable } from "./schema-types.ts";

/** Anything that is a query with rows of a type. */
export interface TypedQuery<Row> {
  /** The syntax tree. */
  toQuery(): Query;
  /** The RMA text. */
  toString(): string;
  /** Bound on the rows of all pages together, where there is one. */
  readonly maxRows: number | undefined;
  /** What to ask when it finds nothing, to say why. */
  readonly emptyCheck?: EmptyCheck | undefined;
  /** For the type of rows alone: there is no such value. */
  readonly rowType?: Row;
}

/** One cheap question that tells the likely reason why another query found nothing. */
export interface EmptyCheck {
  /** The question: the same without the condition that is most often at fault. */
  readonly query: TypedQuery<unknown>;
  /** The reason by the first rows of its answer; `undefined` if they tell none. */
  explain(rows: readonly unknown[]): string | undefined;
}

/** A copy of a check that nobody changes; methods of the original stay bound to it. */
export function freezeCheck(check: EmptyCheck): EmptyCheck {
  if (typeof check?.query?.toQuery !== "function" || typeof check.explain !== "function") {
    throw new TypeError(`Cannot use ${show(check)} as a check; give a query, and a function that explains its rows`);
  }
  return Object.freeze({ query: check.query, explain: (rows: readonly unknown[]) => check.explain(rows) });
}

/** The type of the rows that a query gives. */
export type RowOf<Of extends TypedQuery<unknown>> =
  Of extends TypedQuery<infer Row> ? (unknown extends Row ? unknown : { [Key in keyof Row]: Row[Key] }) : never;

/** The type of the rows of a pipeline: those of its last stage. */
export type LastRow<Parts extends readonly unknown[]> = Parts extends readonly [...unknown[], TypedQuery<infer Row>]
  ? Row
  : unknown;

/** A query of stages that have no methods: a raw text, a service, a pipeline. */
export class StagesQuery<Row> implements TypedQuery<Row> {
  readonly maxRows: number | undefined;
  declare readonly rowType?: Row;
  readonly #query: Query;
  readonly #text: string;

  constructor(query: Query, maxRows?: number) {
    this.#text = printRma(query);
    this.#query = deepFreeze(query);
    this.maxRows = maxRows;
    Object.freeze(this);
  }

  toQuery(): Query {
    return this.#query;
  }

  toString(): string {
    return this.#text;
  }
}

/** The parameters of a service; `undefined` ones are not given. */
export type ServiceParameters = Readonly<
  Record<string, Scalar | Variable | readonly (Scalar | Variable)[] | undefined>
>;

export function serviceQuery(service: string, parameters: ServiceParameters): StagesQuery<unknown> {
  const filters = Object.entries(parameters).flatMap(([column, given]): Filter[] => {
    if (given === undefined) return [];
    const values: readonly unknown[] = Array.isArray(given) ? given : [given];
    return [{ column, operator: "eq", values: values.map((each) => readValue(each, column)) }];
  });
  return new StagesQuery({ stages: [{ kind: "service", service, filters }] });
}

/** Path of the values that a variable stands for, by the variable's name. */
export type ListBindings = Readonly<Record<string, string>>;

export function listStage(bindings: ListBindings): PipeStage {
  const filters = Object.entries(bindings).map(
    ([column, value]): Filter => ({ column, operator: "is", values: [{ kind: "string", value }] }),
  );
  return deepFreeze<PipeStage>({ kind: "pipe", pipe: "list", filters });
}

/** A part of a pipeline. */
export type PipelinePart = TypedQuery<unknown> | PipeStage;

export function pipelineQuery<Row>(parts: readonly PipelinePart[]): StagesQuery<Row> {
  const stages = parts.flatMap((part) => ("kind" in part ? part : part.toQuery().stages));
  const last = parts.at(-1);
  return new StagesQuery({ stages }, last === undefined || "kind" in last ? undefined : last.maxRows);
}
