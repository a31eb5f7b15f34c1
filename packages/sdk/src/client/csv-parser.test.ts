import fc from "fast-check";
import { expect, test } from "vitest";
import { thrownBy } from "../../../../tests/support/fault-server.ts";
import { checkProperty } from "../../../../tests/support/property.ts";
import { CsvParser } from "./csv-parser.ts";

/** Parses a text in pieces that end at these places. */
function parse(text: string, cuts: readonly number[] = []): string[][] {
  const parser = new CsvParser("http://atlas.test");
  const ends = [...cuts.map((cut) => Math.min(cut, text.length)), text.length].toSorted((a, b) => a - b);
  const records = ends.flatMap((end, index) => parser.push(text.slice(ends[index - 1] ?? 0, end)));
  return [...records, ...parser.end()];
}

const quote = (field: string): string => `"${field.replaceAll('"', '""')}"`;

test("CsvParser reads what was written, wherever the pieces end", () => {
  const field = fc.string({ unit: fc.constantFrom("a", ",", '"', "\n", "\r", "é", "🧠", " "), maxLength: 6 });
  const record = fc.array(fc.tuple(field, fc.boolean()), { minLength: 1, maxLength: 4 });
  const records = fc.array(record, { maxLength: 5 });
  const cuts = fc.array(fc.nat({ max: 80 }), { maxLength: 6 });
  checkProperty(
    fc.property(records, cuts, fc.constantFrom("\n", "\r\n"), fc.boolean(), (given, at, lineEnd, endsOpen) => {
      const lines = given.map((fields) =>
        fields.map(([text, quoted]) => (quoted || /[,"\r\n]/.test(text) ? quote(text) : text)).join(","),
      );
      // Without its line end a last record of one empty field would be none.
      const text = lines.join(lineEnd) + (endsOpen && lines.at(-1) !== "" ? "" : lineEnd.repeat(lines.length && 1));
      expect(parse(text, at)).toEqual(given.map((fields) => fields.map(([value]) => value)));
    }),
  );
});

test.each<[string, string[][]]>([
  ["", []],
  ["a", [["a"]]],
  ["a\n", [["a"]]],
  [
    "a,b\r\n1,2\r\n",
    [
      ["a", "b"],
      ["1", "2"],
    ],
  ],
  ["a,\n", [["a", ""]]],
  ["a,", [["a", ""]]],
  [",", [["", ""]]],
  ["a\n\nb\n", [["a"], [""], ["b"]]],
  ['""\n', [[""]]],
  ['""', [[""]]],
  ['"a""b"', [['a"b']]],
  ['"a,\r\nb",c', [["a,\r\nb", "c"]]],
  [" a , b ", [[" a ", " b "]]],
])("CsvParser reads %j", (text, expected) => {
  expect(parse(text)).toEqual(expected);
  expect(
    parse(
      text,
      Array.from(text, (_, index) => index),
    ),
  ).toEqual(expected);
});

test.each<[string, string, string]>([
  ['a\n1"2', "row 2", "a quote in a field without quotes"],
  ['a\n"1"2', "row 2", "text after a closing quote"],
  ['a\n"1" ,2', "row 2", "text after a closing quote"],
  ['a\nb\n"c', "row 3", "the end of the text"],
  ["a\rb", "row 1", "a carriage return alone"],
  ["a\r,b", "row 1", "a carriage return alone"],
  ["a\r", "row 1", "a carriage return alone"],
  ['a\r"b"', "row 1", "a carriage return alone"],
])("CsvParser refuses %j", (text, at, found) => {
  const cuts = Array.from(text, (_, index) => index);
  for (const error of [thrownBy(() => parse(text)), thrownBy(() => parse(text, cuts))]) {
    expect(error).toMatchObject({ code: "ATLAS_DECODE", at, url: "http://atlas.test" });
    expect(error).toHaveProperty("message", expect.stringContaining(`${at} holds ${found}`));
  }
});

test("CsvParser refuses a record without end, of one field or of many", () => {
  for (const [start, piece] of [
    ['"', "a".repeat(1024 * 1024)],
    ["", ",".repeat(1024 * 1024)],
  ] as const) {
    const parser = new CsvParser();
    parser.push(start);
    const feed = (): void => {
      for (let pieces = 0; pieces < 17; pieces += 1) parser.push(piece);
    };
    expect(thrownBy(feed)).toMatchObject({ code: "ATLAS_DECODE", at: "row 1" });
  }
});
