import { type Signal, signal } from "@preact/signals";

/** What is open on the page. It is no part of a link: who opens a link sees the same picture, and not the same menus. */
export interface Page {
  /** Whether the tree of structures stands beside the panels; on narrow screens, over them. */
  readonly tree: Signal<boolean>;
  /** Whether the keys are explained. */
  readonly help: Signal<boolean>;
  /** Whether the tools of the header are open, where there is no room for all of them. */
  readonly tools: Signal<boolean>;
  /** Whether presses on pictures draw a measuring line. */
  readonly measuring: Signal<boolean>;
  /** Whether panels have the whole image in a corner while a part of it is seen. */
  readonly overview: Signal<boolean>;
  /** Whether the active panel fills the screen; the rest lies under it but for what has the focus or is open. */
  readonly isFull: Signal<boolean>;
}

/** The page as it opens: with the tree where there is room for it. */
export function createPage(isWide: boolean): Page {
  return {
    tree: signal(isWide),
    help: signal(false),
    tools: signal(false),
    measuring: signal(false),
    overview: signal(true),
    isFull: signal(false),
  };
}
