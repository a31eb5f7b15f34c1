import { expect, test } from "vitest";
import { planeNormal } from "./plane-normal.ts";

test("planeNormal() is the axis that does not lie in the plane", () => {
  expect([planeNormal("coronal"), planeNormal("horizontal"), planeNormal("sagittal")]).toEqual(["x", "y", "z"]);
});
