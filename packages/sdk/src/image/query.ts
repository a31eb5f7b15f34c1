/**
 * Pairs as a URL's query, `""` for none. Commas and slashes stay readable: a query may hold them, and the service writes
 * them so itself.
 */
export function printQuery(pairs: readonly (readonly [string, string])[]): string {
  const text = pairs.map(([name, value]) => `${encode(name)}=${encode(value)}`).join("&");
  return text === "" ? "" : `?${text}`;
}

function encode(text: string): string {
  return encodeURIComponent(text).replaceAll("%2C", ",").replaceAll("%2F", "/");
}
