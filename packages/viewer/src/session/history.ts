import type { View } from "../model/view.ts";
import { isViewKey, parseViewLink, printView, type ViewLink } from "../model/view-url.ts";
import type { ChangeKind } from "./session.ts";

/** How long a movement rests before the address follows, in ms: browsers refuse more than some hundred changes in half a minute. */
const REST_MS = 350;

/** What of a browser's window its history needs. */
export interface HistoryWindow {
  readonly location: Pick<Location, "pathname" | "search" | "hash">;
  readonly history: Pick<History, "pushState" | "replaceState">;
  addEventListener(type: "popstate" | "hashchange" | "pagehide", listener: () => void): void;
  removeEventListener(type: "popstate" | "hashchange" | "pagehide", listener: () => void): void;
  setTimeout(act: () => void, delayMs: number): number;
  clearTimeout(timer: number): void;
}

/** The address of the page, kept in step with the view. */
export interface ViewHistory {
  /** What the address asks for now. */
  read(): ViewLink;
  /**
   * Writes a view into the address: a step as a new entry, a movement in place of the last one when it rests.
   *
   * @param acronyms Of structures that are selected and whose ids are not known yet.
   */
  write(view: View, kind: ChangeKind, acronyms?: readonly string[]): void;
  /** Writes what still waits, and stops listening. */
  stop(): void;
}

/**
 * Keeps the address of a page.
 *
 * @param onLink Hears of each address that was gone to: by Back, Forward, a link, or by hand.
 */
export function createViewHistory(window: HistoryWindow, onLink: (link: ViewLink) => void): ViewHistory {
  const { location, history } = window;
  let written = location.hash;
  let waiting: { readonly hash: string; readonly timer: number } | undefined;

  const put = (how: "pushState" | "replaceState", hash: string): void => {
    if (hash === written) return;
    try {
      history[how](null, "", addressOf(location, hash));
      written = hash;
    } catch {
      // Browsers refuse when it is too often; the next change brings the address up to date.
    }
  };
  const drop = (): void => {
    if (waiting !== undefined) window.clearTimeout(waiting.timer);
    waiting = undefined;
  };
  const flush = (): void => {
    const hash = waiting?.hash;
    drop();
    if (hash !== undefined) put("replaceState", hash);
  };
  const onGone = (): void => {
    if (location.hash === written) return;
    drop();
    written = location.hash;
    onLink(parseViewLink(written));
  };

  const listened = [
    ["popstate", onGone],
    ["hashchange", onGone],
    ["pagehide", flush],
  ] as const;
  for (const [type, listener] of listened) window.addEventListener(type, listener);

  return {
    read: () => parseViewLink(location.hash, location.search),
    write(view, kind, acronyms) {
      const hash = `#${printView(view, acronyms)}`;
      if (kind === "step") flush();
      drop();
      if (kind === "move") waiting = { hash, timer: window.setTimeout(flush, REST_MS) };
      else put(kind === "step" ? "pushState" : "replaceState", hash);
    },
    stop() {
      flush();
      for (const [type, listener] of listened) window.removeEventListener(type, listener);
    },
  };
}

/** The address of the page with another hash; what a permalink's query said stands in the hash from then on. */
function addressOf({ pathname, search }: HistoryWindow["location"], hash: string): string {
  const kept = [...new URLSearchParams(search)].filter(([key]) => !isViewKey(key));
  const query = new URLSearchParams(kept).toString();
  return `${pathname}${query === "" ? "" : `?${query}`}${hash}`;
}
