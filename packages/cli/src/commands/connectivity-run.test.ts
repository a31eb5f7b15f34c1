import { describe, expect, test } from "vitest";
import { createFakeContext, type FakeContext } from "../fake-context.test-kit.ts";
import { runProgram } from "../program.ts";

/** Runs the command against the sample atlas. */
async function run(...args: string[]): Promise<{ code: number; context: FakeContext }> {
  const context = createFakeContext();
  return { code: await runProgram(["connectivity", ...args, "--api", "sample"], context), context };
}

const rowsOf = async (...args: string[]): Promise<Record<string, unknown>[]> => {
  const { code, context } = await run(...args, "--json");
  expect([code, context.stderr.text.replace(/^note: .*\n/gm, "")]).toEqual([0, ""]);
  return JSON.parse(context.stdout.text);
};

const notesOf = async (...args: string[]): Promise<string> => (await run(...args)).context.stderr.text;

/** The query that a search would send. */
async function dryRun(...args: string[]): Promise<string> {
  const { context } = await run("search", ...args, "--dry-run");
  return new URL(context.stdout.text.trim()).searchParams.get("criteria") ?? "";
}

describe("connectivity experiments", () => {
  test("finds by the structure itself, or with those below", async () => {
    const own = await rowsOf("experiments", "--structure", "MOs");
    expect(own.map((row) => row.structure_abbrev)).toEqual(["MOs", "MOs"]);
    expect(await rowsOf("experiments", "--structure", "993")).toEqual(own);
    const below = await rowsOf("experiments", "--structure", "MO", "--below");
    expect(below.map((row) => row.data_set_id)).toEqual(expect.arrayContaining(own.map((row) => row.data_set_id)));
    expect(await rowsOf("experiments", "--structure", "MO")).toEqual([]);
  });

  test("finds by id and line, and says why there is nothing", async () => {
    const [row, ...others] = await rowsOf("experiments", "--line", "Syt6-Cre_KI148", "--id", "122642490");
    expect([row?.data_set_id, others]).toEqual([122642490, []]);
    expect(await rowsOf("experiments", "--structure", "mos")).toEqual(
      await rowsOf("experiments", "--structure", "MOs"),
    );
    expect(await notesOf("experiments", "--structure", "Isocortex")).toBe(
      "note: no rows: no injection has its center in Isocortex itself; add --below for what lies in it\n",
    );
    expect(await notesOf("experiments", "--structure", "993", "--line", "Foo,Syt6-Cre_KI148")).toContain(
      'note: there is no transgenic line "Foo"; there are Cux2-IRES-Cre, ',
    );
    expect(await notesOf("experiments", "--line", "Syt6-Cre_KI149")).toBe(
      'note: no rows\nnote: there is no transgenic line "Syt6-Cre_KI149"; did you mean Syt6-Cre_KI148?\n',
    );
    expect(await notesOf("experiments", "--line", "Syt6-Cre_KI148")).toBe("");
  });

  test("refuses a structure that there is not, beside others too", async () => {
    const { code, context } = await run("experiments", "--structure", "MOs,MOss");
    expect([code, context.stdout.text]).toEqual([1, ""]);
    expect(context.stderr.text).toMatch(/^error: Cannot find structure "MOss" in graph 1; .*\n/);
  });
});

describe("connectivity search", () => {
  test("asks one of four services", async () => {
    expect(await dryRun("--source", "VISp,385", "--target", "TH", "--hemisphere", "left", "--wild-type", "--all")).toBe(
      "service::mouse_connectivity_injection_structure[injection_structures$eq'VISp','385'][target_domain$eq'TH'][target_hemisphere$eq'left'][transgenic_lines$eq0]",
    );
    expect(await dryRun("--through", "1,2,3", "--product", "5,31", "--primary-only")).toBe(
      "service::mouse_connectivity_target_spatial[seed_point$eq1,2,3][product_ids$eq5,31][primary_structure_only$eqtrue][num_rows$eq50]",
    );
    expect(await dryRun("--near", "1,2,3", "--source", "315", "--line", "Syt6-Cre_KI148")).toBe(
      "service::mouse_connectivity_injection_coordinate[seed_point$eq1,2,3][injection_structures$eq315][transgenic_lines$eq'Syt6-Cre_KI148'][num_rows$eq50]",
    );
    expect(await dryRun("--like", "112670853", "--target", "TH", "--limit", "7")).toBe(
      "service::mouse_connectivity_correlation[row$eq112670853][structures$eq'TH'][num_rows$eq7]",
    );
  });

  test("prints what the search adds", async () => {
    const near = await rowsOf("search", "--near", "6900,5050,6450");
    const distances = near.map((row) => row.distance);
    expect(distances.length).toBeGreaterThan(5);
    expect(distances).toEqual(distances.toSorted((one, other) => Number(one) - Number(other)));
    const { context } = await run("search", "--source", "Isocortex", "--target", "TH", "--limit", "1");
    expect(context.stdout.text.split("\t").slice(0, 4)).toEqual([
      "id",
      "structure-abbrev",
      "volume",
      "injection-volume",
    ]);
    expect((await run("search", "--source", "Isocortex")).context.stdout.text).not.toContain("\tvolume");
  });

  test.each([
    [[], "Cannot search without a place; give --source, --through, --near or --like"],
    [["--target", "TH"], "Cannot search without a place; give --source, --through, --near or --like"],
    [["--near", "1,2,3", "--like", "5"], "Cannot use --near with --like; give one of them"],
    [["--near", "1,2,3", "--target", "TH"], "Cannot use --target with --near; leave it out"],
    [["--source", "TH", "--hemisphere", "left"], "Cannot use --hemisphere without --target; it is the target's"],
    [["--like", "5", "--hemisphere", "up"], 'Cannot use hemisphere "up"; give one of: right, left'],
    [["--source", "TH", "--line", "a", "--wild-type"], "Cannot use --line with --wild-type; leave one of them out"],
    [
      ["--through", "1,2"],
      'Cannot use --through "1,2"; give 3 numbers with commas between them, such as 6900,5050,6450',
    ],
  ])("%j is wrong usage", async (args, message) => {
    const { code, context } = await run("search", ...args);
    expect([code, context.stderr.text.split("\n")[0]]).toEqual([2, `error: ${message}`]);
  });
});

describe("connectivity unionizes", () => {
  test("prints the strongest targets first", async () => {
    const rows = await rowsOf("unionizes", "126862385", "--limit", "8", "--measure", "projection_density");
    const values = rows.map((row) => Number(row.projection_density));
    expect(values).toHaveLength(8);
    expect(values).toEqual(values.toSorted((one, other) => other - one));
    expect(new Set(rows.map((row) => `${row.hemisphere_id} ${row.is_injection}`))).toEqual(new Set(["3 false"]));
    const chosen = await rowsOf("unionizes", "126862385", "--structures", "TH,HY", "--hemisphere", "left,right");
    expect(chosen.map((row) => row.structure_id).sort()).toEqual([1097, 1097, 549, 549]);
    expect(new Set(chosen.map((row) => `${row.hemisphere_id} ${row.hemisphere}`))).toEqual(
      new Set(["1 left", "2 right"]),
    );
    const { context } = await run("unionizes", "126862385", "--limit", "1");
    expect(context.stdout.text.split("\n")[1]?.split("\t")[2]).toBe("both");
  });

  test("refuses what is no measure, id or hemisphere", async () => {
    const { code, context } = await run("unionizes", "5", "--measure", "volme");
    expect([code, context.stderr.text]).toEqual([
      2,
      expect.stringContaining('Cannot use --measure "volme"; give one of'),
    ]);
    expect((await run("unionizes", "x")).code).toBe(2);
    expect((await run("unionizes", "0")).code).toBe(2);
    expect((await run("unionizes", "5", "--hemisphere", "up")).code).toBe(2);
    expect((await run("unionizes", "126862385", "--structures", "nowhere")).code).toBe(1);
  });
});

describe("connectivity matrix", () => {
  test("has a row for each experiment and a column for each place, empty where there is no value", async () => {
    const { code, context } = await run("matrix", "126862385", "7", "--structures", "TH,HY");
    const [heading, first = "", second, end] = context.stdout.text.split("\n");
    expect([code, heading, second, end]).toEqual([0, "experiment,TH left,TH right,HY left,HY right", "7,,,,", ""]);
    expect(context.stderr.text).toBe("note: experiment 7 has no such values\n");
    const rows = await rowsOf("unionizes", "126862385", "--structures", "TH,HY", "--hemisphere", "left,right");
    const volumeIn = (structure: number, hemisphere: number) =>
      rows.find((row) => row.structure_id === structure && row.hemisphere_id === hemisphere)?.projection_volume;
    expect(first.split(",").map(Number)).toEqual([
      126862385,
      volumeIn(549, 1),
      volumeIn(549, 2),
      volumeIn(1097, 1),
      volumeIn(1097, 2),
    ]);
  });

  test("takes the major divisions unless told", async () => {
    const { context } = await run("matrix", "126862385", "--hemisphere", "both");
    expect(context.stdout.text.split("\n")[0]?.split(",")).toHaveLength(13);
    expect((await run("matrix", "126862385", "--set", "5", "--structures", "TH")).code).toBe(2);
    const none = await run("matrix", "126862385", "--set", "5");
    expect([none.code, none.context.stderr.text]).toEqual([
      1,
      expect.stringContaining('Cannot find structure set "5"'),
    ]);
  });
});
