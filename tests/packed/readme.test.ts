// The example that newcomers try first: the program in the README, as it stands there.
import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, expect, onTestFinished, test } from "vitest";
import { ensureBuilt, ROOT } from "../../scripts/lib/setup.mjs";
import { runWell } from "../support/run.ts";

beforeAll(ensureBuilt, 300_000);

test("the README's lines run, and print what they promise", async () => {
  const readme = await readFile(join(ROOT, "README.md"), "utf8");
  // Each program goes on where the one before ends.
  const program = [...readme.matchAll(/```ts\n([\s\S]*?)```/g)].map(([, lines]) => lines).join("\n");
  expect(program).toContain("atlasImage(100883869");
  expect(program).toContain("allen.rows(query)");
  // Within the checkout, so that the packages are found by their names.
  const folder = join(ROOT, ".cache");
  const path = join(folder, "readme-example.mjs");
  await writeFile(path, program);
  onTestFinished(async () => {
    for (const file of [path, join(folder, "plate.jpg")]) await rm(file, { force: true });
  });
  const printed = await runWell(process.execPath, [path], { cwd: folder });
  expect(printed).toMatch(
    /^302 → http\S+imageservice\?mime=1&path=\S+\nimage\/jpeg \{ width: 969, height: 489 \}\nin the middle: \[ \d+, \d+, \d+ \]\n404\n69782969 sagittal\n382\n382\n$/,
  );
  expect((await readFile(join(folder, "plate.jpg"))).subarray(0, 2)).toEqual(Buffer.from([0xff, 0xd8]));
});
