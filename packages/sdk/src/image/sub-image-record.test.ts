import { expect, test } from "vitest";
import { thrownBy } from "../../../../tests/support/fault-server.ts";
import { DecodeError } from "../errors.ts";
import { parseSubImageRecord } from "./sub-image-record.ts";

const row = {
  id: 1,
  x: 0,
  y: 0,
  width: 9,
  height: 8,
  image_width: 90,
  image_height: 80,
  path: "/external/a.aff",
  new_column: "kept",
};

test("parseSubImageRecord() passes a row through as it is", () => {
  expect(parseSubImageRecord(row, "msg[0]")).toBe(row);
});

test.each(["id", "x", "y", "width", "height", "image_width", "image_height"])(
  "parseSubImageRecord() wants a whole number as %s",
  (name) => {
    for (const [value, found] of [
      [undefined, "nothing"],
      [null, "null"],
      ["9", '"9"'],
      [1.5, "1.5"],
    ]) {
      const error = thrownBy(() =>
        parseSubImageRecord({ ...row, [name as string]: value }, "msg[0]", "http://atlas.test/x"),
      );
      expect(error).toBeInstanceOf(DecodeError);
      expect(error).toHaveProperty(
        "message",
        `Cannot decode the record from http://atlas.test/x: msg[0].${name} holds ${found}; expected a whole number`,
      );
    }
  },
);

test.each([null, undefined, 5, "row", []])("parseSubImageRecord() refuses %j", (value) => {
  expect(() => parseSubImageRecord(value, "msg[0]")).toThrow(DecodeError);
});
