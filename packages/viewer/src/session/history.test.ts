import { describe, expect, test } from "vitest";
import { createView, type View, withImage, withPanel } from "../model/view.ts";
import type { ViewLink } from "../model/view-url.ts";
import { createViewHistory, type HistoryWindow } from "./history.ts";

const VIEW = createView({ kind: "atlas", id: 1 });
const zoomed = (zoom: number, view: View = VIEW): View => withPanel(view, 0, (panel) => ({ ...panel, zoom }));

/** A window with a history and a clock of its own. */
function createWindow(address: string) {
  const entries = [new URL(address, "http://page.test")];
  let at = 0;
  let timers: { act: () => void; id: number }[] = [];
  const listeners = new Map<string, Set<() => void>>();
  const tell = (type: string): void => {
    for (const listener of listeners.get(type) ?? []) listener();
  };
  const here = (): URL => entries[at] as URL;
  const go = (steps: number): void => {
    at += steps;
    tell("popstate");
    tell("hashchange");
  };
  const window: HistoryWindow = {
    location: {
      get pathname() {
        return here().pathname;
      },
      get search() {
        return here().search;
      },
      get hash() {
        return here().hash;
      },
    },
    history: {
      pushState(_data, _unused, url) {
        entries.splice(at + 1, entries.length, new URL(String(url), here()));
        at += 1;
      },
      replaceState(_data, _unused, url) {
        entries[at] = new URL(String(url), here());
      },
    },
    addEventListener: (type, listener) => listeners.set(type, (listeners.get(type) ?? new Set()).add(listener)),
    removeEventListener: (type, listener) => listeners.get(type)?.delete(listener),
    setTimeout: (act) => {
      const id = timers.length + 1;
      timers.push({ act, id });
      return id;
    },
    clearTimeout: (id) => {
      timers = timers.filter((timer) => timer.id !== id);
    },
  };
  return {
    window,
    tell,
    back: () => go(-1),
    /** As by hand, or by a link in the page. */
    goTo(hash: string): void {
      entries.splice(at + 1, entries.length, new URL(hash, here()));
      go(1);
    },
    /** Lets all that waits happen. */
    rest(): void {
      const due = timers;
      timers = [];
      for (const { act } of due) act();
    },
    addresses: () => entries.map(({ pathname, search, hash }) => pathname + search + hash),
  };
}

function start(address: string) {
  const page = createWindow(address);
  const links: ViewLink[] = [];
  const history = createViewHistory(page.window, (link) => links.push(link));
  return { ...page, history, links };
}

describe("createViewHistory()", () => {
  test("adds an entry for a step, and none where the address stays", () => {
    const { history, addresses } = start("/view/?api=http://x.test#atlas=1");
    history.write(withImage(VIEW, 0, 5), "step");
    history.write(withImage(VIEW, 0, 5), "step");
    expect(addresses()).toEqual(["/view/?api=http://x.test#atlas=1", "/view/?api=http%3A%2F%2Fx.test#atlas=1&plate=5"]);
  });

  test("replaces the entry when a movement rests, with the last of many", () => {
    const { history, addresses, rest } = start("/#atlas=1");
    for (const zoom of [-1, -2, -3]) history.write(zoomed(zoom), "move");
    expect(addresses()).toEqual(["/#atlas=1"]);
    rest();
    expect(addresses()).toEqual(["/#atlas=1&zoom=-3"]);
  });

  test("writes a movement that still waits before a step, and when the page goes", () => {
    const { history, addresses, rest, tell } = start("/#atlas=1");
    history.write(zoomed(-2), "move");
    history.write(withImage(zoomed(-2), 0, 5), "step");
    history.write(withImage(zoomed(-1), 0, 5), "move");
    tell("pagehide");
    rest();
    expect(addresses()).toEqual(["/#atlas=1&zoom=-2", "/#atlas=1&plate=5&zoom=-1"]);
  });

  test("tells where Back leads, once, and drops what waited", () => {
    const { history, addresses, rest, back, links } = start("/#atlas=1&plate=4");
    history.write(withImage(VIEW, 0, 5), "step");
    history.write(zoomed(-2, withImage(VIEW, 0, 5)), "move");
    back();
    rest();
    expect(links.map(({ panels }) => panels[0]?.imageId)).toEqual([4]);
    expect(addresses()).toEqual(["/#atlas=1&plate=4", "/#atlas=1&plate=5"]);
  });

  test("tells of an address typed by hand, and puts it right in place", () => {
    const { history, addresses, goTo, links } = start("/#atlas=1");
    goTo("#plate=7&zoom=oops");
    expect(links).toMatchObject([{ panels: [{ series: undefined, imageId: 7, zoom: undefined }] }]);
    history.write(withImage(VIEW, 0, 7), "restore");
    expect(addresses()).toEqual(["/#atlas=1", "/#atlas=1&plate=7"]);
  });

  test("moves the permalink of a query into the hash, and leaves other keys alone", () => {
    const { history, addresses } = start("/view/?atlas=1&plate=4&api=http://x.test&zoom=-3");
    expect(history.read().panels).toMatchObject([{ imageId: 4, zoom: -3 }]);
    history.write(zoomed(-3, withImage(VIEW, 0, 4)), "restore");
    expect(addresses()).toEqual(["/view/?api=http%3A%2F%2Fx.test#atlas=1&plate=4&zoom=-3"]);
  });

  test("goes on where the browser refuses, and writes the next change", () => {
    const { history, window, addresses } = start("/#atlas=1");
    const { pushState } = window.history;
    window.history.pushState = () => {
      throw new DOMException("Too many calls", "SecurityError");
    };
    history.write(withImage(VIEW, 0, 5), "step");
    window.history.pushState = pushState;
    history.write(withImage(VIEW, 0, 6), "step");
    expect(addresses()).toEqual(["/#atlas=1", "/#atlas=1&plate=6"]);
  });

  test("hears nothing any more when it was stopped", () => {
    const { history, goTo, links } = start("/#atlas=1");
    history.stop();
    goTo("#atlas=2");
    expect(links).toEqual([]);
  });
});
