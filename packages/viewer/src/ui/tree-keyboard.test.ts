import { signal } from "@preact/signals";
import { expect, test } from "vitest";
import type { Session } from "../session/session.ts";
import { createTreeKeyboard } from "./tree-keyboard.ts";
import type { TreeState } from "./tree-state.ts";

/** A press in a tree of two lines, of which the first is active; the line after it, and whether the tree took it. */
function press(key: string, more: Partial<KeyboardEvent> = {}) {
  const state = {
    rows: signal([
      { id: 1, level: 1, isOpen: true },
      { id: 2, level: 2 },
    ]),
    activeId: signal(1),
    wantedId: signal(undefined),
  } as unknown as TreeState; // What keys need of it.
  const session = { pointed: signal(undefined) } as unknown as Session;
  let isTaken = false;
  const preventDefault = (): void => {
    isTaken = true;
  };
  const event = { key, timeStamp: 0, preventDefault, stopPropagation: () => {}, ...more } as KeyboardEvent;
  createTreeKeyboard(session, state, () => 10)(event);
  return { activeId: state.activeId.peek(), isTaken };
}

test("createTreeKeyboard() goes through the lines, and keeps keys that lead nowhere", () => {
  expect(press("ArrowDown")).toEqual({ activeId: 2, isTaken: true });
  expect(press("ArrowUp")).toEqual({ activeId: 1, isTaken: true });
});

test.each(["altKey", "ctrlKey", "metaKey"])("createTreeKeyboard() leaves keys with %s to the browser", (modifier) => {
  for (const key of ["ArrowLeft", "ArrowDown", "Home", "*"])
    expect(press(key, { [modifier]: true })).toEqual({ activeId: 1, isTaken: false });
});
