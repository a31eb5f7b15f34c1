import { describe, expect, test } from "vitest";
import { bindingOf, chordOf, isWidgetKey, KEY_BINDINGS, KEY_GROUPS, type KeyPress } from "./keys.ts";

const press = (key: string, more: Partial<KeyPress> = {}): KeyPress => ({
  key,
  code: "",
  shiftKey: false,
  ctrlKey: false,
  altKey: false,
  metaKey: false,
  ...more,
});

describe("chordOf()", () => {
  test.each([
    [press("r"), "R"],
    [press("R", { shiftKey: true }), "Shift+R"],
    [press("R"), "R"],
    [press("ArrowLeft"), "ArrowLeft"],
    [press("ArrowLeft", { shiftKey: true }), "Shift+ArrowLeft"],
    [press("?", { shiftKey: true }), "?"],
    [press("+", { shiftKey: true }), "+"],
    [press("к", { code: "KeyR" }), "R"],
    [press("ö", { code: "Semicolon" }), "ö"],
    [press("r", { ctrlKey: true }), undefined],
    [press("r", { metaKey: true }), undefined],
    [press("r", { altKey: true }), undefined],
  ])("names %o %s", (event, chord) => {
    expect(chordOf(event)).toBe(chord);
  });
});

describe("KEY_BINDINGS", () => {
  test("gives each key one thing to do, and each thing a key", () => {
    const chords = KEY_BINDINGS.flatMap((binding) => binding.chords);
    expect(new Set(chords).size).toBe(chords.length);
    const actions = KEY_BINDINGS.map(({ action }) => action);
    expect(new Set(actions).size).toBe(actions.length);
  });

  test("fills every heading of the help", () => {
    for (const group of KEY_GROUPS) expect(KEY_BINDINGS.some((binding) => binding.group === group)).toBe(true);
  });
});

test("bindingOf() finds what a key does", () => {
  expect(bindingOf("Shift+N")?.action).toBe("previousWithSelected");
  expect([bindingOf("Shift+Home"), bindingOf("q"), bindingOf(undefined)]).toEqual([undefined, undefined, undefined]);
});

test("isWidgetKey() leaves arrows to the tree and letters to the page", () => {
  expect([isWidgetKey("ArrowLeft"), isWidgetKey("Home"), isWidgetKey("D")]).toEqual([true, true, false]);
  expect([isWidgetKey("Shift+ArrowLeft"), isWidgetKey("Shift+ArrowDown")]).toEqual([true, true]);
});
