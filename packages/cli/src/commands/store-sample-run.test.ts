import { readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { temporaryFolder } from "../../../../tests/support/temporary.ts";
import { createFakeContext } from "../fake-context.test-kit.ts";
import { runProgram } from "../program.ts";

const ARGS = ["store", "sample", "69750516", "--downsample", "6", "--store", "s"];

test("store sample renders images into a store that is marked", async () => {
  const cwd = await temporaryFolder();
  const context = createFakeContext({ cwd });
  expect(await runProgram([...ARGS, "69750516"], context)).toBe(0);
  expect(context.stderr.text).toBe(`1 synthetic image and 33,049 rows put into ${join(cwd, "s")}\n`);
  const columns = context.stdout.text.split("\n").map((line) => line.split(/ {2,}/)[0]);
  expect(columns).toEqual(["KIND", "picture", "picture", "drawing", ""]);
  const { openStore } = await context.load.mirror();
  const store = await openStore(join(cwd, "s"));
  expect(store.synthetic).toBe(true);
  store.close();
});

test("store sample prints JSON, and says in a terminal how far it is", async () => {
  const cwd = await temporaryFolder();
  const context = createFakeContext({ cwd, terminal: {} });
  expect(await runProgram([...ARGS, "--json"], context)).toBe(0);
  expect(JSON.parse(context.stdout.text)).toMatchObject({
    directory: join(cwd, "s"),
    models: { Atlas: 12, SectionImage: 5 },
  });
  expect(context.stderr.text).toBe("\r\u001b[Kimage 1 of 1: 69750516\r\u001b[K");
});

test("store sample puts nothing into a store of other data", async () => {
  const cwd = await temporaryFolder();
  await writeFile(join(cwd, "notes.txt"), "one");
  const given = ["store", "import", "notes.txt", "--file", "9", "--store", "s"];
  expect(await runProgram(given, createFakeContext({ cwd }))).toBe(0);
  const context = createFakeContext({ cwd });
  expect(await runProgram(ARGS, context)).toBe(1);
  expect([context.stdout.text, context.stderr.text]).toEqual([
    "",
    `error: Cannot put synthetic images into the store "${join(cwd, "s")}": it holds other data; give another store (--store)\n`,
  ]);
  expect(await runProgram(given, createFakeContext({ cwd }))).toBe(0);
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
  [
    ["--downsample", "6"],
    "Cannot use --downsample 6: image 900000001 has tiers from 0 to 5; give one of these, or other images",
  ],
  [["--downsample", "17"], "Cannot use --downsample 17; give a whole number from 0 to 16"],
])("store sample refuses %j and makes no store", async (args, message) => {
  const cwd = await temporaryFolder();
  const context = createFakeContext({ cwd });
  expect(await runProgram(["store", "sample", ...args, "--store", "s"], context)).toBe(2);
  expect(context.stderr.text).toBe(`error: ${message}\n`);
  expect(await readdir(cwd)).toEqual([]);
});
