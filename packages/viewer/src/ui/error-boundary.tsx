import { Component, type ComponentChildren, type JSX } from "preact";
import { errorSentence } from "../model/error-words.ts";
import { addressWith } from "./api-form.tsx";
import { BigState } from "./big-state.tsx";
import { Button } from "./button.tsx";

interface State {
  readonly error: unknown;
  readonly hasFailed: boolean;
}

/** Says what happened where the page itself fails, in place of a blank one. */
export class ErrorBoundary extends Component<{ children: ComponentChildren }, State> {
  override state: State = { error: undefined, hasFailed: false };

  static override getDerivedStateFromError(error: unknown): State {
    return { error, hasFailed: true };
  }

  override render(): JSX.Element | ComponentChildren {
    const { error, hasFailed } = this.state;
    if (!hasFailed) return this.props.children;
    return (
      <main class="start">
        <BigState title="This page failed" isFault>
          <p>{errorSentence(error)}</p>
          <p class="soft">
            The fault is in the page itself. Loading it again shows the same view; the first view may work where this
            one does not.
          </p>
          <div class="big-state-buttons">
            <Button label="Load again" kind="primary" onClick={() => location.reload()} />
            <Button label="Go to the first view" onClick={loadFirstView} />
          </div>
        </BigState>
      </main>
    );
  }
}

/** Loads the page as without a link, with the same API. */
function loadFirstView(): void {
  history.replaceState(null, "", addressWith(new URLSearchParams(location.search).get("api") ?? ""));
  location.reload();
}
