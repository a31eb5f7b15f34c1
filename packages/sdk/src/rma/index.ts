export type {
  AssociationTerm,
  Filter,
  FilterTerm,
  ModelStage,
  Operator,
  Options,
  OrderKey,
  PipeStage,
  Query,
  ServiceStage,
  Stage,
  TabularColumn,
  Term,
  Value,
} from "./ast.ts";
export { OPERATORS } from "./ast.ts";
export { type Rma, rma } from "./builder.ts";
export type { ModelQuery } from "./builder-query.ts";
export type { CriteriaResult, CriteriaScope, IncludeResult, IncludeScope } from "./builder-scopes.ts";
export type {
  EmptyCheck,
  ListBindings,
  PipelinePart,
  RowOf,
  ServiceParameters,
  StagesQuery,
  TypedQuery,
} from "./builder-stages.ts";
export { type Clauses, MAX_QUERY_CHARACTERS, parseClauses, parseRma } from "./parse.ts";
export { type PathTarget, parseRmaRequest } from "./parse-request.ts";
export { printRma } from "./print.ts";
export { RmaSyntaxError } from "./rma-syntax-error.ts";
export type { Models } from "./schema.generated.ts";
export type { ModelName, ModelShape, Scalar, UntypedModel, Variable } from "./schema-types.ts";
export type { DateTime, Many, One } from "./schema-words.ts";
