import { EventEmitter } from "node:events";
import { expect, test } from "vitest";
import { writeText } from "./write-text.ts";

/** A stream whose reader lags behind. */
class SlowOutput extends EventEmitter {
  text = "";
  write(chunk: string | Uint8Array): boolean {
    this.text += chunk;
    return false;
  }
}

test("writeText() waits for the reader", async () => {
  const stdout = new SlowOutput();
  let isDone = false;
  const writing = writeText({ stdout, signal: new AbortController().signal }, "a").then(() => {
    isDone = true;
  });
  await new Promise(setImmediate);
  expect([stdout.text, isDone]).toEqual(["a", false]);
  stdout.emit("drain");
  await writing;
  expect(stdout.listenerCount("drain")).toBe(0);
});

test("writeText() ends with the signal's reason while it waits, and writes nothing after", async () => {
  const stdout = new SlowOutput();
  const controller = new AbortController();
  const writing = writeText({ stdout, signal: controller.signal }, "a");
  controller.abort(new Error("enough"));
  await expect(writing).rejects.toThrow("enough");
  await expect(writeText({ stdout, signal: controller.signal }, "b")).rejects.toThrow("enough");
  expect([stdout.text, stdout.listenerCount("drain")]).toEqual(["a", 0]);
});
