import { describe, expect, test } from "vitest";
import { createFakeContext, type FakeContext, type FakeOptions } from "../fake-context.test-kit.ts";
import { rowsService } from "../fake-service.test-kit.ts";
import { runProgram } from "../program.ts";

const online = (options: FakeOptions = {}): FakeContext =>
  createFakeContext({ fetch: rowsService([]).fetch, ...options });

async function outputOf(args: string, options: FakeOptions = {}): Promise<string> {
  const context = online(options);
  expect(await runProgram(["structures", ...args.split(" ")], context)).toBe(0);
  if (options.terminal === undefined) expect(context.stderr.text).toBe("");
  return context.stdout.text;
}

describe("structures find", () => {
  test("prints tab separated rows to a pipe, the best match first", async () => {
    expect(await outputOf("find ca")).toBe(
      [
        "id\tacronym\tname\tcolor_hex_triplet",
        "382\tCA1\tField CA1\t7ED04B",
        "423\tCA2\tField CA2\t7ED04B",
        "1089\tHPF\tHippocampal formation\t7ED04B",
        "",
      ].join("\n"),
    );
    expect(await outputOf("find 512 --fields id --limit 1 --format csv")).toBe("id\n512\n");
    const context = online();
    expect(await runProgram("structures find ca --limit 2 --fields id".split(" "), context)).toBe(0);
    expect([context.stdout.text, context.stderr.text]).toEqual(["id\n382\n423\n", "note: 2 of 3 structures\n"]);
  });

  test("prints a table to a terminal, and beside it whose data they are", async () => {
    const context = online({ terminal: { columns: 40 } });
    expect(await runProgram(["structures", "find", "hippocamp"], context)).toBe(0);
    expect(context.stdout.text).toBe(
      "  id  acronym  name             col…plet\n1089  HPF      Hippocampal fo…  7ED04B\n",
    );
    expect(context.stderr.text).toBe("credit: Allen Institute for Brain Science, alleninstitute.org/legal/terms-use\n");
  });

  test("prints whole records as JSON", async () => {
    expect(JSON.parse(await outputOf("find CA1 --json"))).toEqual([
      {
        id: 382,
        atlas_id: null,
        ontology_id: 1,
        acronym: "CA1",
        name: "Field CA1",
        color_hex_triplet: "7ED04B",
        graph_order: 3,
        st_level: 8,
        hemisphere_id: 3,
        parent_structure_id: 1089,
      },
    ]);
  });

  test("says that there is none", async () => {
    const context = online();
    expect(await runProgram(["structures", "find", "zebra"], context)).toBe(0);
    expect([context.stdout.text, context.stderr.text]).toEqual([
      "id\tacronym\tname\tcolor_hex_triplet\n",
      'note: no structure of graph 1 has "zebra" in its acronym or name\n',
    ]);
  });
});

describe("structures tree", () => {
  test("prints lines that are indented", async () => {
    expect(await outputOf("tree")).toBe(
      [
        "root  root  997",
        "  grey  Basic cell groups and regions  8",
        "    HPF  Hippocampal formation  1089",
        "      CA1  Field CA1  382",
        "      CA2  Field CA2  423",
        "    CB  Cerebellum  512",
        "  fiber tracts  fiber tracts  1009",
        "    twin  left twin  71",
        "    twin  right twin  72",
        "",
      ].join("\n"),
    );
  });

  test("ends at a depth, and says how much is below", async () => {
    expect(await outputOf("tree grey --depth 1")).toBe(
      "grey  Basic cell groups and regions  8\n  HPF  Hippocampal formation  1089  +2\n  CB  Cerebellum  512\n",
    );
    expect(await outputOf("tree 8 --depth 0")).toBe("grey  Basic cell groups and regions  8  +4\n");
  });

  test("shows colours in a terminal that has them, and fits it", async () => {
    const colour = await outputOf("tree hpf --depth 0", {
      terminal: { columns: 22 },
      env: { TERM: "xterm", COLORTERM: "truecolor" },
    });
    expect(colour).toBe("\u001b[48;2;126;208;75m  \u001b[0m HPF  Hippocampal f…\n");
    const few = await outputOf("tree CB", { terminal: {}, env: { TERM: "xterm" } });
    expect(few).toBe("\u001b[48;5;228m  \u001b[0m CB  Cerebellum  512\n");
    const none = await outputOf("tree CB", { terminal: {}, env: { TERM: "xterm", NO_COLOR: "1" } });
    expect(none).toBe("CB  Cerebellum  512\n");
  });

  test("prints flat rows in the other formats, and nested JSON", async () => {
    expect(await outputOf("tree HPF --format csv")).toBe(
      "depth,id,acronym,name,color_hex_triplet\n2,1089,HPF,Hippocampal formation,7ED04B\n3,382,CA1,Field CA1,7ED04B\n3,423,CA2,Field CA2,7ED04B\n",
    );
    expect(await outputOf("tree HPF --fields id,structure_id_path --format ndjson --depth 0")).toBe(
      '{"id":1089,"structure_id_path":"/997/8/1089/"}\n',
    );
    expect(JSON.parse(await outputOf("tree HPF --json"))).toMatchObject([
      {
        id: 1089,
        parent_structure_id: 8,
        children: [{ id: 382, parent_structure_id: 1089, children: [] }, { id: 423 }],
      },
    ]);
    expect(JSON.parse(await outputOf("tree --json --depth 0"))).toMatchObject([{ id: 997, parent_structure_id: null }]);
  });
});

describe("structures show", () => {
  test("prints facts", async () => {
    expect(await outputOf("show hpf")).toBe(
      [
        "Hippocampal formation",
        "  id        1089",
        "  acronym   HPF",
        "  colour    #7ED04B",
        "  level     6",
        "  depth     2",
        "  order     2",
        "  side      both",
        "  path      root > grey > HPF",
        "  parent    grey, Basic cell groups and regions (8)",
        "  children  CA1, CA2",
        "",
      ].join("\n"),
    );
    expect(await outputOf("show root")).toContain("\n  children   grey, fiber tracts\n  within it  8 structures\n");
  });

  test("prints one JSON object", async () => {
    const structure = JSON.parse(await outputOf("show 382 --json"));
    expect(structure).toMatchObject({ id: 382, parent: { acronym: "HPF" }, children: [], depth: 3 });
    expect(structure.path.map((each: { acronym: string }) => each.acronym)).toEqual(["root", "grey", "HPF", "CA1"]);
  });
});

describe("structures of a graph that is not there", () => {
  const graphs = (count: number): object[] =>
    Array.from({ length: count }, (_, index) => ({ id: index + 1, name: `G${index + 1}` }));
  const ten = "1 (G1), 2 (G2), 3 (G3), 4 (G4), 5 (G5), 6 (G6), 7 (G7), 8 (G8), 9 (G9), 10 (G10)";

  test.each([
    [[{ id: 78, name: "My graph" }], "it has 78 (My graph)"],
    [graphs(10), `it has ${ten}`],
    [graphs(11), `it has ${ten} and others`],
    [[], "it has no structure graphs"],
  ])("names those that are: %j", async (rows, words) => {
    const service = rowsService(rows);
    const context = createFakeContext({ fetch: service.fetch });
    expect(await runProgram("structures find CA1 --graph 99 --api http://127.0.0.1:9".split(" "), context)).toBe(1);
    const wayOut =
      '"brainatlas store import 99.json" puts it into a store, from https://api.brain-map.org/api/v2/structure_graph_download/99.json';
    expect(context.stderr.text).toBe(
      `error: Cannot find structure graph 99 at http://127.0.0.1:9; ${words}\nhint: ${rows.length > 0 ? "--graph takes one that it has; " : ""}${wayOut}\n`,
    );
    expect(service.asked).toHaveLength(2);
  });

  test("says that it cannot name them", async () => {
    const { fetch } = rowsService([]);
    const context = createFakeContext({
      fetch: (url, init) =>
        url.includes("StructureGraph") ? Promise.resolve(new Response("", { status: 404 })) : fetch(url, init),
    });
    expect(await runProgram("structures tree --graph 99".split(" "), context)).toBe(1);
    expect(context.stderr.text).toBe(
      "error: Cannot find structure graph 99 at https://api.brain-map.org; it does not say which it has\nhint: --graph takes one that it has\n",
    );
  });

  test("ends when it is interrupted while it asks for them", async () => {
    const { fetch } = rowsService([]);
    const context = createFakeContext({
      fetch: (url, init) => {
        if (url.includes("StructureGraph")) context.interrupt("SIGINT");
        return fetch(url, init);
      },
    });
    expect(await runProgram("structures tree --graph 99".split(" "), context)).toBe(130);
    expect(context.stderr.text).toBe("");
  });
});

test.each([
  [
    "show CA",
    1,
    'Cannot find structure "CA" in graph 1; give an id or an acronym that it has\nhint: did you mean 382 (CA1',
  ],
  ["tree zebra", 1, 'Cannot find structure "zebra" in graph 1; give an id or an acronym that it has\n'],
  [
    "show twin",
    1,
    'Cannot tell which "twin" is meant\nhint: give one of 71 (twin, left twin), 72 (twin, right twin)\n',
  ],
  ["show CA1 --graph 0", 2, "Cannot use --graph 0; give a whole number of 1 or more\n"],
  ["tree --depth -1", 2, "Cannot use --depth -1; give a whole number of 0 or more\n"],
  ["tree --fields id", 2, "Cannot use --fields with --format tree; give another format\n"],
  ["find CA1 --fields idd", 2, 'Cannot find field "idd" in the rows; give some of id, atlas_id'],
  ["find CA1 --json --format csv", 2, "Cannot print --json and --format csv at once; give one of them\n"],
  [
    "find CA1 --format cvs",
    2,
    'Cannot use --format "cvs"; give one of table, tsv, csv, json, ndjson\nhint: did you mean',
  ],
  ["find CA1 --limit 0", 2, 'Cannot use --limit "0"; give a whole number of 1 or more, such as 10\n'],
])("structures %s ends with %i and words", async (args, code, words) => {
  const context = online();
  expect(await runProgram(["structures", ...args.split(" ")], context)).toBe(code);
  expect(context.stderr.text).toContain(`error: ${words}`);
  expect(context.stdout.text).toBe("");
});
