import type { Catalogue } from "../records/catalogue.ts";
import type { Deadline } from "../records/deadline.ts";
import type { ServiceAnswer } from "../rma/service-answer.ts";
import type { DensityGrid } from "./density-grid.ts";
import type { PointUm } from "./experiments.ts";
import type { Parameters } from "./parameters.ts";
import type { ServicePage } from "./service-page.ts";
import type { ServiceRecords } from "./service-records.ts";

/**
 * The projection density of an experiment. Nothing is read before it is asked for.
 *
 * Both reject with an `UnsupportedStageError` that says so if what is held is damaged.
 */
export interface HeldDensity {
  /** Density at a point, in µm of reference space; 0 outside of the grid. It takes less than the grid. */
  at(point: PointUm): Promise<number>;
  grid(): Promise<DensityGrid>;
}

/** Finds the projection density of an experiment; `undefined` if it is not held. */
export type ReadDensity = (experimentId: number, signal: AbortSignal | undefined) => Promise<HeldDensity | undefined>;

/** What a service is computed from. */
export interface ServiceContext {
  readonly catalogue: Catalogue;
  readonly records: ServiceRecords;
  readonly parameters: Parameters;
  readonly page: ServicePage;
  readonly readDensity: ReadDensity;
  readonly deadline: Deadline;
}

/**
 * Computes a service.
 *
 * @throws {QueryError} If it cannot be computed with these parameters.
 * @throws {UnsupportedStageError} If it cannot be computed from what is held.
 */
export type Service = (context: ServiceContext) => Promise<ServiceAnswer | Rest>;

/** What is computed without the records. */
export type Rest = () => Promise<ServiceAnswer>;
