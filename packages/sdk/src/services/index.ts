export {
  type AnnotatedQuery,
  type AnnotationCondition,
  annotatedParameters,
  type ParsedAnnotatedQuery,
  type ParsedCondition,
  parseAnnotatedParameters,
  parseAnnotatedQuery,
  printAnnotatedQuery,
} from "./annotated-query.ts";
export * from "./connectivity-services.ts";
export { type ExpressionMatrix, expressionMatrix } from "./expression-matrix.ts";
export * from "./gbm-services.ts";
export * from "./human-services.ts";
export * from "./mouse-services.ts";
export { isPagedService, SERVICE_PAGE_ROWS } from "./paged-services.ts";
export type { PageParameters, ParametersOf } from "./parameter-types.ts";
export * from "./primate-services.ts";
export {
  PROJECTION_PARAMETERS,
  type ProjectionColumn,
  type ProjectionMatrix,
  type ProjectionMatrixOptions,
  type ProjectionParameter,
  type ProjectionRow,
  projectionMatrix,
} from "./projection-matrix.ts";
export type {
  ConnectivityCorrelationRow,
  ConnectivityRow,
  CorrelationRow,
  DifferentialRow,
  ExpressionAnswer,
  ExpressionProbe,
  ExpressionSample,
  InjectionCoordinateRow,
  InjectionStructure,
  InjectionStructureRow,
  TargetSpatialRow,
  UnknownRow,
} from "./rows.ts";
export { type ServiceFunction, type ServiceOptions, serviceQuery } from "./service-query.ts";
export {
  isServiceName,
  type ParameterType,
  SERVICES,
  type ServiceEntry,
  type ServiceName,
  type ServiceParameter,
} from "./service-table.ts";
export * from "./text-search.ts";
