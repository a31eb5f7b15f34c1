/** Where a request goes, and what it asks for there. */
export interface Target {
  readonly url: string;
  /** Scheme, host and port: what connections are shared by. */
  readonly origin: string;
  readonly isSecure: boolean;
  /** Host name or address to connect to; an IPv6 address without its brackets. */
  readonly host: string;
  readonly port: number;
  /** Value of the `host` field. */
  readonly authority: string;
  /** Path and query. */
  readonly path: string;
}

/**
 * Reads the URL of a request.
 *
 * @throws {TypeError} If it is not a URL, neither http nor https, or holds a user name or password.
 * @example parseTarget("http://[::1]:8080/a?b#c").path // → "/a?b"
 */
export function parseTarget(url: string): Target {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  if (parsed === undefined) throw new TypeError(`Cannot GET "${url}": it is not a URL; give one with scheme and host`);
  const { protocol, origin, hostname, port, host, pathname, search } = parsed;
  if (protocol !== "http:" && protocol !== "https:") {
    throw new TypeError(`Cannot GET "${url}": its scheme is ${protocol.slice(0, -1)}; give one of http or https`);
  }
  if (parsed.username !== "" || parsed.password !== "") {
    throw new TypeError(
      `Cannot GET ${origin}${pathname}: its URL holds a user name or password; give a header instead`,
    );
  }
  const isSecure = protocol === "https:";
  return {
    url,
    origin,
    isSecure,
    host: hostname.startsWith("[") ? hostname.slice(1, -1) : hostname,
    port: port === "" ? (isSecure ? 443 : 80) : Number(port),
    authority: host,
    path: pathname + search,
  };
}
