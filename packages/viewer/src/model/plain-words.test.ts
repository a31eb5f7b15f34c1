import { expect, test } from "vitest";
import { dataSetName } from "./data-set-name.ts";
import { withoutTurns } from "./plain-words.ts";

test("withoutTurns() leaves out what turns the direction of a line, and nothing else", () => {
  expect(withoutTurns("a\u202e\u2066b\u200f c, עברית, 😀")).toBe("ab c, עברית, 😀");
});

test("dataSetName() turns nothing after it", () => {
  expect(dataSetName({ id: 5, genes: [{ acronym: "Pd\u202eyn" }] }, undefined)).toBe("Pdyn, 5");
});
