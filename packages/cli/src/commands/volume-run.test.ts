import { mkdtemp, readdir, readFile, rm, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Volume, type VolumeOptions, writeNrrd } from "@brainatlas/sdk/volume";
import sharp from "sharp";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { makeZip } from "../../../../tests/support/make-zip.ts";
import { createFakeContext, type FakeContext, type FakeOptions } from "../fake-context.test-kit.ts";
import { runProgram } from "../program.ts";

let cwd = "";

beforeEach(async () => {
  cwd = await mkdtemp(join(tmpdir(), "brainatlas-volume-"));
});

afterEach(async () => {
  await rm(cwd, { recursive: true, force: true });
});

async function run(args: readonly string[], options: FakeOptions = {}): Promise<FakeContext & { code: number }> {
  const context = createFakeContext({ cwd, ...options });
  const code = await runProgram(["volume", ...args], context);
  return { ...context, code };
}

/** Six labels: two of the thalamus, one that is in no graph, and nothing. */
const LABELS = new Volume(Uint32Array.of(0, 549, 549, 4_000_000_000, 8, 0), [3, 2, 1], { spacingUm: 100 });
const GRAPH = JSON.stringify({
  id: 8,
  acronym: "grey",
  name: "Grey",
  color_hex_triplet: "BFDAE3",
  children: [{ id: 549, acronym: "TH", name: "Thalamus", color_hex_triplet: "FF7080" }],
});

async function save(name: string, volume: Volume): Promise<void> {
  await writeFile(join(cwd, name), await writeNrrd(volume));
}

const values = (numbers: readonly number[], options: Partial<VolumeOptions> = {}): Volume =>
  new Volume(Float32Array.from(numbers), [numbers.length, 1, 1], { spacingUm: 10, ...options });

/** The header and the voxels of a MetaImage of two bytes. */
const MHD =
  "NDims = 3\nElementSpacing = 200 200 200\nDimSize = 2 1 1\nElementType = MET_UCHAR\nElementDataFile = energy.raw\n";

describe("volume info", () => {
  test("prints what an annotation is like", async () => {
    await save("annotation_x.nrrd", LABELS);
    const { code, stdout, stderr } = await run(["info", "annotation_x.nrrd"]);
    expect([code, stderr.text]).toEqual([0, ""]);
    expect(stdout.text).toMatchInlineSnapshot(`
      "annotation_x
        size     3 × 2 × 1, 6 voxels
        spacing  100 × 100 × 100 µm
        extent   300 × 200 × 100 µm
        type     uint32, 24 bytes
        labels   3, in 4 voxels
      "
    `);
  });

  test("prints the range of values", async () => {
    await save("template.nrrd", values([0, 1, 2.5], { originUm: [5, 0, 0], space: "LPS" }));
    const { stdout } = await run(["info", "template.nrrd"]);
    expect(stdout.text).toMatchInlineSnapshot(`
      "template
        size     3 × 1 × 1, 3 voxels
        spacing  10 × 10 × 10 µm
        extent   30 × 10 × 10 µm
        origin   5, 0, 0 µm
        type     float32, 12 bytes
        space    LPS, says the file
        range    0 to 2.5
        mean     1.16667
      "
    `);
    const json = JSON.parse((await run(["info", "./template.nrrd", "--json"])).stdout.text);
    expect(json).toMatchObject({ type: "float32", size: [3, 1, 1], min: 0, max: 2.5, space: "LPS", dataVoxels: 3 });
  });

  test("reads a MetaImage with its voxels beside it, and a zip", async () => {
    await writeFile(join(cwd, "energy.mhd"), MHD);
    await writeFile(join(cwd, "energy.raw"), Uint8Array.of(1, 2));
    expect((await run(["info", "energy.mhd"])).stdout.text).toContain("range    1 to 2");
    const zip = makeZip([
      { name: "energy.mhd", body: MHD },
      { name: "energy.raw", body: Uint8Array.of(1, 2) },
      { name: "density.mhd", body: MHD.replace("energy.raw", "density.raw") },
      { name: "density.raw", body: Uint8Array.of(3, 4) },
    ]);
    await writeFile(join(cwd, "grid.zip"), zip);
    const unnamed = await run(["info", "grid.zip"]);
    expect([unnamed.code, unnamed.stderr.text]).toEqual([
      2,
      "error: Cannot tell which volume of the zip is meant; give --name one of energy, density\n",
    ]);
    const named = await run(["info", "grid.zip", "--name", "density"]);
    expect([named.code, named.stdout.text.split("\n")[0]]).toEqual([0, "grid-density"]);
    expect((await run(["info", "grid.zip", "--name", "x"])).code).toBe(2);
  });

  test("opens a file of any length", async () => {
    const bytes = await writeNrrd(values([1, 2]), { encoding: "raw" });
    await writeFile(join(cwd, "long.nrrd"), bytes);
    await truncate(join(cwd, "long.nrrd"), 3 * 2 ** 30);
    const { code, stderr } = await run(["info", "long.nrrd"]);
    expect([code, stderr.text]).toEqual([1, expect.stringContaining("holds more; expected 8 bytes of voxels")]);
    const missing = await run(["info", "none.nrrd"]);
    expect(missing.stderr.text).toContain('none.nrrd": there is no such file; give a file, or one of annotation,');
  });

  test("asks for a spacing where a file has none", async () => {
    const bytes = "NRRD0004\ntype: uint8\ndimension: 3\nsizes: 1 1 1\nencoding: raw\n\nx";
    await writeFile(join(cwd, "bare.nrrd"), bytes);
    expect((await run(["info", "bare.nrrd"])).stderr.text).toContain("or the option spacingUm");
    expect((await run(["info", "bare.nrrd", "--spacing", "25"])).stdout.text).toContain("25 × 25 × 25 µm");
  });

  test("reads the sample's volumes", async () => {
    const { code, stdout } = await run(["info", "annotation", "--resolution", "100", "--api", "sample", "--json"]);
    expect(code).toBe(0);
    expect(JSON.parse(stdout.text)).toMatchObject({ size: [132, 80, 114], spacingUm: [100, 100, 100], type: "uint32" });
  });
});

describe("volume slice", () => {
  test("draws labels in the colours of a file", async () => {
    await save("annotation_x.nrrd", LABELS);
    await writeFile(join(cwd, "1.json"), GRAPH);
    const { code, stdout, stderr } = await run([
      "slice",
      "annotation_x.nrrd",
      "--axis",
      "sagittal",
      "--structures",
      "1.json",
    ]);
    expect([code, stderr.text]).toEqual([0, "note: label 4000000000 is no structure of the graph, and left out\n"]);
    expect(stdout.text.endsWith(`${join(cwd, "annotation_x-sagittal-0.png")}\n`)).toBe(true);
    const { data, info } = await sharp(join(cwd, "annotation_x-sagittal-0.png"))
      .raw()
      .toBuffer({ resolveWithObject: true });
    const [none, thalamus, grey] = [
      [0, 0, 0, 0],
      [255, 112, 128, 255],
      [191, 218, 227, 255],
    ];
    expect([info.width, info.height, [...data]]).toEqual([3, 2, [none, thalamus, thalamus, none, grey, none].flat()]);
  });

  test("draws values in shades, and writes the bytes to a pipe", async () => {
    await save("template.nrrd", values([0, 5, 10]));
    const { code, stdout } = await run([
      "slice",
      "template.nrrd",
      "--axis",
      "sagittal",
      "--window",
      "0,20",
      "--out",
      "-",
    ]);
    expect(code).toBe(0);
    const { data } = await sharp(stdout.bytes)
      .removeAlpha()
      .toColourspace("b-w")
      .raw()
      .toBuffer({ resolveWithObject: true });
    expect([...data]).toEqual([0, 64, 128]);
    expect(await readdir(cwd)).toEqual(["template.nrrd"]);
  });

  test("finds the slice of a position", async () => {
    await save("template.nrrd", values([0, 5, 10]));
    const { stdout } = await run(["slice", "template.nrrd", "--at", "29.9", "-o", "x.png"]);
    expect(stdout.text).toContain("template, coronal slice 2 of 3");
    expect(stdout.text).toContain("at     20 to 30 µm");
    expect((await readFile(join(cwd, "x.png"))).subarray(1, 4).toString()).toBe("PNG");
    const beyond = await run(["slice", "template.nrrd", "--at", "30"]);
    expect([beyond.code, beyond.stderr.text]).toEqual([
      2,
      "error: Cannot cut at 30 µm; give a number from 0 to below 30\n",
    ]);
    expect((await run(["slice", "template.nrrd", "--index", "3"])).stderr.text).toContain("from 0 to 2");
    expect((await run(["slice", "template.nrrd", "--index", "1", "--at", "10"])).code).toBe(2);
  });

  test("shows the picture in a terminal", async () => {
    await save("template.nrrd", values([0, 5, 10]));
    const { stdout } = await run(["slice", "template.nrrd", "--axis", "sagittal", "--show", "blocks"], {
      terminal: { columns: 80, rows: 24 },
    });
    expect(stdout.text).toContain("\u001b[");
  });
});

describe("volume label", () => {
  test("names the structure at a point", async () => {
    await save("annotation_x.nrrd", LABELS);
    await writeFile(join(cwd, "1.json"), GRAPH);
    const at = async (point: string): Promise<string> =>
      (await run(["label", "annotation_x.nrrd", "--at", point, "--structures", "1.json"])).stdout.text;
    expect(await at("150,50,0")).toMatchInlineSnapshot(`
      "annotation_x at 150, 50, 0 µm
        voxel      1, 0, 0
        structure  549
        acronym    TH
        name       Thalamus
        path       grey > TH
      "
    `);
    expect(await at("0,0,0")).toContain("structure  none");
    expect(await at("50,150,50")).toContain("structure  4000000000, which the graph does not have");
    const outside = await run(["label", "annotation_x.nrrd", "--at", "300,0,0", "--structures", "1.json"]);
    expect([outside.code, outside.stderr.text]).toEqual([
      1,
      "error: Cannot look at 300,0,0 in annotation_x; give a point from 0,0,0 to below 300,200,100 µm\n",
    ]);
  });

  test("prints values, also of what could be labels", async () => {
    await save("annotation_x.nrrd", LABELS);
    const { stdout } = await run(["label", "annotation_x.nrrd", "--at", "150,50,0", "--as", "values", "--json"]);
    expect(JSON.parse(stdout.text)).toEqual({ pointUm: [150, 50, 0], voxel: [1, 0, 0], value: 549, structure: null });
  });

  test("looks at several points, or at those of a table, and reads the volume once", async () => {
    await save("annotation_x.nrrd", LABELS);
    await writeFile(join(cwd, "1.json"), GRAPH);
    const label = ["label", "annotation_x.nrrd", "--structures", "1.json"];
    const two = await run([...label, "--at", "150,50,0", "--at", "0,0,0"]);
    expect(two.stdout.text).toBe(
      "x\ty\tz\tstructure_id\tstructure_acronym\tstructure_name\n150\t50\t0\t549\tTH\tThalamus\n0\t0\t0\t\t\t\n",
    );
    await writeFile(join(cwd, "cells.csv"), "cell,x_um,y_um,z_um,x\na,150,50,0,7\nb,50,150,50,8\nc,900,0,0,9\n");
    const table = await run([...label, "--points", "cells.csv", "--format", "csv"]);
    expect([table.code, table.stdout.text, table.stderr.text]).toEqual([
      0,
      [
        "cell,x_um,y_um,z_um,x,structure_id,structure_acronym,structure_name",
        "a,150,50,0,7,549,TH,Thalamus",
        "b,50,150,50,8,4000000000,,",
        "c,900,0,0,9,,,",
        "",
      ].join("\n"),
      "note: 1 of 3 points outside of annotation_x, without a value\n",
    ]);
    const piped = await run([...label, "--points", "-", "--as", "values", "--json"], { stdin: "x,y,z\n150,50,0\n" });
    expect(JSON.parse(piped.stdout.text)).toEqual([{ x: "150", y: "50", z: "0", value: 549 }]);
  });

  test("prints no data as none", async () => {
    const energy = new Volume(Float32Array.of(-1, 2), [2, 1, 1], { spacingUm: 100 });
    const raw = { name: "energy.raw", body: new Uint8Array(energy.data.buffer) };
    const header = MHD.replaceAll("200", "100").replace("MET_UCHAR", "MET_FLOAT\nBinaryDataByteOrderMSB = False");
    await writeFile(join(cwd, "grid.zip"), makeZip([{ name: "energy.mhd", body: header }, raw]));
    const one = await run(["label", "grid.zip", "--at", "1,1,1"]);
    expect([one.code, one.stderr.text, one.stdout.text]).toEqual([0, "", expect.stringContaining("no data\n")]);
    const json = await run(["label", "grid.zip", "--at", "1,1,1", "--json"]);
    expect(JSON.parse(json.stdout.text).value).toBeNull();
    expect((await run(["label", "grid.zip", "--at", "1,1,1", "--at", "101,1,1"])).stdout.text).toBe(
      "x\ty\tz\tvalue\n1\t1\t1\t\n101\t1\t1\t2\n",
    );
  });

  test("says what is wrong with a file of structures", async () => {
    await save("annotation_x.nrrd", LABELS);
    const { code, stderr } = await run([
      "label",
      "annotation_x.nrrd",
      "--at",
      "150,50,0",
      "--structures",
      "nofile.json",
    ]);
    expect([code, stderr.text]).toEqual([
      1,
      'error: Cannot read the structures in "nofile.json": there is no such file; give the JSON of a structure graph, such as structure_graph_download/1.json\n',
    ]);
  });

  test("gets along without the structures, and says how to come by them", async () => {
    await save("annotation_x.nrrd", LABELS);
    const fetch = async (): Promise<Response> => Response.json({ success: true, num_rows: 0, total_rows: 0, msg: [] });
    const api = ["--api", "http://127.0.0.1:9"];
    const label = await run(["label", "annotation_x.nrrd", "--at", "150,50,0", ...api], { fetch });
    expect([label.code, label.stdout.text]).toEqual([
      0,
      "annotation_x at 150, 50, 0 µm\n  voxel      1, 0, 0\n  structure  549\n",
    ]);
    expect(label.stderr.text).toMatch(
      /^note: the id without a name: .*; --structures takes a file of it, or "brainatlas store import 1\.json" .*structure_graph_download\/1\.json\n$/,
    );
    const slice = await run(["slice", "annotation_x.nrrd", "--axis", "sagittal", "--out", "-", ...api], { fetch });
    expect([slice.code, slice.stderr.text]).toEqual([0, expect.stringContaining("note: colours made of the ids: ")]);
    const { data } = await sharp(slice.stdout.bytes).raw().toBuffer({ resolveWithObject: true });
    const pixels = Array.from({ length: 6 }, (_, index) => [...data.subarray(index * 4, index * 4 + 4)]);
    expect([pixels[0], pixels[3], pixels[1]]).toEqual([[0, 0, 0, 0], expect.not.arrayContaining([0]), pixels[2]]);
    expect(pixels[4]).not.toEqual(pixels[1]);
  });

  test("asks the API for the structures", async () => {
    const args = ["label", "annotation", "--resolution", "100", "--at", "6600,4000,5000", "--api", "sample", "--json"];
    const { stdout } = await run(args);
    expect(JSON.parse(stdout.text).structure.path).toMatch(/^root > grey > BS > IB > TH/);
  });
});

test.each([
  [["info", "nothing.nrrd"], 1, "there is no such file; give a file, or one of annotation, template, nissl"],
  [["info", "x.nrrd", "--resolution", "25"], 2, "Cannot use --resolution with a file"],
  [["info", "x.nrrd", "--name", "energy"], 2, "Cannot use --name with a file that is no zip"],
  [["info", "template", "--release", "ccf_2017"], 2, 'Cannot use --release with "template"'],
  [["info", "nissl", "--spacing", "25"], 2, 'Cannot use --spacing with "nissl"'],
  [["info", "annotation", "--resolution", "30"], 2, "give one of 10, 25, 50, 100"],
  [["slice", "x.nrrd", "--axis", "frontal"], 2, "give one of coronal, horizontal, sagittal"],
  [["slice", "x.nrrd", "--out", "a.jpg"], 2, "give a file that ends in .png"],
  [["label", "x.nrrd"], 2, "Cannot look at no point; give --at or --points"],
  [["label", "x.nrrd", "--at", "1,2"], 2, "3 numbers with commas between them"],
  [["info", "x.nrrd", "--as", "labels"], 1, "Cannot take values of type float32 for labels"],
])("volume %j ends with %i", async (args, code, message) => {
  await save("x.nrrd", values([1]));
  const result = await run(args);
  expect([result.code, result.stdout.text]).toEqual([code, ""]);
  expect(result.stderr.text).toContain(message);
});
