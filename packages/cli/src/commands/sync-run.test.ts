import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Readable } from "node:stream";
import { createMirror, SAMPLE_BASE_URL, sampleStore } from "@brainatlas/mirror";
import { BrainAtlas } from "@brainatlas/sdk";
import { describe, expect, test } from "vitest";
import { temporaryFolder } from "../../../../tests/support/temporary.ts";
import { createFakeContext, type FakeOptions } from "../fake-context.test-kit.ts";
import { runProgram } from "../program.ts";

const allen = new BrainAtlas({ baseUrl: SAMPLE_BASE_URL, fetch: createMirror({ store: sampleStore() }).fetch });

async function sync(args: readonly string[], options: FakeOptions = {}) {
  const context = createFakeContext(options);
  const code = await runProgram(["sync", ...args], context);
  return { code, stdout: context.stdout.text, stderr: context.stderr.text, bytes: context.stdout.bytes };
}

/** Runs on the sample, and reads the rows of JSON. */
async function rows(args: readonly string[], options: FakeOptions = {}): Promise<Record<string, unknown>[]> {
  const { code, stdout, stderr } = await sync([...args, "--api", "sample", "--json"], options);
  expect([code, stderr]).toEqual([0, ""]);
  return JSON.parse(stdout);
}

describe("image-to-reference", () => {
  test("asks the service for a point, and computes the same", async () => {
    const point = await allen.sync.imageToReference(100883869, { x: 1000, y: 2000 });
    const expected = [{ x: 1000, y: 2000, x_um: point.x, y_um: point.y, z_um: point.z }];
    expect(await rows(["image-to-reference", "100883869", "--at", "1000,2000"])).toEqual(expected);
    const [local] = await rows(["image-to-reference", "100883869", "--at", "1000,2000", "--local"]);
    expect(local).toEqual({ ...expected[0], reference_space_id: 9 });
  });

  test("takes several points in their order", async () => {
    const found = await rows(["image-to-reference", "100883869", "--at", "1,2", "--at", "-3,4.5"]);
    expect(found.map(({ x, y }) => [x, y])).toEqual([
      [1, 2],
      [-3, 4.5],
    ]);
  });

  test.each([
    ["csv", 'name,y,x\n"a, ""b""",2000,1000\r\nc,4.5,-3'],
    ["csv with a mark at its start", '\uFEFFname,y,x\n"a, ""b""",2000,1000\n\nc,4.5,-3\n'],
    ["tsv", 'name\ty\tx\na, "b"\t2000\t1000\nc\t4.5\t-3\n'],
  ])("carries the columns of %s along", async (_, stdin) => {
    const found = await rows(["image-to-reference", "100883869", "--points", "-"], { stdin });
    const point = await allen.sync.imageToReference(100883869, { x: 1000, y: 2000 });
    expect(found).toHaveLength(2);
    const space = { x_um: point.x, y_um: point.y, z_um: point.z, reference_space_id: 9 };
    expect(found[0]).toEqual({ name: 'a, "b"', y: "2000", x: "1000", ...space });
    expect(found[1]).toMatchObject({ name: "c", x: "-3" });
  });

  test("keeps the columns in their order, whatever their names", async () => {
    const stdin = "2,1,__proto__,x,y\na,b,c,1000,2000\n";
    const args = ["image-to-reference", "100883869", "--points", "-", "--api", "sample", "--format", "csv"];
    for (const way of ["--local", "--remote"]) {
      const { stdout } = await sync([...args, way], { stdin });
      const [heading, row] = stdout.split("\n");
      expect(heading).toBe(`2,1,__proto__,x,y,x_um,y_um,z_um${way === "--local" ? ",reference_space_id" : ""}`);
      expect(row).toMatch(/^a,b,c,1000,2000,-?\d/);
    }
  });

  test("reads a file, and asks the service for each of its points if told so", async () => {
    const cwd = await temporaryFolder();
    await writeFile(join(cwd, "cells.csv"), "px,py\n1000,2000\n5,6\n");
    const args = ["image-to-reference", "100883869", "--points", "cells.csv", "--columns", "px,py"];
    const local = await rows(args, { cwd });
    const remote = await rows([...args, "--remote"], { cwd });
    expect(remote.map((row) => ({ ...row, reference_space_id: 9 }))).toEqual(local);
  });

  test("names the space that the data set's record names: sagittal data may lie in 9", async () => {
    const found = await rows(["image-to-reference", "69750516", "--at", "1000,2000", "--local"]);
    const section = await allen.sync.alignedSection(69750516);
    expect(found[0]?.reference_space_id).toBe(section.referenceSpaceId);
  });

  test("takes in the ndjson that it gives", async () => {
    const args = ["image-to-reference", "126862575", "--at", "1000,2000", "--at", "5,6", "--api", "sample"];
    const { stdout } = await sync([...args, "--format", "ndjson"]);
    const back = await rows(["reference-to-image", "9", "--points", "-", "--data-sets", "126862385"], {
      stdin: stdout.replaceAll(/"(x|y)":[^,]+,/g, ""),
    });
    expect(back.map(({ section_image_id }) => section_image_id)).toEqual([126862575, 126862575]);
    expect(back[0]).toMatchObject({ x_um: JSON.parse(stdout.split("\n")[0] ?? "").x_um });
  });

  test("asks for many points at once without a warning of listeners", async () => {
    const warnings: Error[] = [];
    const onWarning = (warning: Error): unknown => warnings.push(warning);
    process.on("warning", onWarning);
    const stdin = `x,y\n${"1,2\n".repeat(60)}`;
    const found = await rows(["image-to-reference", "100883869", "--points", "-", "--remote"], { stdin });
    await new Promise((resolve) => setImmediate(resolve)); // Warnings come a turn later.
    process.off("warning", onWarning);
    expect([found.length, warnings]).toEqual([60, []]);
  });

  test.each(["--local", "--remote"])("passes a heading without points on, %s", async (way) => {
    const args = ["image-to-reference", "126862575", "--points", "-", "--api", "sample", "--format", "csv", way];
    const first = await sync(args, { stdin: "name,x,y\n" });
    expect([first.code, first.stderr]).toEqual([0, "note: standard input has names of columns, and no points\n"]);
    expect(first.stdout).toMatch(/^name,x,y,x_um,y_um,z_um(,reference_space_id)?\n$/);
    const columns = ["--columns", "x_um,y_um,z_um"];
    const next = ["reference-to-image", "9", "--points", "-", ...columns, "--data-sets", "126862385", way];
    const second = await sync([...next, "--api", "sample", "--format", "csv"], { stdin: first.stdout });
    expect([second.code, second.stderr]).toEqual([0, first.stderr]);
    expect(second.stdout).toBe(
      `${first.stdout.trimEnd()},section_data_set_id,section_image_id,section_number,x_px,y_px\n`,
    );
  });

  test("gives csv that reference-to-image takes in", async () => {
    const there = await sync([
      "image-to-reference",
      "126862575",
      "--at",
      "1000,2000",
      "--api",
      "sample",
      "--format",
      "csv",
    ]);
    expect(there.stdout.split("\n")[0]).toBe("x,y,x_um,y_um,z_um");
    const [back] = await rows(
      ["reference-to-image", "9", "--points", "-", "--columns", "x_um,y_um,z_um", "--data-sets", "126862385"],
      { stdin: there.stdout },
    );
    expect(back).toMatchObject({ section_data_set_id: 126862385, section_image_id: 126862575, section_number: 70 });
    expect(Math.hypot(Number(back?.x_px) - 1000, Number(back?.y_px) - 2000)).toBeLessThan(1e-6);
  });
});

describe("the other services", () => {
  const SETS = ["--data-sets", "100048576,126862385"];
  const AT = ["--at", "6208,2368"];
  test.each([
    ["reference-to-image", ["reference-to-image", "9", "--at", "6085,3670,4883", ...SETS], 2],
    ["image-to-image", ["image-to-image", "69750516", ...AT, ...SETS], 2],
    ["image-to-image-2d", ["image-to-image-2d", "126862575", ...AT, "--images", "126862583,126862575"], 2],
    ["image-to-atlas", ["image-to-atlas", "69750516", ...AT, "--atlas", "1"], 1],
  ])("%s computes what the service answers", async (_, args, count) => {
    const remote = await rows(args);
    expect(remote).toHaveLength(count);
    expect(remote.every(({ x_px }) => typeof x_px === "number")).toBe(true);
    expect(await rows([...args, "--local"])).toEqual(remote);
  });

  test.each(["--local", "--remote"])("leave cells empty for what is not there, and say so, %s", async (way) => {
    const run = (targets: string): ReturnType<typeof sync> =>
      sync(["reference-to-image", "9", "--at", "1,2,3", "--data-sets", targets, "--api", "sample", way]);
    const { code, stdout, stderr } = await run("7,126862385");
    const words = "the sample atlas has no data set 7 with its alignments; its cells are empty";
    expect([code, stderr]).toEqual([0, `note: ${words}\n`]);
    expect(stdout.split("\n")[1]).toBe("1\t2\t3\t7\t\t\t\t");
    expect(stdout.split("\n")[2]).toMatch(/^1\t2\t3\t126862385\t\d+\t/);
    const several = await run("7,8,126862385");
    expect(several.stderr).toContain("no data sets 7, 8 with their alignments; their cells are empty");
    const none = await run("7,8");
    expect([none.code, none.stdout]).toEqual([1, ""]);
  });

  test.each(["--local", "--remote"])("leave cells empty for images that are not there, %s", async (way) => {
    const args = ["image-to-image-2d", "126862575", "--at", "1,2", "--images", "126862583,7", "--api", "sample", way];
    const { code, stdout, stderr } = await sync(args);
    const words = "the sample atlas has no image 7 with its alignments; its cells are empty";
    expect([code, stderr]).toEqual([0, `note: ${words}\n`]);
    expect(stdout.split("\n").map((line) => line.split("\t")[2])).toEqual([
      "section_image_id",
      "126862583",
      "",
      undefined,
    ]);
  });

  test.each(["--local", "--remote"])("say that images are of another specimen, %s", async (way) => {
    const args = ["image-to-image-2d", "126862575", "--at", "1,2", "--api", "sample", way];
    const { code, stderr } = await sync([...args, "--images", "126862583,100883869"]);
    const words = "of another specimen than image 126862575; 2-D alignments hold within one specimen";
    expect([code, stderr]).toEqual([0, `note: image 100883869 is ${words}\n`]);
  });

  test.each([
    [["reference-to-image", "9", "--at", "1,2,3", "--data-sets", "99"], "data set 99 with its alignments"],
    [["reference-to-image", "9", "--at", "1,2,3", "--data-sets", "98,99"], "data sets 98, 99 with their alignments"],
    [["image-to-reference", "99", "--at", "1,2"], "image 99 with its alignments"],
    [["register", "99"], "image 99"],
  ])("%j says in words what is not there", async (args, words) => {
    const way = args[0] === "register" ? [] : ["--local"];
    const { code, stderr } = await sync([...args, "--api", "sample", ...way]);
    expect(code).toBe(1);
    expect(stderr).toContain(words);
    expect(stderr).not.toContain("decode");
  });

  test("say that left and right are exchanged on the way", async () => {
    const args = [
      "reference-to-image",
      "10",
      "--at",
      "1,2,3",
      "--data-sets",
      "126862385",
      "--api",
      "sample",
      "--local",
    ];
    const { stderr } = await sync(args);
    expect(stderr).toBe("note: data set 126862385 lies in reference space 9; z of space 10 is mirrored\n");
    const unknown = await sync(args.with(1, "1"));
    expect(unknown.stderr).toContain("no map from space 1 is known");
  });

  test("structure-to-image takes acronyms and ids", async () => {
    const [expected] = await allen.sync.structureToImage(100048576, 549);
    const [named, other] = await rows(["structure-to-image", "100048576", "--structures", "TH,HPF"]);
    expect(named).toEqual({
      structure_id: 549,
      acronym: "TH",
      section_image_id: expected?.place?.imageId,
      section_number: expected?.place?.sectionNumber,
      x_px: expected?.place?.x,
      y_px: expected?.place?.y,
    });
    expect(other?.structure_id).toBe(1089);
    const { code, stderr } = await sync([
      "structure-to-image",
      "100048576",
      "--structures",
      "549,77",
      "--api",
      "sample",
    ]);
    expect([code, stderr]).toEqual([0, "note: the sample atlas does not know where structure 77 lies\n"]);
    const byId = await rows(["structure-to-image", "100048576", "--structures", "549"]);
    expect(byId[0]).not.toHaveProperty("acronym");
  });
});

describe("wrong usage", () => {
  test.each([
    [["image-to-reference", "1"], "give --at or --points"],
    [["image-to-reference", "1", "--at", "1,2", "--points", "-"], "Cannot use --at and --points at once"],
    [["image-to-reference", "1", "--at", "1,2", "--local", "--remote"], "--local and --remote"],
    [["image-to-reference", "1", "--at", "1,2,3"], "2 numbers"],
    [["reference-to-image", "9", "--at", "1,2,3"], "--data-sets"],
    [["reference-to-image", "9", "--at", "1,2,3", "--data-sets", "1,x"], "give ids"],
    [["reference-to-image", "9", "--points", "-", "--columns", "a,b", "--data-sets", "1"], "give 3 names"],
    [["register", "1", "--plane", "axial"], "coronal, sagittal, horizontal"],
    [["register", "1", "--out", "x.txt"], "give a file that ends in .png"],
    [["image-to-nowhere", "1"], "unknown command"],
  ])("%j ends with 2", async (args, words) => {
    const { code, stdout, stderr } = await sync(args);
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toContain(words);
  });

  test.each([
    ["", "Cannot read points of standard input: it is empty"],
    ["a,b\n1,2\n", 'it has no column x, y, but "a", "b"; name those of the coordinates with --columns'],
    ["X,Y,name\n1,2,3\n", "did you mean --columns X,Y?"],
    ["x;y\n1;2\n", "it seems to be separated by semicolons; give commas or tabs"],
    ['[\n{"x": 1}\n]\n', "it seems to be a list of JSON; give ndjson"],
    ["1,2\n3,4\n", "it seems to begin with a point; write the names"],
    ["x,y,x_um\n1,2,3\n", 'two columns "x_um"'],
    ["x,y,x\n1,2,3\n", 'two columns "x"'],
    ["x,y\n1,2\n\n3\n", "line 4 has 1 field, and there are 2 names"],
    ["x,y\n1,2\n3,\n", 'y of line 3 is ""; give a number'],
    ["x,y\n1,2\n3,0x10\n", 'y of line 3 is "0x10"; give a number'],
    ["x,y\n1,2\n3,-1e400\n", 'y of line 3 is "-1e400"; give a number'],
    ['{"x": 1, "y": null}\n', "y of line 1 is null; give a number"],
    ['x,y\n"1"2,3\n', "is no record of csv"],
    [`x,y\n"${"a".repeat(1_100_000)}\n`, "the record of line 2 is longer than 1000000 characters"],
  ])("points are refused: %#", async (stdin, words) => {
    const found = await sync(["image-to-reference", "100883869", "--points", "-", "--api", "sample"], { stdin });
    expect(found.stderr.slice(0, 300)).toContain(words);
    expect(found.code).toBe(1);
  });

  test.each([
    ["none.csv", "there is no such file"],
    [".", "it is a folder"],
  ])("points that cannot be read are named: %s", async (points, reason) => {
    const cwd = await temporaryFolder();
    const { code, stderr } = await sync(["image-to-reference", "1", "--points", points, "--api", "sample"], { cwd });
    expect(code).toBe(1);
    expect(stderr).toBe(`error: Cannot read points of "${points}": ${reason}; give a file of csv, tsv or ndjson\n`);
  });

  test.each([
    ["an image is not there", ["image-to-reference", "7", "--api", "sample"]],
    ["a field is not there", ["image-to-reference", "100883869", "--api", "sample", "--fields", "nope"]],
    ["the address is none", ["image-to-reference", "100883869", "--api", "nope"]],
  ])("an open standard input is let go of when %s", async (_, args) => {
    const stdin = new Readable({ read() {} });
    stdin.push("x,y\n1,2\n");
    const { code } = await sync([...args, "--points", "-"], { stdin });
    expect([code === 0, stdin.destroyed]).toEqual([false, true]);
  });

  test("an image that is not there ends with 1", async () => {
    const { code, stderr } = await sync(["image-to-reference", "7", "--at", "1,2", "--api", "sample"]);
    expect(code).toBe(1);
    expect(stderr).toContain("This mirror holds no image 7 with its alignments");
  });
});

describe("points that go on", () => {
  test("are mapped as they come, and forgotten", async () => {
    const chunk = `${Array.from({ length: 500 }, (_, index) => `${index},${index}`).join("\n")}\n`;
    let given = 0;
    async function* endless() {
      yield "x,y\n";
      for (; given < 200; given += 1) yield chunk;
    }
    const { code, stdout } = await sync(
      ["image-to-reference", "100883869", "--points", "-", "--api", "sample", "--format", "csv", "--limit", "3"].slice(
        0,
        -2,
      ),
      { stdin: endless() },
    );
    expect([code, given, stdout.split("\n").length]).toEqual([0, 200, 100_002]);
  });
});

describe("register", () => {
  test("writes a picture of reference space", async () => {
    const cwd = await temporaryFolder();
    const args = ["register", "126862575", "--spacing", "100", "--api", "sample", "--json"];
    const { code, stdout, stderr } = await sync(args, { cwd });
    expect([code, stderr]).toEqual([0, ""]);
    const facts = JSON.parse(stdout);
    expect(facts).toMatchObject({
      plane: "coronal",
      width: 114,
      height: 80,
      spacingUm: 100,
      axes: ["z", "y"],
      originUm: [0, 0],
      referenceSpaceId: 9,
      downsample: 8,
    });
    const png = await readFile(facts.file);
    expect([...png.subarray(1, 4)].map((code) => String.fromCharCode(code)).join("")).toBe("PNG");
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([114, 80]);
  });

  test("shows at each pixel what the model has there", async () => {
    const { structureAt } = await import("../../../mirror/src/sample/index.ts");
    const { default: sharp } = await import("sharp");
    const args = ["register", "126862575", "--spacing", "100", "--api", "sample", "--out", "-"];
    const { bytes } = await sync(args);
    const { data, info } = await sharp(bytes).raw().toBuffer({ resolveWithObject: true });
    const { registerSection } = await import("@brainatlas/sdk/sync");
    const section = await allen.sync.alignedSection(126862575);
    const pixels = { data: new Uint8Array(4), width: 1, height: 1 };
    const { pointAt } = registerSection(pixels, section, { spacingUm: 100 });
    let [inside, bright, outside, dark] = [0, 0, 0, 0];
    for (let row = 0; row < info.height; row += 1) {
      for (let column = 0; column < info.width; column += 1) {
        const { x, y, z } = pointAt(column, row);
        const isBrain = structureAt(x, y, z) !== 0;
        const value = (data[(row * info.width + column) * 4] ?? 0) + (data[(row * info.width + column) * 4 + 1] ?? 0);
        if (isBrain) inside += 1;
        else outside += 1;
        if (isBrain && value > 25) bright += 1;
        if (!isBrain && value <= 25) dark += 1;
      }
    }
    expect(inside).toBeGreaterThan(2000);
    // But for the pixels of the outline, of 100 µm.
    expect(bright / inside).toBeGreaterThan(0.95);
    expect(dark / outside).toBeGreaterThan(0.93);
  });

  test("refuses what cannot be shown", async () => {
    const both = await sync(["register", "126862575", "--api", "sample", "--out", "-", "--json"]);
    expect([both.code, both.bytes.length]).toEqual([2, 0]);
    const upright = await sync(["register", "126862575", "--api", "sample", "--plane", "sagittal", "--out", "-"]);
    expect([upright.code, upright.stderr]).toEqual([2, expect.stringContaining("it stands upright on it")]);
  });
});
