import type { JSX } from "preact";
import { ApiForm, addressWith } from "./api-form.tsx";
import { BigState } from "./big-state.tsx";

const USUAL_WORDS = "Give an address that begins with http:// or https://, and has no user name in it.";
const IPV6_WORDS = "A page cannot ask an IPv6 address; give a name instead, such as localhost.";

/** Says that the address of the API in the page's own is none. */
export function WrongAddress({ given, isIpv6 = false }: { given: string; isIpv6?: boolean | undefined }): JSX.Element {
  const isFile = given === "null" || given === "file://";
  return (
    <main class="start">
      <h1 class="visually-hidden">brainatlas</h1>
      <BigState title={titleOf(isFile, isIpv6)} isFault>
        {isFile ? (
          <p>The page was opened from a file, so there is no server to ask.</p>
        ) : (
          <p>
            The page was asked to use <code class="given">{given}</code>. {isIpv6 ? IPV6_WORDS : USUAL_WORDS}
          </p>
        )}
        <ApiForm />
        {isFile ? undefined : <a href={addressWith("")}>Use the server that the page is from</a>}
      </BigState>
    </main>
  );
}

function titleOf(isFile: boolean, isIpv6: boolean): string {
  if (isFile) return "This page needs an API";
  return isIpv6 ? "That API cannot be asked from a page" : "That is no address of an API";
}
