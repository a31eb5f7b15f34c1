import { expect, test } from "vitest";
import type { CutHeaders } from "./cut-headers.ts";
import type { CutInstance } from "./cut-instance.ts";
import { createCutStream } from "./cut-stream.ts";

/** More coded bytes than a number of 32 bits with a sign counts. */
const MANY = 2 ** 31 + 5;

/** A codec that says of one byte that it was so many, and has read all but some of them. */
function codecOf(left: number): CutInstance {
  let ahead = 0;
  const run = {
    aheadOfCut: () => ahead,
    feedCut(size: number) {
      ahead = MANY;
      return Math.min(size, 1);
    },
    alignCut() {
      ahead = left;
    },
  };
  return { run, bytes: () => new Uint8Array(8), input: 0 } as unknown as CutInstance;
}

const END = Uint8Array.of(0x55, 0xff, 0xd9);
const read = (offset: number, length: number) => END.subarray(offset, offset + length);
const headers = { dataStart: 0, interval: 0 } as CutHeaders;

test("createCutStream() counts more than 2 GiB of coded bytes", () => {
  expect(() => createCutStream(codecOf(0), headers, read, END.length).end()).not.toThrow();
  expect(() => createCutStream(codecOf(3), headers, read, END.length).end()).toThrow(/3 coded bytes more/);
});
