import fc from "fast-check";
import { expect, test } from "vitest";
import { checkProperty } from "../../../../tests/support/property.ts";
import { printCsv } from "./csv.ts";

/** Reads a table by RFC 4180, one character after the other. */
function readCsv(text: string): string[][] {
  const rows: string[][] = [];
  let [row, cell, isQuoted] = [[] as string[], "", false];
  for (let at = 0; at < text.length; at += 1) {
    const one = text.charAt(at);
    if (isQuoted && one === '"' && text.charAt(at + 1) === '"') [cell, at] = [`${cell}"`, at + 1];
    else if (one === '"') isQuoted = !isQuoted;
    else if (isQuoted) cell += one;
    else if (one === ",") [row, cell] = [[...row, cell], ""];
    else if (one === "\r" && text.charAt(at + 1) === "\n") {
      rows.push([...row, cell]);
      [row, cell, at] = [[], "", at + 1];
    } else cell += one;
  }
  return rows;
}

test("printCsv() quotes what has to be", () => {
  expect(
    printCsv(
      ["id", "name"],
      [
        [1, "Field CA1, pyramidal"],
        [2, 'the "grey"'],
        [3, "a\nb"],
        [4, undefined],
      ],
    ),
  ).toBe('id,name\r\n1,"Field CA1, pyramidal"\r\n2,"the ""grey"""\r\n3,"a\nb"\r\n4,\r\n');
});

test.each([
  ["=HYPERLINK(1)", "'=HYPERLINK(1)"],
  ["+1", "'+1"],
  ["-x", "'-x"],
  ["@SUM", "'@SUM"],
  ["\t=1", "'\t=1"],
  ['=1,"2"', '"\'=1,""2"""'],
  ["a=1", "a=1"],
])("printCsv() makes text of %j", (name, cell) => {
  expect(printCsv(["name"], [[name]])).toBe(`name\r\n${cell}\r\n`);
});

test("printCsv() leaves numbers numbers", () => {
  expect(printCsv(["x"], [[-1.5], [1e21]])).toBe("x\r\n-1.5\r\n1e+21\r\n");
});

test("printCsv() is read back by the rule, with an apostrophe before what begins as a formula", () => {
  const names = fc.array(fc.tuple(fc.string({ unit: "binary" }), fc.string({ unit: "grapheme" })), { maxLength: 9 });
  checkProperty(
    fc.property(names, (rows) => {
      const read = readCsv(printCsv(["a", "b"], rows));
      expect(read).toHaveLength(rows.length + 1);
      for (const [index, row] of rows.entries()) {
        expect(read[index + 1]).toEqual(row.map((cell) => (/^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell)));
      }
    }),
  );
});
