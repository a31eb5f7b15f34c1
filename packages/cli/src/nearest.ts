/**
 * The candidate that differs from a word in the fewest letters, if it is near enough to be what was meant.
 *
 * @example nearest("setcion", ["atlas", "section"]) // → "section"
 */
export function nearest(word: string, candidates: readonly string[]): string | undefined {
  const ranked = candidates
    .map((candidate) => ({ candidate, distance: editDistance(word.toLowerCase(), candidate.toLowerCase()) }))
    .sort((one, other) => one.distance - other.distance);
  const best = ranked[0];
  return best !== undefined && best.distance <= Math.max(1, best.candidate.length * 0.4) ? best.candidate : undefined;
}

/** Letters to insert, remove or replace, two swapped neighbours counting as one. */
function editDistance(one: string, other: string): number {
  const rows: number[][] = [Array.from({ length: other.length + 1 }, (_, column) => column)];
  const at = (row: number, column: number): number => rows[row]?.[column] ?? 0;
  for (let row = 1; row <= one.length; row += 1) {
    rows[row] = [row];
    for (let column = 1; column <= other.length; column += 1) {
      const same = one[row - 1] === other[column - 1] ? 0 : 1;
      const swapped = row > 1 && column > 1 && one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1];
      const steps = [at(row - 1, column) + 1, at(row, column - 1) + 1, at(row - 1, column - 1) + same];
      if (swapped) steps.push(at(row - 2, column - 2) + 1);
      (rows[row] as number[])[column] = Math.min(...steps); // Made two lines above.
    }
  }
  return at(one.length, other.length);
}
