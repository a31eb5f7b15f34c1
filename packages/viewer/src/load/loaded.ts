/** Something that is asked of the API, in one of its states. */
export type Loaded<T> =
  | { readonly state: "loading" }
  | { readonly state: "ready"; readonly value: T }
  | { readonly state: "failed"; readonly error: unknown };

/** What has come, or `undefined`. */
export function readyValue<T>(loaded: Loaded<T> | undefined): T | undefined {
  return loaded?.state === "ready" ? loaded.value : undefined;
}
