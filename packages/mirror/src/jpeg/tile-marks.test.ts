import { expect, test } from "vitest";
import { createTileMarks } from "./tile-marks.ts";

test("createTileMarks() keeps a copy of the marks of tiles used last", () => {
  const marks = createTileMarks(2);
  const bytes = Uint8Array.of(1, 2, 3);
  marks.keep("one", 500, 256, bytes);
  marks.keep("two", 500, 16, bytes);
  bytes.fill(0);
  expect(marks.get("one", 500, 256)).toEqual(Uint8Array.of(1, 2, 3));
  marks.keep("three", 500, 256, bytes);
  expect(["one", "two", "three"].map((key) => marks.get(key, 500, 16)?.length)).toEqual([3, undefined, 3]);
});

test("createTileMarks() knows nothing of other squares and other tiles", () => {
  const marks = createTileMarks(2);
  marks.keep("one", 500, 16, Uint8Array.of(1));
  expect([marks.get("one", 500, 17), marks.get("one", 501, 16), marks.get("two", 500, 16)]).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
  marks.keep("one", 500, 32, Uint8Array.of(2));
  expect(marks.get("one", 500, 17)).toEqual(Uint8Array.of(2));
});
