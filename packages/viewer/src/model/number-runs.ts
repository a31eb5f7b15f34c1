/** Numbers from the first to the last. */
export type NumberRun = readonly [first: number, last: number];

/**
 * Numbers in a row as one.
 *
 * @param numbers Whole numbers in ascending order, each once.
 * @example numberRuns([3, 4, 5, 9]) // → [[3, 5], [9, 9]]
 */
export function numberRuns(numbers: readonly number[]): NumberRun[] {
  const runs: [number, number][] = [];
  for (const number of numbers) {
    const last = runs.at(-1);
    if (last !== undefined && last[1] === number - 1) last[1] = number;
    else runs.push([number, number]);
  }
  return runs;
}

/**
 * Runs in words.
 *
 * @example printRuns([[3, 5], [9, 9]]) // → "3 to 5, 9"
 */
export function printRuns(runs: readonly NumberRun[]): string {
  return runs.map(([first, last]) => (first === last ? String(first) : `${first} to ${last}`)).join(", ");
}
