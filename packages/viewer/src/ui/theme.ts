import { type ReadonlySignal, signal } from "@preact/signals";
import { remember, remembered } from "./remembered.ts";

/** Whether the page is light or dark. */
type Scheme = "light" | "dark";

/** The scheme of the page: that of the system until the user chose one, which is kept for the next visit. */
export interface Theme {
  readonly scheme: ReadonlySignal<Scheme>;
  /** Changes to the other one. */
  toggle(): void;
}

const KEY = "scheme";

/** Puts the scheme onto the page, and keeps it there. */
export function createTheme(): Theme {
  const system = matchMedia("(prefers-color-scheme: dark)");
  const kept = remembered(KEY);
  const chosen = kept === "light" || kept === "dark" ? kept : undefined;
  let isChosen = chosen !== undefined;
  const scheme = signal<Scheme>(chosen ?? schemeOf(system));
  scheme.subscribe((now) => {
    document.documentElement.dataset.theme = now;
  });
  system.addEventListener("change", () => {
    if (!isChosen) scheme.value = schemeOf(system);
  });
  return {
    scheme,
    toggle() {
      isChosen = true;
      scheme.value = scheme.peek() === "dark" ? "light" : "dark";
      remember(KEY, scheme.peek());
    },
  };
}

function schemeOf({ matches }: MediaQueryList): Scheme {
  return matches ? "dark" : "light";
}
