import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { createFakeContext } from "./fake-context.test-kit.ts";
import { runProgram } from "./program.ts";
import { textOf } from "./text-of.test-kit.ts";

test("--version is the package's", async () => {
  const { version } = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8"));
  expect(await textOf("--version")).toBe(`${version}\n`);
});

test("help of a command is the same both ways", async () => {
  expect(await textOf("help", "image")).toBe(await textOf("image", "--help"));
  expect(await textOf("help", "store", "import")).toBe(await textOf("store", "import", "--help"));
  expect(await textOf("help")).toBe(await textOf("--help"));
});

test("help loads nothing that only some commands need", async () => {
  const refuse = (): Promise<never> => Promise.reject(new Error("this is not needed"));
  const load = { sdk: refuse, rma: refuse, queries: refuse, mirror: refuse, sharp: refuse };
  for (const args of [["--help"], ["rma", "--help"], ["structures", "tree", "--help"], ["datasets", "--help"]]) {
    expect(await runProgram(args, createFakeContext({ load }))).toBe(0);
  }
});

test("no command is wrong usage, and shows the help", async () => {
  const context = createFakeContext();
  expect(await runProgram([], context)).toBe(2);
  expect(context.stdout.text).toBe("");
  expect(context.stderr.text).toContain("Usage: brainatlas <command> [options]");
});

test.each([
  [["imgae"], "error: unknown command 'imgae'\n(Did you mean image?)\n"],
  [["imgae", "--help"], "error: unknown command 'imgae'\n(Did you mean image?)\n"],
  [["help", "imgae"], "error: unknown command 'imgae'\n(Did you mean image?)\n"],
  [["--verison"], "error: unknown option '--verison'\n(Did you mean --version?)\n"],
  [["image"], "error: missing required argument 'id'\nhint: \"brainatlas image --help\" says more\n"],
  [
    ["image", "1", "--downsample"],
    "error: option '--downsample <n>' argument missing\nhint: \"brainatlas image --help\" says more\n",
  ],
])("%j is wrong usage", async (args, message) => {
  const context = createFakeContext();
  expect(await runProgram(args, context)).toBe(2);
  expect(context.stderr.text).toBe(message);
});

test("nobody sees a stack trace unless they ask", async () => {
  const load = { sdk: () => Promise.reject(new TypeError("x is not a function")) };
  const plain = createFakeContext({ load });
  expect(await runProgram(["image", "1"], plain)).toBe(1);
  expect(plain.stderr.text).toBe("error: x is not a function\n");
  const debug = createFakeContext({ load, env: { DEBUG: "1" } });
  expect(await runProgram(["image", "1"], debug)).toBe(1);
  expect(debug.stderr.text).toMatch(/^error: x is not a function\nTypeError: x is not a function\n +at /);
});
