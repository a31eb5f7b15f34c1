import type { Catalogue } from "../records/catalogue.ts";
import type { ServiceAnswer } from "../rma/service-answer.ts";
import type { DensityGrid } from "./density-grid.ts";
import type { Parameters } from "./parameters.ts";
import type { ServicePage } from "./service-page.ts";
import type { ServiceRecords } from "./service-records.ts";

/** Reads the grid of an experiment's projection density; `undefined` if it is not held. */
export type ReadDensity = (experimentId: number, signal: AbortSignal | undefined) => Promise<DensityGrid | undefined>;

/** What a service is computed from. */
export interface ServiceContext {
  readonly catalogue: Catalogue;
  readonly records: ServiceRecords;
  readonly parameters: Parameters;
  readonly page: ServicePage;
  readonly readDensity: ReadDensity;
  readonly signal: AbortSignal | undefined;
  /** Throws when the answer is no longer wanted, or takes too long. */
  checkTime(): void;
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
