import { SERVICES } from "@brainatlas/sdk/services";
import { describe, expect, test } from "vitest";
import { createFakeContext, type FakeContext } from "../fake-context.test-kit.ts";
import { runProgram } from "../program.ts";

/** Runs the command against a service that gives this `msg`. */
async function run(
  args: readonly string[],
  msg: unknown = [],
): Promise<{ code: number; context: FakeContext; asked: string[] }> {
  const asked: string[] = [];
  const fetch = async (url: string): Promise<Response> => {
    asked.push(new URL(url).searchParams.get("criteria") ?? url);
    return Response.json({ success: true, id: 0, start_row: 0, num_rows: 1, msg });
  };
  const context = createFakeContext({ fetch });
  return { code: await runProgram(["service", ...args], context), context, asked };
}

const EXPERIMENT = {
  id: 180719293,
  name: "one",
  "structure-abbrev": "MOs",
  "transgenic-line": "",
  "injection-volume": 1.047,
  "injection-coordinates": [5400, 1200, 7000],
  distance: 12.5,
};

describe("service", () => {
  test("asks with the parameters as they are written, each of its type", async () => {
    const { code, context, asked } = await run(
      [
        "mouse_connectivity_injection_coordinate",
        "seed_point=6900,5050,6450.5",
        "injection_structures=TH, 315",
        "primary_structure_only=true",
      ],
      [EXPERIMENT],
    );
    expect(code).toBe(0);
    expect(asked).toEqual([
      "service::mouse_connectivity_injection_coordinate[seed_point$eq6900,5050,6450.5][injection_structures$eq'TH',315][primary_structure_only$eqtrue][num_rows$eq50]",
    ]);
    expect(context.stdout.text).toBe(
      "id\tstructure-abbrev\tdistance\tinjection-volume\tinjection-coordinates\ttransgenic-line\tname\n180719293\tMOs\t12.5\t1.047\t[5400,1200,7000]\t\tone\n",
    );
  });

  test("prints whole rows as json, and fields that are asked for", async () => {
    const words = ["mouse_connectivity_target_spatial", "seed_point=1,2,3"];
    expect(JSON.parse((await run([...words, "--json"], [EXPERIMENT])).context.stdout.text)).toEqual([EXPERIMENT]);
    const { context, asked } = await run([...words, "--fields", "id,structure-abbrev", "--all"], [EXPERIMENT]);
    expect(context.stdout.text).toBe("id\tstructure-abbrev\n180719293\tMOs\n");
    expect(asked).toEqual(["service::mouse_connectivity_target_spatial[seed_point$eq1,2,3]"]);
  });

  test("lays the values of probes out, a row for each probe and sample", async () => {
    const probe = {
      id: 1023146,
      name: "A",
      "gene-symbol": "SLC6A2",
      expression_level: ["7.1", "6"],
      "z-score": ["1", "-1"],
    };
    const sample = (well: number) => ({
      donor: { id: 15496, name: "H0351.1015" },
      sample: { well },
      structure: { id: 9148, name: "locus ceruleus", abbreviation: "LC" },
    });
    const answer = { probes: [probe], samples: [sample(1), sample(2)] };
    const words = ["human_microarray_expression", "probes=1023146,1023147", "donors=15496"];
    const { context, asked } = await run(words, answer);
    expect(asked).toEqual(["service::human_microarray_expression[probes$eq1023146,1023147][donors$eq15496]"]);
    expect(context.stdout.text).toBe(
      "probe\tgene\tdonor\twell\tstructure\tstructure-name\texpression_level\tz-score\n1023146\tSLC6A2\tH0351.1015\t1\tLC\tlocus ceruleus\t7.1\t1\n1023146\tSLC6A2\tH0351.1015\t2\tLC\tlocus ceruleus\t6\t-1\n",
    );
    expect(JSON.parse((await run([...words, "--json"], answer)).context.stdout.text)).toEqual([answer]);
    const broken = await run(words, { probes: [{ ...probe, expression_level: ["7.1"] }], samples: answer.samples });
    expect([broken.code, broken.context.stderr.text]).toEqual([
      1,
      expect.stringContaining("expected a list of 2 values"),
    ]);
  });

  test("says that nothing was found", async () => {
    const { code, context } = await run(["mouse_correlation", "set=mouse", "row=1"], {});
    expect([code, context.stdout.text, context.stderr.text]).toEqual([0, "", "note: no rows\n"]);
  });

  test("num_rows gives the first rows alone", async () => {
    const context = createFakeContext();
    const words = ["mouse_connectivity_injection_structure", "injection_structures=Isocortex", "start_row=1"];
    const args = ["service", ...words, "num_rows=2", "--fields", "id", "--api", "sample"];
    expect(await runProgram(args, context)).toBe(0);
    expect(context.stdout.text).toBe("id\n100141599\n920000003\n");
    expect(context.stderr.text).toContain("note: 2 rows, and there may be more");
    const single = await run(["mouse_correlation", "set=mouse", "row=1", "--limit", "1"], [{ id: 1 }, { id: 2 }]);
    expect(single.context.stderr.text).toBe("note: 1 row, and there may be more; --all gives all\n");
  });

  test("--dry-run prints the URL and sends nothing", async () => {
    const { context, asked } = await run(["mouse_correlation", "set=mouse", "row=1", "--dry-run", "--all"]);
    expect(decodeURIComponent(context.stdout.text)).toBe(
      "https://api.brain-map.org/api/v2/data/query.json?criteria=service::mouse_correlation[set$eq'mouse'][row$eq1]\n",
    );
    expect(asked).toEqual([]);
  });

  test("--list names all, describe the parameters of one", async () => {
    const { context } = await run(["--list", "--format", "ndjson"]);
    expect(context.stdout.text.trim().split("\n")).toHaveLength(30);
    expect(context.stdout.text).toContain(
      '{"service":"text_search","answer":"unknown","parameters":"query_string [k]"}',
    );
    for (const columns of [80, 50]) {
      const narrow = createFakeContext({ terminal: { columns } });
      expect(await runProgram(["service", "--list"], narrow)).toBe(0);
      for (const name of Object.keys(SERVICES)) expect(narrow.stdout.text).toMatch(new RegExp(`^${name}( |$)`, "m"));
      expect(narrow.stderr.text).toContain('"brainatlas service describe NAME" lists the parameters of one');
    }
    const one = await run(["describe", "mouse_agea", "--format", "tsv"]);
    expect(one.context.stdout.text).toContain("seed_point\tyes\tnumber,number,number\t\n");
    expect(one.context.stdout.text).toContain("num_rows\tno\tnumber\t2000\n");
    expect((await run(["describe", "mouse_correlation"])).context.stdout.text).toContain(
      "set\tyes\tmouse | mouse_coronal\t\n",
    );
  });

  test.each([
    [[], 'Cannot ask without a service; give its name; "brainatlas service --list" lists them'],
    [["mouse_corelation"], 'Cannot find service "mouse_corelation"; "brainatlas service --list" lists them'],
    [["describe"], "Cannot describe that; give one name of a service"],
    [["describe", "a", "b"], "Cannot describe that; give one name of a service"],
    [["describe", "xyz"], 'Cannot find service "xyz"; "brainatlas service --list" lists them'],
    [["--list", "mouse_agea"], 'Cannot use --list with "mouse_agea"; leave one of them out'],
    [
      ["mouse_correlation", "set=mouse", "row=1", "num_rows=2", "--limit", "1"],
      "Cannot use num_rows with --limit; leave one of them out",
    ],
    [
      ["mouse_correlation", "set=mouse", "row=1", "num_rows=2", "--all"],
      "Cannot use num_rows with --all; leave one of them out",
    ],
    [
      ["mouse_correlation", "set=mouse", "row=1", "num_rows=0"],
      "Cannot use num_rows 0; give a whole number of 1 or more",
    ],
    [["mouse_correlation", "mouse"], 'Cannot use parameter "mouse"; give it as name=value, such as set=mouse'],
    [["mouse_correlation", "set=mouse", "row=1", "row=2"], "Cannot use row twice; put commas between its values"],
    [["mouse_correlation", "set=mouse", "row=x"], 'Cannot use row "x"; give a number'],
    [["mouse_correlation", "set=mouse", "rwo=1"], 'Cannot use parameter "rwo" of mouse_correlation; give "row"'],
    [["mouse_connectivity_target_spatial", "seed_point=1,2"], "Cannot use seed_point [1,2]; give 3 numbers"],
    [
      ["mouse_correlation", "set=mouse", "row=1", "--all", "--limit", "5"],
      "Cannot use --all with --limit; leave one of them out",
    ],
  ])("%j is wrong usage", async (args, message) => {
    const { code, context, asked } = await run(args);
    expect([code, context.stderr.text.split("\n")[0]]).toEqual([2, `error: ${message}`]);
    expect(asked).toEqual([]);
  });
});
