import { expect, test } from "vitest";
import { layOutTable, printFacts, printTable, shrinkWidths } from "./table.ts";

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

test("printTable() fits the room, the widest columns giving way first", () => {
  const columns = [{ heading: "ID", align: "right" as const }, { heading: "NAME" }, { heading: "PATH" }];
  const rows = [
    ["382", "Field CA1", "root > grey > CH > CTX > CTXpl > HPF > HIP > CA"],
    ["7", "海馬海馬海馬海馬海馬海馬海馬海馬", "short"],
  ];
  const lines = printTable(columns, rows, 40).split("\n");
  expect(lines).toEqual([
    " ID  NAME               PATH",
    "382  Field CA1          root > grey > C…",
    "  7  海馬海馬海馬海馬…  short",
    "",
  ]);
  expect(printTable(columns, rows).split("\n")[1]).toContain("HIP > CA");
});

test("layOutTable() cuts later rows to the columns it has, and overflows where there is room without end", () => {
  const columns = [{ heading: "A" }, { heading: "B" }];
  const first = [["one", "1"]];
  expect(layOutTable(columns, first, 80).print([["longer", "2"]])).toBe("lo…  2\n");
  expect(layOutTable(columns, first, Number.POSITIVE_INFINITY).print([["longer", "2"]])).toBe("longer  2\n");
});

test("printTable() never cuts a number", () => {
  const columns = [{ heading: "sectional_number", align: "right" as const }, { heading: "name" }];
  expect(printTable(columns, [["1234567890", "Hippocampal formation"]], 20)).toBe(
    "sect…umber  name\n1234567890  Hippoca…\n",
  );
});

test("printTable() cuts headings in the middle, as far as they can be told apart", () => {
  const number = (heading: string) => ({ heading, align: "right" as const });
  const measures = [number("projection_volume"), number("projection_density"), number("projection_energy")];
  const lines = (columns: typeof measures, room: number) => printTable(columns, [columns.map(() => "1")], room);
  expect(lines(measures, 30).split("\n")[0]).toBe("proj…lume  proj…sity  pro…ergy");
  const alike = [number("aaaaaaaaab_aaaaaaaaaa"), number("aaaaaaaaac_aaaaaaaaaa")];
  const [one, other] = lines(alike, 10).split("\n")[0]?.split("  ") ?? [];
  expect(one).not.toBe(other);
});

test.each([
  [[6, 30, 40], 40, [6, 15, 15]],
  [[6, 30, 40], 41, [6, 16, 15]],
  [[6, 3], 80, [6, 3]],
  [[9, 9, 9], 5, [4, 4, 4]],
  [[100_000], 80, [80]],
])("shrinkWidths() of %j to %i is %j", (widths, room, shrunk) => {
  expect(
    shrinkWidths(
      widths,
      widths.map((width) => Math.min(width, 4)),
      room,
    ),
  ).toEqual(shrunk);
});
