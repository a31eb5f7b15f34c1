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
  const isSecured = source.protocol === "http:" && to.protocol === "https:" && to.hostname === source.hostname;
  if (isSecured && to.pathname + to.search === source.pathname + source.search) {
    return { kind: "secure", url: to.href };
  }
  const isNamedPlain = source.protocol === "https:" && to.protocol === "http:" && to.hostname === source.hostname;
  const prefix = new URL(base).pathname.replace(/\/+$/, "");
  if ((to.origin !== source.origin && !isNamedPlain) || `${to.username}${to.password}` !== "") {
    return { kind: "elsewhere", reason: "redirects to another host" };
  }
  const local = new URL(to);
  local.pathname = to.pathname.startsWith(`${prefix}/`) ? to.pathname.slice(prefix.length) : "";
  local.pathname = local.pathname.replaceAll(/\/{2,}/g, "/");
  if (readTarget(local) === undefined) return { kind: "elsewhere", reason: "redirects to what is no path of the API" };
  return { kind: "here", target: local.pathname + local.search };
}
