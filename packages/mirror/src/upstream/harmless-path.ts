/** How often a path may be decoded until nothing changes any more: one that needs more is a trick. */
const MAX_DECODINGS = 4;
/** Slashes that are none yet, and folders that lead up or nowhere, with the parameters that some servers take off them. */
const TRICK = /%(?:2f|5c)|\\|\p{Cc}|(?:^|\/)\.{1,2}(?:[/;]|$)/iu;

/**
 * Whether a path is a name and no way elsewhere, however often a server decodes it.
 *
 * @example isHarmlessPath("/api/v2/%25252e%25252e/x") // → false
 */
export function isHarmlessPath(pathname: string): boolean {
  let path = pathname;
  for (let round = 0; round < MAX_DECODINGS; round += 1) {
    if (TRICK.test(path)) return false;
    const next = decoded(path);
    if (next === path) return true;
    if (next === undefined) return false;
    path = next;
  }
  return false;
}

function decoded(path: string): string | undefined {
  try {
    return decodeURIComponent(path);
  } catch {
    return undefined;
  }
}
