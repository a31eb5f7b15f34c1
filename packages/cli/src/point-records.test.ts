import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { checkAsyncProperty } from "../../../tests/support/property.ts";
import { type PointRecord, readRecords } from "./point-records.ts";

async function fieldsOf(chunks: readonly string[]): Promise<unknown[]> {
  return (await recordsOf(chunks)).map(({ fields }) => fields);
}

async function recordsOf(chunks: readonly string[]): Promise<PointRecord[]> {
  async function* source() {
    for (const chunk of chunks) yield Buffer.from(chunk);
  }
  const records: PointRecord[] = [];
  for await (const some of readRecords(source(), "cells.csv", new AbortController().signal)) records.push(...some);
  return records;
}

describe("readRecords()", () => {
  test.each<[string, string, unknown[][]]>([
    [
      "csv",
      'a,b\r\n"x, ""y""\n\nz",1\n\n,2',
      [
        ["a", "b"],
        ['x, "y"\n\nz', "1"],
        ["", "2"],
      ],
    ],
    [
      "tsv, where a quote is one",
      'a\tb\n"x\t1\n\\ty\t2\n',
      [
        ["a", "b"],
        ['"x', "1"],
        ["\ty", "2"],
      ],
    ],
    [
      "ndjson, with its values as they are",
      '\n{"a": 1, "__proto__": "x"}\n\n{"__proto__": {"b": 2}}\n{"a": 3}',
      [
        ["a", "__proto__"],
        [1, "x"],
        [null, { b: 2 }],
        [3, null],
      ],
    ],
    ["a heading alone", "a,b", [["a", "b"]]],
    ["nothing", "", []],
    ["empty lines", "\n\r\n\n", []],
  ])("reads %s", async (_, text, records) => {
    expect(await fieldsOf([text])).toEqual(records);
  });

  test("reads the same whatever the chunks", async () => {
    const field = fc.string({ unit: fc.constantFrom("a", '"', ",", "\n", "é"), maxLength: 6 });
    const row = fc.tuple(field, field);
    await checkAsyncProperty(
      fc.asyncProperty(fc.array(row, { maxLength: 8 }), fc.integer({ min: 1, max: 9 }), async (rows, size) => {
        const all = [["a", "b"], ...rows];
        const text = all.map((each) => each.map((value) => `"${value.replaceAll('"', '""')}"`).join()).join("\n");
        const chunks = Array.from({ length: Math.ceil(text.length / size) }, (_, at) =>
          text.slice(at * size, (at + 1) * size),
        );
        expect(await fieldsOf(chunks)).toEqual(all);
      }),
    );
  });

  test("looks at each line of an open quote once", async () => {
    const open = `a,b\n"${"x\n".repeat(490_000)}`;
    const words = "a quote of the record of line 2 is never closed";
    await expect(recordsOf([open])).rejects.toThrow(words);
    await expect(recordsOf([`${open}",1`])).resolves.toHaveLength(2);
    await expect(recordsOf(['a,b\n"', ...Array<string>(490_000).fill("x\n")])).rejects.toThrow(words);
  });

  test("counts lines as editors do, whatever the chunks", async () => {
    const text = '\r\na,b\r\n"1\n\n2",3\n\n4,5';
    for (const chunks of [[text], [...text]]) {
      expect((await recordsOf(chunks)).map(({ line }) => line)).toEqual([2, 3, 7]);
    }
  });

  test.each([
    ['a,b\n\n1,"2\n3\n', "a quote of the record of line 3 is never closed"],
    ['"a,b', "a quote of the record of line 1 is never closed"],
    ['a,b\n"x\ny",1\n"1"2,3\n', 'line 4, "\\"1\\"2,3", is no record of csv'],
    ['{"a": 1}\n{"a": 2', 'line 2, "{\\"a\\": 2", is no object of JSON on one line'],
    ['{"a": 1}\n[2]\n', "line 2"],
    ["{", "line 1"],
    ['[\n  {"a": 1}\n]', "it seems to be a list of JSON; give ndjson"],
    ['[{"a": 1}]', "it seems to be a list of JSON; give ndjson"],
    ['{"a": 1}\n{"a": 2, "c": 3}\n', 'has "c", which the first line has not'],
    ["\uFFFD\uFFFDx\0,\0y\0\n\0", "it seems to be UTF-16; save it as UTF-8"],
    ["x\0,\0y\0\n\0", "it seems to be UTF-16"],
    ["PNG\n\0", "it is no text"],
    ["x,y\n1\0,2\n", "it is no text"],
  ])("tells what is wrong with %j", async (text, words) => {
    await expect(recordsOf([text])).rejects.toThrow(`Cannot read points of cells.csv: `);
    await expect(recordsOf([text])).rejects.toThrow(words);
  });
});
