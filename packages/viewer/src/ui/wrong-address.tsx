import type { JSX } from "preact";
import { ApiForm, addressWith } from "./api-form.tsx";
import { BigState } from "./big-state.tsx";

/** Says that the address of the API in the page's own is none. */
export function WrongAddress({ given }: { given: string }): JSX.Element {
  const isFile = given === "null" || given === "file://";
  return (
    <main class="start">
      <h1 class="visually-hidden">brainatlas</h1>
      <BigState title={isFile ? "This page needs an API" : "That is no address of an API"} isFault>
        {isFile ? (
          <p>The page was opened from a file, so there is no server to ask.</p>
        ) : (
          <p>
            The page was asked to use <code class="given">{given}</code>. Give an address that begins with http:// or
            https://, and has no user name in it.
          </p>
        )}
        <ApiForm />
        {isFile ? undefined : <a href={addressWith("")}>Use the server that the page is from</a>}
      </BigState>
    </main>
  );
}
