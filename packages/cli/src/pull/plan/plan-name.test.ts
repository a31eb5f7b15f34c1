import { expect, test } from "vitest";
import { nameByIds, nameByMark } from "./plan-name.ts";

test("nameByIds() has a few ids in a name, and a mark of many; their order says nothing", () => {
  expect(nameByIds("dataset", [9, 7, 9])).toBe("dataset-7-9");
  const many = nameByIds("dataset", [1, 2, 3, 4]);
  expect(many).toMatch(/^dataset-[0-9a-f]{12}$/);
  expect(nameByIds("dataset", [4, 3, 2, 1])).toBe(many);
  expect(nameByIds("dataset", [1, 2, 3, 5])).not.toBe(many);
});

test("nameByMark() tells one from another", () => {
  expect(nameByMark("rma", ["Gene", 7])).not.toBe(nameByMark("rma", ["Gene", 8]));
});
