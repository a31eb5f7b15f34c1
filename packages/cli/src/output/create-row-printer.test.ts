import { describe, expect, test } from "vitest";
import { createRowPrinter } from "./create-row-printer.ts";
import type { RowFormat } from "./row-printer.ts";

const ROWS = [
  { id: 8, name: "Basic, grey", note: null, genes: [{ acronym: "Pdyn" }, { acronym: "Snca" }], at: { x: 1 } },
  { id: 315, name: 'A "cortex"', note: "tab\tline\nback\\", genes: [], at: { x: 2 } },
];

interface Printed {
  readonly text: string;
  readonly notes: readonly string[];
}

function print(format: RowFormat, pages: readonly (readonly unknown[])[], fields?: string[], room = 200): Printed {
  const notes: string[] = [];
  const printer = createRowPrinter(format, { fields, room, note: (text) => notes.push(text) });
  const text = pages.map((rows) => printer.print(rows)).join("") + printer.end();
  return { text, notes };
}

describe("createRowPrinter()", () => {
  test("prints csv with quotes where RFC 4180 wants them, and lists and objects as JSON", () => {
    expect(print("csv", [ROWS]).text).toBe(
      [
        "id,name,note,genes,at",
        '8,"Basic, grey",,"[{""acronym"":""Pdyn""},{""acronym"":""Snca""}]","{""x"":1}"',
        '315,"A ""cortex""","tab\tline\nback\\",[],"{""x"":2}"',
        "",
      ].join("\n"),
    );
    expect(print("csv", [[{ a: " b", b: "c\r", c: "=1+1" }]]).text).toBe('a,b,c\n" b","c\r",=1+1\n');
  });

  test("prints tsv with escapes", () => {
    expect(print("tsv", [ROWS], ["id", "note"]).text).toBe("id\tnote\n8\t\n315\ttab\\tline\\nback\\\\\n");
  });

  test("prints numbers that JSON has not as they are", () => {
    const row = { a: Number.NaN, b: -1 / 0, c: 1e21, d: -0, e: null };
    expect(print("csv", [[row]]).text).toBe("a,b,c,d,e\nNaN,-Infinity,1e+21,0,\n");
  });

  test("prints one line of JSON a row", () => {
    const { text } = print("ndjson", [ROWS.slice(0, 1), ROWS.slice(1)]);
    expect(
      text
        .trimEnd()
        .split("\n")
        .map((line) => JSON.parse(line)),
    ).toEqual(ROWS);
  });

  test("prints json as if the whole were indented, however it is paged", () => {
    const whole = `${JSON.stringify(ROWS, undefined, 2)}\n`;
    expect(print("json", [ROWS]).text).toBe(whole);
    expect(print("json", [ROWS.slice(0, 1), [], ROWS.slice(1)]).text).toBe(whole);
    expect(print("json", []).text).toBe("[]\n");
    expect(print("json", [[1, null, "a"]]).text).toBe(`${JSON.stringify([1, null, "a"], undefined, 2)}\n`);
  });

  test("prints the same fields in every format, under the names they were asked by", () => {
    const fields = ["genes.acronym", "id", "at.x"];
    expect(print("ndjson", [ROWS], fields).text).toBe(
      '{"genes.acronym":["Pdyn","Snca"],"id":8,"at.x":1}\n{"genes.acronym":[],"id":315,"at.x":2}\n',
    );
    expect(print("csv", [ROWS], fields).text).toBe('genes.acronym,id,at.x\n"[""Pdyn"",""Snca""]",8,1\n[],315,2\n');
    expect(print("table", [ROWS], fields).text).toBe(
      "genes.acronym   id  at.x\nPdyn, Snca       8     1\n               315     2\n",
    );
  });

  test("prints a table with numbers to the right and rows of a list by their number", () => {
    expect(print("table", [ROWS]).text).toBe(
      [
        " id  name         note            genes   at",
        '  8  Basic, grey                  2 rows  {"x":1}',
        '315  A "cortex"   tab line back\\          {"x":2}',
        "",
      ].join("\n"),
    );
  });

  test("leaves out what no terminal has room for, and says so", () => {
    const row = Object.fromEntries(
      ["id", "name", "path", "colour", "description"].map((name) => [name, "x".repeat(30)]),
    );
    const { text, notes } = print("table", [[row]], undefined, 40);
    expect(text).toBe("id            name          path\nxxxxxxxxxxx…  xxxxxxxxxxx…  xxxxxxxxxxx…\n");
    expect(notes).toEqual(["no room for colour, description; choose with --fields, or see all with --format json"]);
  });

  test("prefers id, name and what has values, unless someone chose", () => {
    const row = { axes: null, data_set_id: 100048576, height: null, id: 100960224, name: "a plate", path: "/external" };
    const { text, notes } = print("table", [[row]], undefined, 42);
    expect(text).toBe("       id  name     data_set_id  path\n100960224  a plate    100048576  /external\n");
    expect(notes).toEqual(["no room for axes, height; choose with --fields, or see all with --format json"]);
    const chosen = print("table", [[row]], ["axes", "height", "path", "data_set_id", "id"], 30);
    expect(chosen.text.split("\n")[0]).toBe("axes  height  path");
  });

  test("prints the names alone where they are known and there are no rows", () => {
    expect(print("csv", [[]], ["id", "a.b"]).text).toBe("id,a.b\n");
    expect(print("csv", [[]]).text).toBe("");
    expect(print("table", [[]], ["id"]).text).toBe("");
  });

  test.each(["csv", "tsv", "table"] as const)("says once that later rows have more, as %s", (format) => {
    const { text, notes } = print(format, [[{ a: 1 }], [{ a: 2, b: 3 }], [{ a: 4, c: 5 }]]);
    expect(text).toBe("a\n1\n2\n4\n");
    expect(notes).toEqual(["later rows have b too, which the first had not; --format ndjson shows them"]);
  });

  test("takes rows that are no objects for their value", () => {
    expect(print("csv", [[1, "a", null]]).text).toBe('value\n1\na\n""\n');
  });
});
