/**
 * A path and query in the form in which recorded answers are looked up: single slashes, parameters sorted by name, so that
 * their order does not matter, as it does not to the service.
 *
 * @example canonicalTarget("//api/v2/x?b=1&a=2") // → "/api/v2/x?a=2&b=1"
 */
export function canonicalTarget(target: string): string {
  const [path = "", query = ""] = splitOnce(target, "?");
  const parameters = new URLSearchParams([...new URLSearchParams(query)].filter(([, value]) => value !== ""));
  parameters.sort();
  const text = parameters.toString();
  return path.replaceAll(/\/{2,}/g, "/") + (text === "" ? "" : `?${text}`);
}

function splitOnce(text: string, separator: string): string[] {
  const index = text.indexOf(separator);
  return index < 0 ? [text] : [text.slice(0, index), text.slice(index + 1)];
}
