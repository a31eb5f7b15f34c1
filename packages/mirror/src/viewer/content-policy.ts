/** Longest address that is read; a name of the DNS has 253 characters at most. */
const MAX_ADDRESS_CHARACTERS = 2048;

/**
 * Origins that a policy can name. URLs allow more in a host than policies do, `;` and `*` among it, which would end a directive or mean
 * any host; an IPv6 address a policy cannot name.
 */
const NAMED_ORIGIN = /^https?:\/\/[a-z0-9_-]+(?:\.[a-z0-9_-]+)*\.?(?::\d+)?$/;

/**
 * The Content-Security-Policy of a page that may run its own scripts alone, and ask one API beside its own server.
 *
 * @param api Address of that API, as someone gave it; one that is no http(s) URL, or has a name and password, adds nothing.
 * @example contentPolicy("https://api.test/x").includes("connect-src 'self' https://api.test;") // → true
 */
export function contentPolicy(api: string | null): string {
  const origin = originOf(api ?? "");
  const asked = origin === undefined ? "" : ` ${origin}`;
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    `img-src 'self' blob: data:${asked}`,
    `connect-src 'self'${asked}`,
    "font-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'self'",
  ].join("; ");
}

function originOf(address: string): string | undefined {
  if (address.length > MAX_ADDRESS_CHARACTERS || !URL.canParse(address)) return undefined;
  const { protocol, host, username, password } = new URL(address);
  const origin = `${protocol}//${host}`;
  return username === "" && password === "" && NAMED_ORIGIN.test(origin) ? origin : undefined;
}
