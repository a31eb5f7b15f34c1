import { show } from "../check.ts";

/** A path of the API as a URL; a whole URL stays as it is. */
export function resolvePath(path: string, baseUrl: string): string {
  if (path.startsWith("/")) return baseUrl + path;
  return path.startsWith(`${baseUrl}/`) ? path : parseUrl(path).href;
}

/** Adds a printed query, which begins with `?`, to a URL that may have one. */
export function addQuery(url: string, query: string): string {
  const [address = ""] = url.split("#", 1); // A fragment is never sent, and would hide the query.
  return address.includes("?") ? address + query.replace("?", "&") : address + query;
}

/**
 * The origin of an API, with the path before the API's own, without a trailing slash.
 *
 * @throws {TypeError} If the text is no such URL.
 */
export function normaliseBaseUrl(text: string, name = "baseUrl"): string {
  const url = parseUrl(text);
  if (url.search !== "" || url.hash !== "" || url.username !== "" || url.password !== "") {
    throw new TypeError(`Cannot use ${name} ${show(text)}; give an origin, with a path before the API's at most`);
  }
  return url.href.replace(/\/+$/, "");
}

function parseUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol === "http:" || url?.protocol === "https:") return url;
  throw new TypeError(`Cannot use address ${show(text)}; give one that starts with http:// or https://`);
}
