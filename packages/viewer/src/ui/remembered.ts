/** Keys of what the browser keeps for the page. */
const PREFIX = "brainatlas.";

/** What the browser kept from an earlier visit; `undefined` where nothing is kept, or nothing may be. */
export function remembered(key: string): string | undefined {
  try {
    return localStorage.getItem(PREFIX + key) ?? undefined;
  } catch {
    return undefined;
  }
}

/** Keeps something for the next visit, where the browser allows it. */
export function remember(key: string, value: string): void {
  try {
    localStorage.setItem(PREFIX + key, value);
  } catch {
    // Private windows and blocked storage: it holds for this visit.
  }
}
