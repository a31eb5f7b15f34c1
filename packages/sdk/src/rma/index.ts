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
export { type Clauses, MAX_QUERY_CHARACTERS, parseClauses, parseRma } from "./parse.ts";
export { type PathTarget, parseRmaRequest } from "./parse-request.ts";
export { printRma } from "./print.ts";
export { RmaSyntaxError } from "./rma-syntax-error.ts";
