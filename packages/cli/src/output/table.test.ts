import { expect, test } from "vitest";
import { printFacts, printTable } from "./table.ts";

test("printTable() aligns columns and leaves no blanks at the end of a line", () => {
  const text = printTable(
    [{ heading: "NAME" }, { heading: "SIZE", align: "right" }, { heading: "FROM" }],
    [
      ["µm", "9 bytes", ""],
      ["plate", "93.2 kB", "a\nb\u001b[2J"],
    ],
  );
  expect(text).toBe("NAME      SIZE  FROM\nµm     9 bytes\nplate  93.2 kB  a b�[2J\n");
});

test("printFacts() leaves out what is not known", () => {
  expect(
    printFacts("plate.jpg", [
      ["size", "1 byte"],
      ["source", undefined],
      ["status", "200"],
    ]),
  ).toBe("plate.jpg\n  size    1 byte\n  status  200\n");
});
