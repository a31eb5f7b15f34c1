import { mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createFakeContext } from "../fake-context.test-kit.ts";
import { GRAPH } from "../fake-service.test-kit.ts";
import { runProgram } from "../program.ts";

const PATHS = [
  '<path id="11" parent_id="10" order="0" structure_id="8" d="M0,0h80v60h-80z" style="stroke:black;fill:#bfdae3"/>',
  '<path id="12" parent_id="10" order="1" structure_id="382" d="M20,20h20v20h-20z" style="stroke:black;fill:#7ed04b"/>',
  '<path id="13" parent_id="10" order="2" structure_id="382" d="M50,20h10v5.0625h-10z" style="stroke:black;fill:#7ed04b"/>',
];
const SVG = `<svg width="80" height="60" xmlns="http://www.w3.org/2000/svg">
<g transform="scale(1.0)">
<g id="10" order="1" parent_id="" graphic_group_label_id="28" graphic_group_label="Atlas - Adult Mouse" sub_image_id="5" transform=" scale(1.0, 1.0)">${PATHS.join("")}</g>
</g>
</svg>`;
const ORIGIN = "https://api.brain-map.org/api/v2";

let cwd: string;
let asked: string[];
beforeEach(() => {
  cwd = realpathSync(mkdtempSync(join(tmpdir(), "brainatlas-test-")));
  asked = [];
});
afterEach(() => {
  rmSync(cwd, { recursive: true });
});

function online(svg = SVG, changes: object = {}): ReturnType<typeof createFakeContext> {
  const fetch = async (url: string): Promise<Response> => {
    asked.push(url);
    if (url.includes("structure_graph_download")) return Response.json({ success: true, num_rows: 1, msg: [GRAPH] });
    if (!url.includes("/svg")) return new Response(null, { status: 404 });
    return new Response(svg, { headers: { "content-type": "image/svg+xml", "x-brainatlas-source": "stored" } });
  };
  return createFakeContext({ cwd, fetch, ...changes });
}

describe("svg", () => {
  test("saves the drawing as it came, and says what it shows", async () => {
    const context = online();
    expect(await runProgram(["svg", "5"], context)).toBe(0);
    expect(readFileSync(join(cwd, "drawing-5.svg"), "utf8")).toBe(SVG);
    expect(context.stderr.text).toBe("");
    expect(context.stdout.text).toBe(
      [
        "Drawing 5",
        `  size    80 × 60 pixels, ${SVG.length} bytes`,
        "  shows   3 regions of 2 structures",
        "  source  mirror, stored",
        `  url     ${ORIGIN}/svg_download/5`,
        "  credit  Allen Institute for Brain Science, alleninstitute.org/legal/terms-use",
        join(cwd, "drawing-5.svg"),
        "",
      ].join("\n"),
    );
  });

  test("saves some structures, with what lies in them, under another name", async () => {
    const context = online();
    const args = ["svg", "5", "--structures", "HPF,CB,CA1", "--groups", "28", "--downsample", "2"];
    expect(await runProgram(args, context)).toBe(0);
    expect(asked).toContain(`${ORIGIN}/svg_download/5?groups=28&downsample=2`);
    const saved = readFileSync(join(cwd, "drawing-5-ds2-groups28-structures1089_512_382.svg"), "utf8");
    expect(saved).toBe(SVG.replace(PATHS[0] ?? "", ""));
    expect(context.stdout.text).toContain("2 regions of 1 structure\n");
  });

  test("fails for structures that are not drawn, and writes nothing", async () => {
    const context = online();
    expect(await runProgram(["svg", "5", "--structures", "CB"], context)).toBe(1);
    expect(context.stderr.text).toBe(
      'error: Cannot find "CB" in the drawing of image 5: no region is of it or lies in it; it shows 2 structures, which --list names\n',
    );
    expect(readdirSync(cwd)).toEqual([]);
  });

  test("fails for what is no drawing, and writes nothing", async () => {
    const context = online("<html></html>");
    expect(await runProgram(["svg", "5"], context)).toBe(1);
    expect(context.stderr.text).toContain("expected an SVG document");
    expect(readdirSync(cwd)).toEqual([]);
  });

  test("prints one JSON object, or the text alone", async () => {
    const json = online();
    expect(await runProgram(["svg", "5", "--json", "--out", "plate.svg"], json)).toBe(0);
    expect(JSON.parse(json.stdout.text)).toEqual({
      id: 5,
      url: `${ORIGIN}/svg_download/5`,
      file: join(cwd, "plate.svg"),
      sizeBytes: SVG.length,
      width: 80,
      height: 60,
      downsample: 0,
      groups: [{ id: 28, name: "Atlas - Adult Mouse" }],
      regions: 3,
      structures: 2,
      source: "stored",
      credit: "Allen Institute for Brain Science, alleninstitute.org/legal/terms-use",
    });
    const text = online();
    expect(await runProgram(["svg", "5", "--out", "-"], text)).toBe(0);
    expect(text.stdout.text).toBe(SVG);
    expect(text.stderr.text).toMatch(/^Drawing 5\n/);
  });

  test("says of an image without a drawing that it has none", async () => {
    const context = online('<svg width="8" height="6"/>');
    expect(await runProgram(["svg", "6"], context)).toBe(0);
    expect(context.stdout.text).toContain("  shows   nothing: this image has no drawing\n");
  });

  test("--dry-run prints the URL alone and sends nothing", async () => {
    for (const [args, url] of [
      [
        ["--downsample", "4", "--groups", "28,159226751"],
        `${ORIGIN}/svg_download/5?groups=28,159226751&downsample=4\n`,
      ],
      [["--list"], `${ORIGIN}/svg/5\n`],
    ] as const) {
      const context = online();
      expect(await runProgram(["svg", "5", ...args, "--dry-run"], context)).toBe(0);
      expect(context.stdout.text).toBe(url);
    }
    expect(asked).toEqual([]);
  });
});

describe("svg --at", () => {
  test("prints the structures at points, the topmost first", async () => {
    const context = online();
    expect(await runProgram(["svg", "5", "--at", "25,25", "--at", "1.5,2", "--at", "99,99"], context)).toBe(0);
    expect(context.stdout.text).toBe(
      [
        "x\ty\tid\tacronym\tname\tgroup",
        "25\t25\t382\tCA1\tField CA1\tAtlas - Adult Mouse",
        "25\t25\t8\tgrey\tBasic cell groups and regions\tAtlas - Adult Mouse",
        "1.5\t2\t8\tgrey\tBasic cell groups and regions\tAtlas - Adult Mouse",
        "",
      ].join("\n"),
    );
    expect(context.stderr.text).toBe("note: 99,99: outside of the drawing of 80 × 60 pixels\n");
    expect(readdirSync(cwd)).toEqual([]);
  });

  test("says why there is nothing at a point", async () => {
    const notes = async (...args: string[]): Promise<string> => {
      const context = online();
      expect(await runProgram(["svg", "5", ...args], context)).toBe(0);
      return context.stderr.text;
    };
    expect(await notes("--at", "25,25", "--structures", "CB,512")).toBe(
      "note: 25,25: 2 regions are drawn there, none of CB, 512; leave out --structures to see all\n",
    );
    const bare = online(SVG.replace("M0,0h80v60h-80z", "M0,0h2v2h-2z"));
    expect(await runProgram(["svg", "5", "--at", "70,50"], bare)).toBe(0);
    expect(bare.stderr.text).toBe(
      "note: 70,50: nothing is drawn there; plates of the adult mouse may be drawn in one hemisphere only\n",
    );
  });

  test("tells groups of one id apart", async () => {
    const second = `<g id="10" order="2" graphic_group_label_id="7" graphic_group_label="Tracts">${PATHS[1]}</g>`;
    const context = online(SVG.replace(PATHS[1] ?? "", "").replace("</g>", `</g>${second}`));
    expect(await runProgram(["svg", "5", "--at", "25,25", "--fields", "id,group", "--format", "csv"], context)).toBe(0);
    expect(context.stdout.text).toBe("id,group\n382,Tracts\n8,Atlas - Adult Mouse\n");
  });

  test("prints JSON of some structures", async () => {
    const context = online();
    expect(await runProgram(["svg", "5", "--at", "25,25", "--structures", "HPF", "--json"], context)).toBe(0);
    expect(JSON.parse(context.stdout.text)).toEqual([
      {
        x: 25,
        y: 25,
        id: 382,
        acronym: "CA1",
        name: "Field CA1",
        group: "Atlas - Adult Mouse",
        region: 12,
        fill: "#7ed04b",
      },
    ]);
  });
});

describe("svg --list", () => {
  test("prints the structures with their regions, area and box", async () => {
    const context = online();
    expect(await runProgram(["svg", "5", "--list", "--format", "csv"], context)).toBe(0);
    expect(context.stdout.text).toBe(
      [
        "id,acronym,name,regions,area_px2,left,top,right,bottom",
        "8,grey,Basic cell groups and regions,1,4800,0,0,80,60",
        "382,CA1,Field CA1,2,450.625,20,20,60,40",
        "",
      ].join("\n"),
    );
  });

  test("prints the box of as many regions as there are", async () => {
    const context = online(SVG.replace(PATHS[0] ?? "", PATHS[0]?.repeat(150_000) ?? ""));
    expect(await runProgram(["svg", "5", "--list", "--fields", "id,regions,right", "--format", "csv"], context)).toBe(
      0,
    );
    expect(context.stdout.text).toBe("id,regions,right\n8,150000,80\n382,2,60\n");
  });

  test("prints the largest structure first", async () => {
    const context = online(SVG.replace("M0,0h80v60h-80z", "M0,0h2v2h-2z"));
    expect(await runProgram(["svg", "5", "--list", "--fields", "id,area_px2"], context)).toBe(0);
    expect(context.stdout.text).toBe("id\tarea_px2\n382\t450.625\n8\t4\n");
  });

  test("names what the graph does not know by its id alone", async () => {
    const context = online(SVG.replaceAll('"382"', '"15564"'));
    expect(await runProgram(["svg", "5", "--list", "--fields", "id,acronym"], context)).toBe(0);
    expect(context.stdout.text).toBe("id\tacronym\n8\tgrey\n15564\t\n");
    expect(context.stderr.text).toBe(
      "note: graph 1 does not have 1 structure of the drawing; give the one that has with --graph\n",
    );
  });

  test("says when nothing is drawn", async () => {
    const context = online('<svg width="8" height="6"/>');
    expect(await runProgram(["svg", "6", "--list", "--json"], context)).toBe(0);
    expect(JSON.parse(context.stdout.text)).toEqual([]);
    expect(context.stderr.text).toBe("note: nothing is drawn\n");
  });

  test("lists a plate of the sample", async () => {
    const context = createFakeContext({ cwd });
    expect(
      await runProgram(["svg", "100960224", "--list", "--structures", "HPF", "--json", "--api", "sample"], context),
    ).toBe(0);
    const rows = JSON.parse(context.stdout.text) as { acronym: string; area_px2: number }[];
    expect(rows.map(({ acronym }) => acronym)).toContain("CA1");
    expect(rows.every(({ area_px2: area }) => area > 0)).toBe(true);
  });
});

describe("svg without a structure graph", () => {
  const API = "http://127.0.0.1:9";
  const WAY_OUT = `"brainatlas store import 1.json" puts it into a store, from ${ORIGIN}/structure_graph_download/1.json`;
  const FACT = `Cannot find structure graph 1 at ${API}; it has no structure graphs`;

  async function run(...args: string[]): Promise<readonly [number, string, string]> {
    const fetch = async (url: string): Promise<Response> =>
      url.includes("/svg")
        ? new Response(SVG, { headers: { "content-type": "image/svg+xml" } })
        : Response.json({ success: true, num_rows: 0, start_row: 0, total_rows: 0, msg: [] });
    const context = createFakeContext({ cwd, fetch });
    const code = await runProgram(["svg", "5", ...args, "--api", API], context);
    return [code, context.stdout.text, context.stderr.text];
  }

  test("prints ids without names, and how to come by the names", async () => {
    const note = `note: ids without names: ${FACT}; ${WAY_OUT}\n`;
    expect(await run("--list", "--fields", "id,acronym,regions")).toEqual([
      0,
      "id\tacronym\tregions\n8\t\t1\n382\t\t2\n",
      note,
    ]);
    expect(await run("--at", "25,25", "--fields", "id,name")).toEqual([0, "id\tname\n382\t\n8\t\n", note]);
  });

  test("takes ids of structures for themselves", async () => {
    const [code, stdout, stderr] = await run("--structures", "382");
    expect([code, stderr]).toEqual([0, `note: ids alone, without what lies in them: ${FACT}; ${WAY_OUT}\n`]);
    expect(stdout).toContain("2 regions of 1 structure");
    expect((await run("--list", "--structures", "8", "--fields", "id"))[1]).toBe("id\n8\n");
  });

  test("cannot know acronyms", async () => {
    expect(await run("--list", "--structures", "CA1")).toEqual([1, "", `error: ${FACT}\nhint: ${WAY_OUT}\n`]);
  });
});

test.each([
  [["--at", "1,2", "--list"], "Cannot use --at and --list at once"],
  [["--list", "--out", "x.svg"], "Cannot use --out with --list"],
  [["--at", "1,2", "--downsample", "4"], "Cannot use --downsample with --at"],
  [["--format", "csv"], "Cannot use --format for a drawing; give it with --at or --list"],
  [["--fields", "id"], "Cannot use --fields for a drawing"],
  [["--groups", "Adult"], "Cannot use --groups Adult; give ids"],
  [["--groups", "0"], "Cannot use groups 0; give a whole number of 1 or more"],
  [["--downsample", "31"], "Cannot use downsample 31; give a whole number from 0 to 30"],
  [["--at", "1"], 'Cannot use --at "1"; give 2 numbers'],
  [["--out", "x.png"], "Cannot write what is no .png to"],
  [["--out", "-", "--json"], "Cannot print a drawing and JSON on the same standard output"],
])("svg refuses %j before anything is sent", async (args, message) => {
  const context = online();
  expect(await runProgram(["svg", "5", ...args], context)).toBe(2);
  expect(context.stderr.text).toContain(message);
  expect(asked).toEqual([]);
});
