import { readTarget } from "./target.ts";

/** Where a redirect of the upstream leads. */
export type RedirectTarget =
  /** To a path of the API on this host, below the base URL. */
  | { readonly kind: "here"; readonly target: string }
  /** To the same question by https: a service that no longer answers by http. */
  | { readonly kind: "secure"; readonly url: string }
  | { readonly kind: "elsewhere"; readonly reason: string };

/**
 * Reads the `Location` of a redirect. Only what lies on the upstream's own host and is a path of the API leads on; the service is known to
 * name itself with http where https was asked (reference §1.3).
 *
 * @param from The URL that was asked.
 * @param base The base URL that it lies below.
 */
export function readRedirect(location: string | null, from: string, base: string): RedirectTarget {
  const source = new URL(from);
  const to = location !== null && URL.canParse(location, from) ? new URL(location, from) : undefined;
  if (to === undefined) return { kind: "elsewhere", reason: "redirects to what is no address" };
  const isSecured = isSameService(to, source) && source.protocol === "http:" && to.protocol === "https:";
  if (isSecured && to.pathname + to.search === source.pathname + source.search) {
    return { kind: "secure", url: to.href };
  }
  const isNamedPlain = isSameService(to, source) && source.protocol === "https:" && to.protocol === "http:";
  if ((to.origin !== source.origin && !isNamedPlain) || hasCredentials(to)) {
    return { kind: "elsewhere", reason: "redirects to another host" };
  }
  const prefix = new URL(base).pathname.replace(/\/+$/, "");
  const local = below(to, prefix);
  const target = readTarget(local);
  if (target === undefined) return { kind: "elsewhere", reason: "redirects to what is no path of the API" };
  if (target.key === readTarget(below(source, prefix))?.key)
    return { kind: "elsewhere", reason: "redirects to itself" };
  return { kind: "here", target: local.pathname + local.search };
}

/** Whether another scheme of the same host is meant, and not another program on it. */
function isSameService(to: URL, source: URL): boolean {
  return to.hostname === source.hostname && (to.port === "" || to.port === source.port) && !hasCredentials(to);
}

function hasCredentials({ username, password }: URL): boolean {
  return username !== "" || password !== "";
}

/** A URL by its path below a prefix; one that lies elsewhere has none. */
function below(url: URL, prefix: string): URL {
  const local = new URL(url);
  local.pathname = url.pathname.startsWith(`${prefix}/`) ? url.pathname.slice(prefix.length) : "";
  local.pathname = local.pathname.replaceAll(/\/{2,}/g, "/");
  return local;
}
