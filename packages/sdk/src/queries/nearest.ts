/** The candidate that a text is most likely meant to be; `undefined` if none is like it. */
export function nearest<Name extends string>(text: string, candidates: readonly Name[]): Name | undefined {
  const wanted = fold(text);
  let best: Name | undefined;
  // A third of the characters may be wrong.
  let limit = Math.floor(wanted.length / 3) + 1;
  for (const candidate of candidates) {
    const distance = distanceOf(wanted, fold(candidate));
    if (distance >= limit) continue;
    limit = distance;
    best = candidate;
  }
  return best;
}

function fold(text: string): string[] {
  return [...text.trim().toLowerCase()];
}

/** Number of characters to insert, drop, replace, or exchange with the next (Levenshtein and Damerau). */
function distanceOf(from: readonly string[], to: readonly string[]): number {
  let before: readonly number[] = [];
  let row: readonly number[] = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (const [index, character] of from.entries()) {
    const next = [index + 1];
    for (const [column, other] of to.entries()) {
      const replaced = (row[column] ?? 0) + (character === other ? 0 : 1);
      const exchanges = column > 0 && character === to[column - 1] && other === from[index - 1];
      const exchanged = exchanges ? (before[column - 1] ?? 0) + 1 : replaced;
      next.push(Math.min(replaced, exchanged, (row[column + 1] ?? 0) + 1, (next[column] ?? 0) + 1));
    }
    before = row;
    row = next;
  }
  return row.at(-1) ?? 0;
}
