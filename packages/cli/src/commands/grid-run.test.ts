import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readGridZip, Volume, writeNrrd } from "@brainatlas/sdk/volume";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createFakeContext, type FakeContext, type FakeOptions } from "../fake-context.test-kit.ts";
import { runProgram } from "../program.ts";

let cwd = "";

beforeEach(async () => {
  cwd = await mkdtemp(join(tmpdir(), "brainatlas-grid-"));
});

afterEach(async () => {
  await rm(cwd, { recursive: true, force: true });
});

async function run(args: readonly string[], options: FakeOptions = {}): Promise<FakeContext & { code: number }> {
  const context = createFakeContext({ cwd, ...options });
  const code = await runProgram(["grid", ...args], context);
  return { ...context, code };
}

const answering = (body: Uint8Array<ArrayBuffer>, init?: ResponseInit): FakeOptions => ({
  fetch: async () => new Response(body, init),
});

test("grid saves the zip of an expression experiment, and says what is in it", async () => {
  const { code, stdout, stderr } = await run(["69289763", "--include", "energy,density", "--info", "--api", "sample"]);
  expect([code, stderr.text]).toEqual([0, ""]);
  const file = join(cwd, "grid-69289763-energy-density.zip");
  expect(stdout.text.endsWith(`${file}\n`)).toBe(true);
  expect(stdout.text).toContain("67 × 41 × 58, 159,326 voxels");
  const { volumes } = await readGridZip(await readFile(file));
  expect([...volumes.keys()].sort()).toEqual(["density", "energy"]);
  expect(await readdir(cwd)).toHaveLength(1);
});

test("grid saves a volume of a tracer experiment", async () => {
  const bytes = await writeNrrd(new Volume(Float32Array.of(0, 1), [2, 1, 1], { spacingUm: 25 }));
  const args = ["7", "--projection", "injection_fraction", "--resolution", "25", "--api", "http://127.0.0.1:1"];
  const { code, stdout } = await run(args, answering(bytes));
  expect(code).toBe(0);
  expect(stdout.text).toContain("/grid_data/download_file/7?image=injection_fraction&resolution=25\n");
  expect((await readFile(join(cwd, "grid-7-injection_fraction-25.nrrd"))).equals(bytes)).toBe(true);
});

test("grid writes the bytes alone to a pipe", async () => {
  const bytes = await writeNrrd(new Volume(Float32Array.of(0, 1), [2, 1, 1], { spacingUm: 25 }));
  const { stdout, stderr } = await run(["7", "--projection", "data_mask", "-o", "-"], answering(bytes));
  expect(stdout.bytes.equals(bytes)).toBe(true);
  expect(stderr.text).toContain("Grid of data set 7");
  expect(await readdir(cwd)).toEqual([]);
});

test("grid --dry-run prints the URL, and sends nothing", async () => {
  const printed = async (...args: string[]): Promise<string> => (await run([...args, "--dry-run"])).stdout.text;
  expect(await printed("69289763")).toBe("https://api.brain-map.org/grid_data/download/69289763\n");
  expect(await printed("7", "--projection", "data_mask")).toBe(
    "https://api.brain-map.org/grid_data/download_file/7?image=data_mask&resolution=100\n",
  );
});

test("grid saves nothing that is no grid", async () => {
  const page = answering(new TextEncoder().encode("<html>maintenance</html>"), {
    headers: { "content-type": "text/html" },
  });
  for (const args of [["7"], ["7", "--projection", "data_mask"]]) {
    const { code, stdout, stderr } = await run(args, page);
    expect([code, stdout.text]).toEqual([1, ""]);
    expect(stderr.text).toMatch(/^error: Cannot decode the/);
  }
  expect(await readdir(cwd)).toEqual([]);
});

test.each([
  [["x"], "Cannot use dataset"],
  [["-1"], "Cannot use dataSetId -1; give a whole number of 0 or more"],
  [["7", "--include", "enrgy"], "give one of energy, density, intensity, injection"],
  [["7", "--resolution", "25"], "Cannot use --resolution without --projection"],
  [["7", "--projection", "data_mask", "--include", "energy"], "Cannot use --include with --projection"],
  [["7", "--projection", "density"], "give one of projection_density"],
  [["7", "--out", "x.nrrd"], "give a file that ends in .zip"],
  [["7", "--projection", "data_mask", "--out", "x.zip"], "give a file that ends in .nrrd"],
])("grid %j is refused", async (args, message) => {
  const { code, stdout, stderr } = await run(args);
  expect([code, stdout.text]).toEqual([2, ""]);
  expect(stderr.text).toContain(message);
});
