import type { JSX } from "preact";
import { useEffect } from "preact/hooks";
import { errorSentence, failureKind } from "../model/error-words.ts";
import { useSession } from "../session/context.ts";
import type { Opener } from "../session/opening.ts";
import { ApiForm } from "./api-form.tsx";
import { App } from "./app.tsx";
import { BigState } from "./big-state.tsx";
import { Button } from "./button.tsx";
import { CommandLine } from "./command-line.tsx";
import { Notices } from "./notices.tsx";
import type { Theme } from "./theme.ts";

/** The page from its first moment: it waits, shows the atlas, or says why there is none. */
export function Start({ opener, theme }: { opener: Opener; theme: Theme }): JSX.Element {
  const opening = opener.opening.value;
  if (opening.state === "open") return <App theme={theme} />;
  return (
    <main class="start">
      <h1 class="visually-hidden">brainatlas</h1>
      {opening.state === "waiting" ? <Waiting /> : undefined}
      {opening.state === "empty" ? <Empty atlasCount={opening.atlasCount} retry={opener.retry} /> : undefined}
      {opening.state === "failed" ? <Failed error={opening.error} retry={opener.retry} /> : undefined}
      <Notices />
    </main>
  );
}

/** Nothing is said of what is there at once. */
function Waiting(): JSX.Element {
  const { api } = useSession();
  return (
    <p class="late soft" role="status">
      Asking {api.baseUrl} for its atlases…
    </p>
  );
}

function Empty({ atlasCount, retry }: { atlasCount: number; retry: () => void }): JSX.Element {
  const { api } = useSession();
  return (
    <BigState title="Nothing to look at yet">
      <p>
        {api.baseUrl} answers, but holds{" "}
        {atlasCount === 0 ? "no atlas" : `the names of ${atlasCount} atlases and the images of none`}. Fetch one into
        its store:
      </p>
      <CommandLine text="brainatlas pull atlas 1" />
      <p>Or look at a small made-up atlas, which needs no network:</p>
      <CommandLine text="brainatlas serve --sample" />
      <div class="big-state-buttons">
        <Button label="Look again" kind="primary" onClick={retry} />
      </div>
      <ApiForm />
    </BigState>
  );
}

function Failed({ error, retry }: { error: unknown; retry: () => void }): JSX.Element {
  const { api } = useSession();
  useEffect(() => {
    addEventListener("online", retry);
    return () => removeEventListener("online", retry);
  }, [retry]);
  const { title, words } = failureWords(error, api.baseUrl);
  return (
    <BigState title={title} isFault>
      <p>{words}</p>
      <p class="small soft">{errorSentence(error)}</p>
      <div class="big-state-buttons">
        <Button label="Try again" kind="primary" onClick={retry} />
      </div>
      <p>A server on this computer, of what you have pulled or of the sample:</p>
      <CommandLine text="brainatlas serve" />
      <CommandLine text="brainatlas serve --sample" />
      <ApiForm given={api.baseUrl} />
    </BigState>
  );
}

function failureWords(error: unknown, url: string): { readonly title: string; readonly words: string } {
  const kind = failureKind(error);
  if (kind === "unreachable") return { title: "No connection to the API", words: unreachableWords(url) };
  if (kind === "foreign")
    return { title: "This is no answer of the API", words: `${url} answered, but not as the API does.` };
  return {
    title: "The API is out of order just now",
    words: `${url} is there, but is busy or fails. Try again later.`,
  };
}

function unreachableWords(url: string): string {
  return navigator.onLine
    ? `${url} does not answer this page. Is it running, and does it allow pages of other origins?`
    : `This computer is offline, so ${url} cannot be asked. The page goes on by itself when the network is back.`;
}
