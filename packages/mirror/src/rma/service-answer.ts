import type { ServiceStage } from "@brainatlas/sdk/rma";

/** A value in the answer of a service: whatever JSON has. */
export type ServiceValue = string | number | boolean | null | readonly ServiceValue[] | ServiceRow;

/** A row of a service. Its names have hyphens, in JSON too (reference §8.2). */
export interface ServiceRow {
  readonly [name: string]: ServiceValue;
}

/** One page of what a service found. */
export interface ServiceAnswer {
  /** From 0. */
  readonly startRow: number;
  /** Rows of all pages. */
  readonly totalRows: number;
  readonly serviceRows: readonly ServiceRow[];
}

/**
 * Runs a connected service. The values of its parameters are given: none is a variable.
 *
 * @throws {QueryError} If a parameter is none that the service takes.
 * @throws {UnsupportedStageError} If the service is not computed here, or not from what is held.
 */
export type RunService = (stage: ServiceStage, signal: AbortSignal | undefined) => Promise<ServiceAnswer>;
