import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
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
    expect(await rows(["image-to-reference", "100883869", "--at", "1000,2000", "--local"])).toEqual(expected);
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
    expect(found[0]).toEqual({ name: 'a, "b"', y: "2000", x: "1000", x_um: point.x, y_um: point.y, z_um: point.z });
    expect(found[1]).toMatchObject({ name: "c", x: "-3" });
  });

  test("reads a file, and asks the service for each of its points if told so", async () => {
    const cwd = await temporaryFolder();
    await writeFile(join(cwd, "cells.csv"), "px,py\n1000,2000\n5,6\n");
    const args = ["image-to-reference", "100883869", "--points", "cells.csv", "--columns", "px,py"];
    const local = await rows(args, { cwd });
    expect(await rows([...args, "--remote"], { cwd })).toEqual(local);
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

  test("leave cells empty where there is no image, and say so", async () => {
    const args = ["reference-to-image", "9", "--at", "1,2,3", "--data-sets", "7,126862385", "--api", "sample"];
    const { code, stdout, stderr } = await sync([...args, "--format", "csv"]);
    expect([code, stderr]).toEqual([0, "note: no image was found for 1 of 2 rows\n"]);
    expect(stdout.split("\n")[1]).toBe("1,2,3,7,,,,");
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
    [["image-to-nowhere", "1"], "unknown command"],
  ])("%j ends with 2", async (args, words) => {
    const { code, stdout, stderr } = await sync(args);
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toContain(words);
  });

  test.each([
    ["", 2, "standard input is empty"],
    ["a,b\n1,2\n", 2, "it has no column x, y"],
    ["x,y,x_um\n1,2,3\n", 2, "two columns x_um"],
    ["x,y,x\n1,2,3\n", 2, "two columns x"],
    ["x,y\n1,2\n3\n", 1, "point 2 has 1 fields, and there are 2 names"],
    ["x,y\n1,2\n3,\n", 1, 'y of point 2 is ""; give a number'],
    ["x,y\n1,2\n3,0x10\n", 1, 'y of point 2 is "0x10"; give a number'],
    ['x,y\n"1"2,3\n', 1, "is no record of csv"],
    [`x,y\n"${"a".repeat(1_100_000)}\n`, 1, "longer than 1000000 characters"],
  ])("points are refused: %#", async (stdin, code, words) => {
    const found = await sync(["image-to-reference", "100883869", "--points", "-", "--api", "sample"], { stdin });
    expect(found.stderr.slice(0, 300)).toContain(words);
    expect(found.code).toBe(code);
  });

  test("a file that is not there is named", async () => {
    const cwd = await temporaryFolder();
    const { code, stderr } = await sync(["image-to-reference", "1", "--points", "none.csv", "--api", "sample"], {
      cwd,
    });
    expect(code).toBe(1);
    expect(stderr).toContain("none.csv");
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
