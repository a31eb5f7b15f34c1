import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { temporaryFolder } from "../../../../tests/support/temporary.ts";
import { createFakeContext } from "../fake-context.test-kit.ts";
import { runProgram } from "../program.ts";

const ARGS = ["store", "sample", "69750516", "--downsample", "7", "--store", "s"];

test("store sample renders images into a store that is marked", async () => {
  const cwd = await temporaryFolder();
  const context = createFakeContext({ cwd });
  expect(await runProgram([...ARGS, "69750516"], context)).toBe(0);
  expect(context.stderr.text).toBe(`1 synthetic image put into ${join(cwd, "s")}\n`);
  const columns = context.stdout.text.split("\n").map((line) => line.split(/ {2,}/)[0]);
  expect(columns).toEqual(["KIND", "picture", "picture", "drawing", "", "MODEL", "SectionImage", ""]);
  const { openStore } = await context.load.mirror();
  const store = await openStore(join(cwd, "s"));
  expect(store.synthetic).toBe(true);
  store.close();
});

test("store sample prints JSON, and says in a terminal how far it is", async () => {
  const cwd = await temporaryFolder();
  const context = createFakeContext({ cwd, terminal: {} });
  expect(await runProgram([...ARGS, "--json"], context)).toBe(0);
  expect(JSON.parse(context.stdout.text)).toMatchObject({ directory: join(cwd, "s"), models: { SectionImage: 1 } });
  expect(context.stderr.text).toBe("\r\u001b[Kimage 1 of 1: 69750516\r\u001b[K");
});

test("store sample can be interrupted", async () => {
  const cwd = await temporaryFolder();
  const context = createFakeContext({ cwd });
  context.interrupt("SIGINT");
  expect(await runProgram(ARGS, context)).toBe(130);
  expect(context.stdout.text).toBe("");
});

test.each([
  [
    ["5"],
    'Cannot use image 5: the sample atlas has none such\nhint: "brainatlas plates --api sample" lists its plates',
  ],
  [["x"], 'Cannot use id "x"; give a whole number of 1 or more, such as 100883869'],
  [["--downsample", "17"], "Cannot use --downsample 17; give a whole number from 0 to 16"],
])("store sample refuses %j and makes no store", async (args, message) => {
  const cwd = await temporaryFolder();
  const context = createFakeContext({ cwd });
  expect(await runProgram(["store", "sample", ...args, "--store", "s"], context)).toBe(2);
  expect(context.stderr.text).toBe(`error: ${message}\n`);
  expect(await readdir(cwd)).toEqual([]);
});
