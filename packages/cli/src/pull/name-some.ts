/** Names that are said. */
const NAMED = 5;

/**
 * The first of some names, for a message.
 *
 * @example nameSome(["a", "b", "c", "d", "e", "f", "g"]) // → "a, b, c, d, e and 2 others"
 */
export function nameSome(names: readonly string[]): string {
  const others = names.length - NAMED;
  const said = names.slice(0, NAMED).join(", ");
  if (others <= 0) return said;
  return `${said} and ${others} ${others === 1 ? "other" : "others"}`;
}
