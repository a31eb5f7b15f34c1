import { expect, test } from "vitest";
import { nearest } from "./nearest.ts";

test.each([
  ["corronal", ["coronal", "sagittal"], "coronal"],
  ["SAGITTAL ", ["coronal", "sagittal"], "sagittal"],
  ["Mous", ["HumanMA", "Mouse", "DevMouse"], "Mouse"],
  ["rigth", ["left", "right", "both"], "right"],
  ["ab", ["ba", "b"], undefined],
  ["", ["coronal"], undefined],
  ["coronal", [], undefined],
  ["a", ["a", "b"], "a"],
  ["🧠s", ["🧠", "x"], undefined],
  ["transvrese", ["transverse", "Tangential"], "transverse"],
])("nearest() of %j among %j is %j", (text, candidates, expected) => {
  expect(nearest(text, candidates)).toBe(expected);
});
