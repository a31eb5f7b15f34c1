import type { PipeStage } from "./ast.ts";
import { deepFreeze } from "./builder-freeze.ts";
import { ModelQuery } from "./builder-query.ts";
import {
  type LastRow,
  type ListBindings,
  listStage,
  type PipelinePart,
  pipelineQuery,
  type ServiceParameters,
  StagesQuery,
  serviceQuery,
} from "./builder-stages.ts";
import { parseRma } from "./parse.ts";
import type { Models } from "./schema.generated.ts";
import type { ModelName, UntypedModel, Variable } from "./schema-types.ts";

/** Begins queries; all of its functions are pure. */
export interface Rma {
  /** Begins a query for rows of a model. Prints `model::Gene`. */
  <Name extends ModelName>(model: Name): ModelQuery<Models[Name]>;

  /** Begins a query for rows of a model that the schema does not have; nothing is known of its names. Prints `model::Name`. */
  untyped(model: string): ModelQuery<UntypedModel>;

  /**
   * A query in RMA's own words; prints its one canonical form.
   *
   * @throws {RmaSyntaxError} If the text is no query.
   */
  raw(text: string): StagesQuery<unknown>;

  /**
   * A connected service. Prints `service::mouse_agea[seed_age$eq'P56'][seed_point$eq6800,4200,5600]`.
   *
   * @throws {RangeError} If the grammar cannot carry a value, or a list is empty.
   */
  service(name: string, parameters?: ServiceParameters): StagesQuery<unknown>;

  /**
   * Several stages, of which each may use what the ones before found; rows are those of the last. Prints the stages with commas:
   * `service::mouse_differential[…],pipe::list[xids$is'id'],model::SectionDataSet,rma::criteria,[id$in$xids]`.
   */
  pipeline<const Parts extends readonly [PipelinePart, ...PipelinePart[]]>(
    ...parts: Parts
  ): StagesQuery<LastRow<Parts>>;

  /** Binds variables to values of the stage before, by their path. Prints `pipe::list[xids$is'id']`. */
  list(bindings: ListBindings): PipeStage;

  /** A variable as an operand. Prints `$xids`. */
  variable(name: string): Variable;
}

/**
 * Begins a query: `rma("SectionDataSet")`.
 *
 * @example String(rma("Gene").where("id", "eq", 15).include("organism")) // → "model::Gene,rma::criteria,[id$eq15],rma::include,organism"
 */
export const rma: Rma = /* @__PURE__ */ Object.freeze(
  /* @__PURE__ */ Object.assign(<Name extends ModelName>(model: Name) => ModelQuery.of<Models[Name]>(model), {
    untyped: (model: string) => ModelQuery.of<UntypedModel>(model),
    raw: (text: string) => new StagesQuery<unknown>(parseRma(text)),
    service: (name: string, parameters: ServiceParameters = {}) => serviceQuery(name, parameters),
    pipeline: <const Parts extends readonly PipelinePart[]>(...parts: Parts) => pipelineQuery<LastRow<Parts>>(parts),
    list: listStage,
    variable: (name: string): Variable => deepFreeze({ kind: "variable", name }),
  }),
);
