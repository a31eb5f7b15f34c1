import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import sharp from "sharp";
import { expect, onTestFinished, test } from "vitest";
import { createFakeContext, type FakeContext } from "../fake-context.test-kit.ts";
import { runProgram } from "../program.ts";

/** Runs the command against the sample atlas, in a folder of its own. */
async function run(...args: string[]): Promise<{ code: number; context: FakeContext; cwd: string }> {
  const cwd = mkdtempSync(join(tmpdir(), "brainatlas-expression-"));
  onTestFinished(() => rmSync(cwd, { recursive: true }));
  const context = createFakeContext({ cwd });
  return { code: await runProgram(["expression", ...args, "--api", "sample"], context), context, cwd };
}

const jsonOf = async (...args: string[]): Promise<Record<string, unknown>[]> =>
  JSON.parse((await run(...args, "--json")).context.stdout.text);

test("expression prints the major divisions, strongest first", async () => {
  const { code, context } = await run("Pdyn");
  const lines = context.stdout.text.trimEnd().split("\n");
  expect([code, context.stderr.text]).toEqual([0, ""]);
  expect(lines[0]).toBe("structure.acronym\tstructure.name\texpression_energy\texpression_density\tstructure_id");
  expect(lines).toHaveLength(13);
  expect(lines[1]).toMatch(/^STR\tStriatum\t16\./);
  const values = lines.slice(1).map((line) => Number(line.split("\t")[2]));
  expect(values).toEqual(values.toSorted((one, other) => other - one));
});

test("expression takes structures, a set, a measure and a limit", async () => {
  const chosen = await jsonOf("Pdyn", "--structures", "CA1,CA3,382,DG", "--measure", "density");
  expect(chosen.map((row) => row.structure_id)).toEqual([726, 463, 382]);
  const set = await jsonOf("Pdyn", "--set", "Brain – Summary Structures", "--limit", "3");
  expect(set).toHaveLength(3);
  expect(set[0]).toMatchObject({ section_data_set_id: 69782969, structure: { acronym: "ACB" } });
});

test("expression chooses a coronal data set, and says so", async () => {
  const { context } = await run("Snca", "--limit", "1", "--fields", "section_data_set_id");
  expect(context.stdout.text).toBe("section_data_set_id\n986\n");
  expect(context.stderr.text).toMatch(/^note: of data set 986 \(coronal\); --data-set takes 988 \(sagittal\), /);
  const other = await run("Snca", "--limit", "1", "--fields", "section_data_set_id", "--data-set", "988");
  expect(other.context.stdout.text).toBe("section_data_set_id\n988\n");
  expect(other.context.stderr.text).toBe("");
});

test.each([
  [["Pdynn"], 'Cannot find a data set of gene "Pdynn" in product Mouse'],
  [["Pdyn", "--data-set", "5"], 'Cannot find data set 5 of gene "Pdyn"'],
  [["Pdyn", "--set", "5"], 'Cannot find structure set "5" at the sample atlas'],
  [["Pdyn", "--structures", "nowhere"], 'Cannot find structure "nowhere" in graph 1'],
  [["Pdyn", "--plot", "nowhere/a.svg"], 'Cannot write to "nowhere": there is no such folder; create it first'],
])("expression %j fails", async (args, message) => {
  const { code, context } = await run(...args);
  expect([code, context.stderr.text, context.stdout.text]).toEqual([1, expect.stringContaining(message), ""]);
});

test.each([
  [["Pdyn", "--plot", "a.gif"], 'Cannot draw into "a.gif"; give a file that ends in .svg or .png'],
  [["Pdyn", "--structures", "CA1", "--set", "5"], "Cannot use --structures with --set; leave one of them out"],
  [["Pdyn", "--measure", "enrgy"], 'Cannot use --measure "enrgy"; give one of energy, density'],
])("expression %j is wrong usage", async (args, message) => {
  const { code, context } = await run(...args);
  expect([code, context.stderr.text]).toEqual([2, expect.stringContaining(message)]);
});

test("expression --plot draws the bars as SVG", async () => {
  const { context, cwd } = await run("Pdyn", "--plot", "pdyn.svg", "--limit", "3");
  expect(context.stderr.text).toBe("note: wrote pdyn.svg\n");
  const svg = readFileSync(join(cwd, "pdyn.svg"), "utf8");
  for (const text of ["Expression of Pdyn", "prodynorphin · data set 69782969", "Expression energy", "Striatum"]) {
    expect(svg).toContain(text);
  }
  expect(svg).toContain("Data: synthetic sample, not data of the Allen Institute");
  expect(svg.match(/<rect [^>]*height="20"/g)).toHaveLength(3);
});

test("expression --plot draws the bars as PNG, whole or not at all", async () => {
  const { cwd } = await run("Pdyn", "--plot", "pdyn.PNG");
  const picture = sharp(join(cwd, "pdyn.PNG"));
  expect(await picture.metadata()).toMatchObject({ format: "png", width: 1800 });
  const { channels } = await picture.stats();
  expect(channels[0]?.stdev).toBeGreaterThan(5);
  expect(readdirSync(cwd)).toEqual(["pdyn.PNG"]);
});
