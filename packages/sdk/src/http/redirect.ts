/** What to do with an answer that may be a redirect. */
export type RedirectDecision =
  | { readonly kind: "final" }
  | { readonly kind: "follow"; readonly url: string; readonly method: string; readonly sameOrigin: boolean }
  | { readonly kind: "refuse"; readonly detail: string };

const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

/**
 * Decides where a redirect leads (RFC 9110 §15.4, as `fetch` reads it).
 *
 * Only http and https are followed. From https, http on the same host is asked for as https: the image service is known
 * to name itself with http (reference §1.3), and answers on both. http on another host is refused.
 *
 * @param idempotent Whether a POST only reads: then it stays one after 301 and 302, as a GET would lose what it asks.
 */
export function decideRedirect(
  status: number,
  location: string | null,
  from: string,
  method: string,
  idempotent = false,
): RedirectDecision {
  if (!REDIRECTS.has(status) || location === null) return { kind: "final" };
  const base = new URL(from);
  let target: URL;
  try {
    target = new URL(location, base);
  } catch {
    return { kind: "refuse", detail: `, leading to "${location}", which is not a URL` };
  }
  if (target.protocol !== "http:" && target.protocol !== "https:") {
    return { kind: "refuse", detail: `, leading to "${target.href}", and only http and https are followed` };
  }
  if (base.protocol === "https:" && target.protocol === "http:") {
    if (target.hostname !== base.hostname) {
      return { kind: "refuse", detail: `, leading to "${target.href}", from https to http on another host` };
    }
    target.protocol = "https:";
    target.port = base.port;
  }
  return {
    kind: "follow",
    url: target.href,
    method: becomesGet(status, method, idempotent) ? "GET" : method,
    sameOrigin: target.origin === base.origin,
  };
}

function becomesGet(status: number, method: string, idempotent: boolean): boolean {
  if (status === 303) return method !== "HEAD";
  return (status === 301 || status === 302) && method === "POST" && !idempotent;
}
