import { describe, expect, test } from "vitest";
import { UsageError } from "./errors.ts";
import {
  anyText,
  colormapValue,
  countFromOne,
  idsOrNames,
  nameList,
  numberList,
  oneOf,
  positiveNumber,
  wholeNumber,
} from "./option-values.ts";

describe("wholeNumber()", () => {
  const read = wholeNumber("id", 100883869);

  test.each([
    ["100883869", 100883869],
    ["-1", -1],
    ["007", 7],
    ["-0", 0],
  ])("reads %s", (text, value) => {
    expect(read(text)).toBe(value);
  });

  test.each(["1e9", "0x10", "1.5", "", " 1", "+1", "١", "99999999999999999999"])("refuses %j with the rule", (text) => {
    expect(() => read(text)).toThrow(
      new UsageError(
        `Cannot use id ${JSON.stringify(text)}; give a whole number of at most 15 decimal digits, such as 100883869`,
      ),
    );
  });
});

test("positiveNumber() reads fractions and refuses 0", () => {
  const read = positiveNumber("--timeout", 60, "seconds");
  expect(read("0.5")).toBe(0.5);
  for (const text of ["0", "-1", "Infinity", "1e3", "soon", ""]) expect(() => read(text)).toThrow(UsageError);
});

test("numberList() wants exactly its count", () => {
  const read = numberList("--rgb", 3, "1,0.5,0");
  expect(read("1, .5,0")).toEqual([1, 0.5, 0]);
  for (const text of ["1,2", "1,2,3,4", "1,,3", "1;2;3"]) {
    expect(() => read(text)).toThrow("give 3 numbers with commas between them, such as 1,0.5,0");
  }
});

test("nameList() reads names, each once", () => {
  const read = nameList("--fields", "id,name");
  expect(read("id, genes.acronym,id")).toEqual(["id", "genes.acronym"]);
  for (const text of ["", ",", "a,,b", "--json"]) {
    expect(() => read(text)).toThrow("give names with commas between them, such as id,name");
  }
});

test("idsOrNames() takes numbers for ids if all are", () => {
  const read = idsOrNames("--gene", "Pdyn");
  expect(read("18376,84193")).toEqual([18376, 84193]);
  expect(read("18376,Pdyn")).toEqual(["18376", "Pdyn"]);
});

test("countFromOne() begins at 1", () => {
  const read = countFromOne("--limit", 10);
  expect(read("01")).toBe(1);
  for (const text of ["0", "-1", "1.5", "all", "", "99999999999999999999"])
    expect(() => read(text)).toThrow(UsageError);
});

test("oneOf() suggests the nearest word", () => {
  const read = oneOf("--service", ["atlas", "section"]);
  expect(read("atlas")).toBe("atlas");
  expect(() => read("Section")).toThrow(expect.objectContaining({ hint: "did you mean section?" }));
  expect(() => read("zebra")).toThrow(expect.objectContaining({ hint: undefined }));
});

test("anyText() takes an option for a forgotten value", () => {
  const read = anyText("--out");
  expect(read("-")).toBe("-");
  expect(() => read("--json")).toThrow('Cannot use --out "--json"; give a value after it');
  expect(() => read("")).toThrow(UsageError);
});

test("colormapValue() reads names, numbers and thresholds", () => {
  const read = colormapValue("--colormap");
  expect(read("jet")).toBe("jet");
  expect(read("2")).toBe(2);
  expect(read("jet:30")).toEqual({ map: "jet", lowerThreshold: 30 });
  expect(read("2:30")).toEqual({ map: 2, lowerThreshold: 30 });
  for (const text of ["", ":30", "jet:", "jet:-1", "a b"]) expect(() => read(text)).toThrow(UsageError);
});
