import { env } from "node:process";
import fc from "fast-check";

/** The same values are drawn each time, so that a run can be repeated. */
const SEED = 20_240_229;
const RUNS = env.BRAINATLAS_LONG === undefined ? 200 : 20_000;

/** Checks a property; the long run draws more. */
export function checkProperty<T>(property: fc.IProperty<T>): void {
  fc.assert(property, { seed: SEED, numRuns: RUNS });
}

/** Checks a property of what is asked for; `runs` is how many are drawn where 200 would take long. */
export async function checkAsyncProperty<T>(property: fc.IAsyncProperty<T>, runs = 200): Promise<void> {
  await fc.assert(property, { seed: SEED, numRuns: env.BRAINATLAS_LONG === undefined ? runs : runs * 100 });
}
