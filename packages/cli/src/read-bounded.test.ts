import { getEventListeners } from "node:events";
import { Readable } from "node:stream";
import { expect, test } from "vitest";
import { readBounded } from "./read-bounded.ts";

const tooLong = (): Error => new Error("too long");
const NEVER = new AbortController().signal;

test("readBounded() reads text and bytes to the end, characters that were cut apart too", async () => {
  const bytes = Buffer.from("ü");
  const source = Readable.from(["a µ ", bytes.subarray(0, 1), bytes.subarray(1), "\n"]);
  expect(await readBounded(source, 8, NEVER, tooLong)).toBe("a µ ü\n");
  expect(await readBounded(Readable.from([]), 0, NEVER, tooLong)).toBe("");
});

test("readBounded() counts bytes, and reads no more of what is too long", async () => {
  let given = 0;
  let isLeft = false;
  async function* endless(): AsyncGenerator<string> {
    try {
      for (;;) {
        given += 1;
        yield "ü";
      }
    } finally {
      isLeft = true;
    }
  }
  await expect(readBounded(endless(), 9, NEVER, tooLong)).rejects.toThrow("too long");
  expect([given, isLeft]).toEqual([5, true]);
});

test("readBounded() ends with the signal's reason, and lets go of the signal", async () => {
  const controller = new AbortController();
  const source = new Readable({ read() {} });
  source.push("begun");
  const reading = readBounded(source, 100, controller.signal, tooLong);
  const reason = new Error("enough");
  controller.abort(reason);
  await expect(reading).rejects.toBe(reason);
  expect(getEventListeners(controller.signal, "abort")).toEqual([]);
});
