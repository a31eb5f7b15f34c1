import { rm, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeEach, describe, expect, test } from "vitest";
import type { FakeContext } from "../fake-context.test-kit.ts";
import { runProgram } from "../program.ts";
import { newPullSide, type PullSide } from "./pull.test-kit.ts";

let side: PullSide;
beforeEach(async () => {
  side = await newPullSide();
});

describe("pull verify", () => {
  test("says which files are as they were pulled, without a network", async () => {
    expect(await side.pullList(side.contextOf(), "--to", "f")).toBe(0);
    const verify = (context: FakeContext, ...args: string[]) => runProgram(["pull", "verify", "f", ...args], context);
    side.forget();
    const well = side.contextOf();
    expect(await verify(well)).toBe(0);
    expect(well.stdout.text).toMatch(/^5 files of \S+\/f are as they were pulled, [\d.]+ kB\n$/);
    await truncate(join(side.cwd, "f/plates/0168_100883869.jpg"), 500);
    await rm(join(side.cwd, "f/plates/0154_900000101.jpg"));
    await writeFile(join(side.cwd, "f/notes.txt"), "mine");
    const bad = side.contextOf();
    expect(await verify(bad)).toBe(1);
    expect(bad.stderr.text).toMatch(/^error: plates\/0168_100883869\.jpg: /m);
    expect(bad.stderr.text).toMatch(/^error: plates\/0154_900000101\.jpg: /m);
    expect(bad.stderr.text).toContain("note: not of the manifest, and not looked at: 1 file: notes.txt\n");
    expect(bad.stderr.text).toContain("hint: pull into the folder again");
    const forProgram = side.contextOf();
    expect(await verify(forProgram, "--json")).toBe(1);
    expect(JSON.parse(forProgram.stdout.text)).toMatchObject({
      ok: 3,
      faults: expect.arrayContaining([expect.objectContaining({ status: "missing" })]),
      foreign: ["notes.txt"],
    });
    expect(side.asked).toEqual([]);
  });

  test("says what never came of a pull that was interrupted", async () => {
    const context: FakeContext = side.contextOf({
      fetch: side.service((url) => {
        if (url.pathname.startsWith("/cgi-bin")) context.interrupt("SIGINT");
        return undefined;
      }),
    });
    expect(await side.pullList(context, "--to", "f", "--concurrency", "1")).toBe(130);
    const verified = side.contextOf();
    expect(await runProgram(["pull", "verify", "f"], verified)).toBe(1);
    expect(verified.stderr.text).toMatch(/^error: [12] files? (was|were) never had: plates\/\S+/m);
    const forProgram = side.contextOf();
    expect(await runProgram(["pull", "verify", "f", "--json"], forProgram)).toBe(1);
    expect(JSON.parse(forProgram.stdout.text).never).toContain("plates/0154_900000101.jpg");
    expect(await side.pullList(side.contextOf(), "--to", "f")).toBe(0);
    expect(await runProgram(["pull", "verify", "f"], side.contextOf())).toBe(0);
  });

  test("takes a folder of records alone", async () => {
    expect(await side.pull(side.contextOf(), "rma", "Organism", "--to", "rows")).toBe(0);
    const context = side.contextOf();
    expect(await runProgram(["pull", "verify", "rows"], context)).toBe(0);
    expect(context.stdout.text).toMatch(/^3 files of .* are as they were pulled/);
  });

  test("refuses a folder that nothing was pulled into", async () => {
    const context = side.contextOf();
    expect(await runProgram(["pull", "verify", "."], context)).toBe(1);
    expect(context.stderr.text).toMatch(/^error: .*manifest/m);
  });
});
