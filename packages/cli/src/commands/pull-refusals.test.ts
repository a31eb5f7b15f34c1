import { existsSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeEach, describe, expect, test } from "vitest";
import { runProgram } from "../program.ts";
import { newPullSide, type PullSide } from "./pull.test-kit.ts";

let side: PullSide;
beforeEach(async () => {
  side = await newPullSide();
});

describe("pull refuses", () => {
  test.each([
    [[], "Cannot tell what is to be pulled; give it, such as: brainatlas pull atlas 1"],
    [["atlass", "1"], 'Cannot pull "atlass"; give one of atlas, dataset'],
    [
      ["atlas", "1", "--to", "f", "--store", "s"],
      "Cannot pull into a folder and a store at once; give --to or --store",
    ],
    [["atlas", "1", "--to", "list.txt"], "is no folder; give another place"],
    [["atlas", "1", "--to", "list.txt/below"], "is no folder; give another place"],
    [["atlas", "1", "--store", "."], "the folder holds other files; give an empty one or a new name, or --to"],
    [["atlas", "1", "--downsample", "17"], "Cannot use --downsample 17; give a whole number from 0 to 16"],
    [["atlas", "1", "--quality", "101"], "Cannot use --quality 101; give a whole number from 0 to 100"],
    [["atlas", "1", "--concurrency", "0"], "Cannot use --concurrency 0; give a whole number from 1 to 64"],
    [["atlas", "1", "--pipelining", "17"], "Cannot use --pipelining 17; give a whole number from 1 to 16"],
    [["atlas", "1", "--expression"], "unknown option '--expression'"],
    [["ontology", "1", "--downsample", "2"], "unknown option '--downsample'"],
    [["--downsample", "2", "ontology", "1"], "Cannot use --downsample with ontology; leave it out"],
    [["rma", "Organism", "--refresh"], "unknown option '--refresh'"],
    [["dataset", "x"], 'Cannot use id "x"; give a whole number of 1 or more'],
    [["svg"], "Cannot tell which drawings are meant; give ids or --atlas"],
    [["svg", "5", "--atlas", "1"], "Cannot tell which drawings are meant; give either ids or --atlas"],
    [["volume", "templat"], 'Cannot use volume "templat"; give one of template, annotation'],
    [["--images-list", "list.txt", "atlas", "1"], "Cannot pull a list of images and atlas at once"],
  ])("%j, and asks for nothing", async (args, message) => {
    const context = side.contextOf();
    expect(await side.pull(context, ...args)).toBe(2);
    expect(context.stderr.text).toContain(message);
    expect(side.asked).toEqual([]);
    expect(existsSync(join(side.cwd, "f"))).toBe(false);
  });

  test("a store as a folder of plain files", async () => {
    await writeFile(join(side.cwd, "notes.txt"), "one");
    expect(await runProgram(["store", "import", "notes.txt", "--file", "9", "--store", "s"], side.contextOf())).toBe(0);
    const context = side.contextOf();
    expect(await side.pull(context, "atlas", "1", "--to", "s")).toBe(2);
    expect(context.stderr.text).toContain("it is a store; give it as --store, or another folder");
    expect(side.asked).toEqual([]);
  });

  test("a list that is not there", async () => {
    const context = side.contextOf();
    expect(await side.pull(context, "--images-list", "nowhere.txt")).toBe(1);
    expect(context.stderr.text).toContain('Cannot read the list "nowhere.txt": there is no such file; check the path');
  });
});
