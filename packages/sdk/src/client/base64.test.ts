import { Buffer } from "node:buffer";
import fc from "fast-check";
import { expect, test } from "vitest";
import { checkProperty } from "../../../../tests/support/property.ts";
import { toBase64 } from "./base64.ts";

test("toBase64() agrees with the platform's", () => {
  checkProperty(
    fc.property(
      fc.uint8Array({ maxLength: 300 }),
      (bytes) => toBase64(bytes) === Buffer.from(bytes).toString("base64"),
    ),
  );
});

test.each([0, 1, 0x7fff, 0x8000, 0x8001, 300_000])("toBase64() takes %i bytes", (length) => {
  const bytes = Uint8Array.from({ length }, (_, index) => (index * 31) % 256);
  expect(toBase64(bytes)).toBe(Buffer.from(bytes).toString("base64"));
});
