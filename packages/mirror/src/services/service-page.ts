import { QueryError } from "../rma/result.ts";
import type { ServiceAnswer, ServiceRow } from "../rma/service-answer.ts";
import type { Parameters } from "./parameters.ts";

/** Which rows of all that a service found are wanted. */
export interface ServicePage {
  readonly startRow: number;
  readonly numRows: number;
}

/**
 * The page that the parameters ask for.
 *
 * @throws {QueryError} If a number is below 0.
 */
export function pageOf(parameters: Parameters): ServicePage {
  const count = (name: string): number => {
    const [value = 0] = parameters.numbers(name);
    if (value >= 0) return value;
    throw new QueryError(`Cannot use ${name} ${value}; give a whole number of 0 or more`);
  };
  return { startRow: count("start_row"), numRows: count("num_rows") };
}

/**
 * The answer of one page: what was found is made to rows only there.
 *
 * @param found All that was found, in order.
 */
export async function answerPage<Found>(
  found: readonly Found[],
  { startRow, numRows }: ServicePage,
  toRows: (found: readonly Found[]) => Promise<readonly ServiceRow[]> | readonly ServiceRow[],
): Promise<ServiceAnswer> {
  const serviceRows = await toRows(found.slice(startRow, startRow + numRows));
  return { startRow, totalRows: found.length, serviceRows };
}
