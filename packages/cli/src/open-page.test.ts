import { describe, expect, test } from "vitest";
import { createFakeContext, type FakeOptions } from "./fake-context.test-kit.ts";
import { openPage, whyNotOpened } from "./open-page.ts";

const URL = "http://127.0.0.1:4711/view/";
const DESKTOP: FakeOptions = { terminal: {}, env: { DISPLAY: ":0" } };

/** What is opened and said with a wish. */
async function tryToOpen(options: FakeOptions, wish: boolean | undefined): Promise<[opened: string[], said: string]> {
  const opened: string[] = [];
  const open = async (target: string): Promise<unknown> => opened.push(target);
  const context = createFakeContext({ ...options, load: { open, ...options.load } });
  await openPage(context, URL, wish);
  expect(context.stdout.text).toBe("");
  return [opened, context.stderr.text];
}

describe("openPage()", () => {
  test("opens the browser where it is seen", async () => {
    expect(await tryToOpen(DESKTOP, undefined)).toEqual([[URL], "note: opened in your browser; Ctrl-C ends it\n"]);
  });

  test("says why it does not", async () => {
    expect(await tryToOpen({ terminal: {} }, undefined)).toEqual([
      [],
      "note: no browser is opened, as there is no display; Ctrl-C ends it\n",
    ]);
  });

  test("does as it is told, wherever it is", async () => {
    expect(await tryToOpen(DESKTOP, false)).toEqual([[], "note: no browser is opened; Ctrl-C ends it\n"]);
    expect((await tryToOpen({}, true))[0]).toEqual([URL]);
  });

  test("goes on when it cannot", async () => {
    const open = (): Promise<never> => Promise.reject(new Error("spawn xdg-open ENOENT"));
    const said = "note: no browser is opened: spawn xdg-open ENOENT; Ctrl-C ends it\n";
    expect(await tryToOpen({ ...DESKTOP, load: { open } }, undefined)).toEqual([[], said]);
  });
});

test.each([
  ["linux", { DISPLAY: ":0" }, undefined],
  ["linux", { WAYLAND_DISPLAY: "wayland-0" }, undefined],
  ["linux", { WSL_DISTRO_NAME: "Debian" }, undefined],
  ["linux", {}, "there is no display"],
  ["linux", { DISPLAY: "" }, "there is no display"],
  ["freebsd", {}, "there is no display"],
  ["linux", { DISPLAY: "localhost:10.0", SSH_CONNECTION: "a b c d" }, undefined],
  ["linux", { SSH_CONNECTION: "a b c d" }, "this terminal is on another machine"],
  ["darwin", { SSH_CONNECTION: "a b c d" }, "this terminal is on another machine"],
  ["darwin", {}, undefined],
  ["win32", {}, undefined],
  ["darwin", { CI: "true" }, "CI is set"],
  ["darwin", { CI: "1" }, "CI is set"],
  ["darwin", { CI: "false" }, undefined],
] as const)("whyNotOpened() in a terminal on %s with %j is %j", (platform, env, reason) => {
  expect(whyNotOpened({ platform, env, stdout: { isTTY: true, write: () => true } })).toBe(reason);
});

test("whyNotOpened() names a standard output that is no terminal first", () => {
  const stdout = { write: () => true };
  expect(whyNotOpened({ platform: "darwin", env: { CI: "true" }, stdout })).toBe("standard output is not a terminal");
});
