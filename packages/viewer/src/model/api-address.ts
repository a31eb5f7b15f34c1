/** The API that the page is to ask, or what is wrong with the address that was given. */
export type ApiAddress =
  | { readonly isValid: true; readonly url: string }
  | {
      readonly isValid: false;
      readonly given: string;
      /** Where it is an address, but of a kind that the policy of a page cannot name. */
      readonly isIpv6?: true;
    };

/** Longest address that is shown, in characters. */
const MAX_SHOWN = 200;

/**
 * The API of a page: its own origin, unless its query gives another one as `api`, by http or https.
 *
 * @param query The query of the page's address.
 * @param origin The origin of the page.
 * @example readApiAddress("?api=http://127.0.0.1:8080/", "http://x.test") // → { isValid: true, url: "http://127.0.0.1:8080" }
 */
export function readApiAddress(query: string, origin: string): ApiAddress {
  const given = new URLSearchParams(query).get("api")?.trim() || origin;
  const url = URL.canParse(given) ? new URL(given) : undefined;
  const isValid = url !== undefined && /^https?:$/.test(url.protocol) && url.username === "" && url.password === "";
  if (!isValid) return { isValid, given: given.slice(0, MAX_SHOWN) };
  // Of the page's own server no policy has to say an address.
  if (url.hostname.startsWith("[") && url.origin !== origin) {
    return { isValid: false, given: given.slice(0, MAX_SHOWN), isIpv6: true };
  }
  return { isValid, url: (url.origin + url.pathname).replace(/\/+$/, "") };
}
