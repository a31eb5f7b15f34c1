import { env } from "node:process";
import fc from "fast-check";

/** The same values are drawn each time, so that a run can be repeated. */
const SEED = 20_240_229;
const RUNS = env.BRAINATLAS_LONG === undefined ? 200 : 20_000;

/** Checks a property; the long run draws more. */
export function checkProperty<T>(property: fc.IProperty<T>): void {
  fc.assert(property, { seed: SEED, numRuns: RUNS });
}
