import type { JSX } from "preact";
import { isViewKey } from "../model/view-url.ts";

/** Asks for the address of another API, and opens the page with it. */
export function ApiForm({ given = "" }: { given?: string }): JSX.Element {
  const onSubmit = (event: SubmitEvent & { currentTarget: HTMLFormElement }): void => {
    event.preventDefault();
    const api = new FormData(event.currentTarget).get("api");
    location.assign(addressWith(typeof api === "string" ? api.trim() : ""));
  };
  return (
    <form class="api-form" onSubmit={onSubmit}>
      <label for="api-address">Address of an API</label>
      <div class="api-form-row">
        <input
          id="api-address"
          name="api"
          class="field"
          type="url"
          inputMode="url"
          required
          spellcheck={false}
          placeholder="http://127.0.0.1:8080"
          defaultValue={given}
        />
        <button type="submit" class="button">
          Open
        </button>
      </div>
    </form>
  );
}

/** The page with another API and nothing else; with its own where none is given. */
export function addressWith(api: string): string {
  const kept = [...new URLSearchParams(location.search)].filter(([key]) => key !== "api" && !isViewKey(key));
  const query = new URLSearchParams([...kept, ...(api === "" ? [] : [["api", api]])]).toString();
  return `${location.pathname}${query === "" ? "" : `?${query}`}`;
}
