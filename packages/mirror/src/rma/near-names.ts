/** Names that a message lists at most. */
const MAX_NAMES = 5;
/** Longest name that is compared: what a query may say is longer than any name. */
const MAX_CHARACTERS = 80;

/**
 * The names most like a wrong one, for an error.
 *
 * @returns Text to put at the end of a message, such as `; near it are "id" and "name"`; empty where nothing is near.
 */
export function printNearNames(wrong: string, names: Iterable<string>): string {
  const text = wrong.slice(0, MAX_CHARACTERS);
  const near = [...names]
    .map((name) => ({ name, distance: distanceOf(text, name) }))
    .filter(
      ({ name, distance }) => distance <= Math.max(2, name.length / 3) || name.includes(text) || text.includes(name),
    )
    .sort((one, other) => one.distance - other.distance)
    .slice(0, MAX_NAMES)
    .map(({ name }) => `"${name}"`);
  return near.length === 0 ? "" : `; near it: ${near.join(", ")}`;
}

/** Number of letters to put in, take out or replace. */
function distanceOf(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let i = 1; i <= one.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= other.length; j += 1) {
      const replaced = (row[j - 1] ?? 0) + (one[i - 1] === other[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[other.length] ?? 0;
}

/** A text of a query as a message quotes it: whatever it holds, and not at length. */
export function quote(text: string): string {
  return JSON.stringify(text.length > MAX_CHARACTERS ? `${text.slice(0, MAX_CHARACTERS)}…` : text);
}
