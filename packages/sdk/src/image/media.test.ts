import { expect, test } from "vitest";
import { jpegFault } from "./media.ts";

const START = [0xff, 0xd8];
const END = [0xff, 0xd9];

test("jpegFault() finds none in what starts and ends as a JPEG, padded a little at most", () => {
  expect(jpegFault(Uint8Array.from([...START, 1, 2, ...END]))).toBeUndefined();
  expect(jpegFault(Uint8Array.from([...START, ...END, ...Array(60).fill(0)]))).toBeUndefined();
});

test.each([
  ["nothing", [], 0],
  ["another format", [0x89, 0x50, 0x4e, 0x47], 0],
  ["a start without an end", [...START, 1, 2, 3], 5],
  ["a start alone", START, 2],
  ["a single byte", [0xff], 0],
  ["an end that comes long before the end", [...START, ...END, ...Array(100).fill(0)], 104],
  ["a start whose second byte is taken for an end", [0xff, 0xd8, 0xd9], 3],
])("jpegFault() says where %s is wrong", (_, bytes, at) => {
  expect(jpegFault(Uint8Array.from(bytes))).toMatchObject({ at });
});
