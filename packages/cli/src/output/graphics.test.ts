import { expect, test } from "vitest";
import { detectGraphics, hasColour, hasTrueColour } from "./graphics.ts";

test.each([
  ["kitty", { TERM: "xterm-kitty" }],
  ["kitty", { TERM: "xterm-256color", KITTY_WINDOW_ID: "1" }],
  ["kitty", { TERM: "xterm-ghostty", TERM_PROGRAM: "ghostty" }],
  ["iterm", { TERM: "xterm-256color", TERM_PROGRAM: "iTerm.app" }],
  ["iterm", { TERM: "xterm-256color", TERM_PROGRAM: "WezTerm" }],
  ["iterm", { TERM: "xterm-256color", LC_TERMINAL: "iTerm2" }],
  ["sixel", { TERM: "foot" }],
  ["sixel", { TERM: "foot-extra" }],
  ["sixel", { TERM: "mlterm" }],
  ["sixel", { TERM: "xterm-sixel" }],
  ["blocks", { TERM: "xterm-256color" }],
  ["blocks", { TERM: "xterm-256color", TERM_PROGRAM: "vscode" }],
  ["blocks", { WT_SESSION: "x" }],
  ["blocks", { OS: "Windows_NT" }],
  ["blocks", { TERM: "xterm-kitty", TMUX: "/tmp/tmux" }],
  ["blocks", { TERM: "tmux-256color", KITTY_WINDOW_ID: "1" }],
  ["blocks", { TERM: "screen.xterm-256color" }],
  ["blocks", { TERM: "xterm-256color", TERM_PROGRAM: "iTerm.app", ZELLIJ: "0" }],
  ["none", { TERM: "linux" }],
  ["none", { TERM: "vt100" }],
  ["none", { TERM: "dumb" }],
  ["none", {}],
  ["none", { TERM: "xterm-kitty", NO_COLOR: "1" }],
  ["none", { TERM: "xterm-kitty", CI: "true" }],
  ["kitty", { TERM: "xterm-kitty", NO_COLOR: "", CI: "" }],
] as const)("detectGraphics() is %s for %o", (graphics, env) => {
  expect(detectGraphics(env, true)).toBe(graphics);
  expect(detectGraphics(env, false)).toBe("none");
});

test("hasTrueColour() believes only what is said", () => {
  expect(hasTrueColour({ COLORTERM: "truecolor" })).toBe(true);
  expect(hasTrueColour({ COLORTERM: "24bit" })).toBe(true);
  expect(hasTrueColour({ TERM: "xterm-direct" })).toBe(true);
  expect(hasTrueColour({ TERM: "xterm-256color" })).toBe(false);
});

test("hasColour() obeys NO_COLOR", () => {
  expect(hasColour({ TERM: "xterm" }, true)).toBe(true);
  expect(hasColour({ TERM: "xterm" }, false)).toBe(false);
  expect(hasColour({ TERM: "xterm", NO_COLOR: "1" }, true)).toBe(false);
  expect(hasColour({ TERM: "xterm", NO_COLOR: "" }, true)).toBe(true);
});
