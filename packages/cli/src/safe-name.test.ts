import fc from "fast-check";
import { expect, test } from "vitest";
import { checkProperty } from "../../../tests/support/property.ts";
import { safeName, withSuffix } from "./safe-name.ts";

test("safeName() keeps what a file may be called", () => {
  expect(safeName("Pvalb-IRES (25 µm), 3.swc")).toBe("Pvalb-IRES (25 µm), 3.swc");
  expect(safeName("../../etc/passwd")).toBe("_.._etc_passwd");
  expect(safeName("a:b\u0000\u202egnp.exe. ")).toBe("a_b__gnp.exe");
  expect(safeName(" ..")).toBe("");
});

test("safeName() leads to no other folder, and withSuffix() cuts to 255 bytes", () => {
  checkProperty(
    fc.property(fc.string({ unit: "binary", maxLength: 400 }), (given) => {
      const name = withSuffix(safeName(given), "-7");
      expect(name).not.toMatch(/[/\\\p{Cc}:*?"<>|]|^\./u);
      expect(Buffer.byteLength(name)).toBeLessThanOrEqual(255);
    }),
  );
});
