import { expect, test } from "vitest";
import { defer } from "../../../../tests/support/fault-server.ts";
import { BusyError } from "../failures.ts";
import { createLimiter } from "./limiter.ts";

/** A limiter of one place that is taken until `free()`, and what has run since. */
function takenLimiter(maxWaiting?: number) {
  const run = createLimiter(1, maxWaiting);
  const { promise, resolve } = defer();
  const done: string[] = [];
  const first = run(() => promise);
  const ask = (name: string, signal?: AbortSignal) => run(async () => void done.push(name), signal);
  const free = async (): Promise<void> => {
    resolve();
    await first;
  };
  return { ask, done, free };
}

test("createLimiter() runs what waits in order, and drops what nobody waits for any more", async () => {
  const { ask, done, free } = takenLimiter();
  const gone = new AbortController();
  const works = [ask("a"), ask("b", gone.signal), ask("c")];
  gone.abort(new Error("gone"));
  await expect(works[1]).rejects.toThrow("gone");
  await free();
  await Promise.all([works[0], works[2]]);
  await expect(ask("d", gone.signal)).rejects.toThrow("gone");
  expect(done).toEqual(["a", "c"]);
});

test("createLimiter() takes on no more than may wait, until one of them leaves", async () => {
  const { ask, done, free } = takenLimiter(2);
  const gone = new AbortController();
  const works = [ask("a"), ask("b", gone.signal)];
  await expect(ask("c")).rejects.toThrow(BusyError);
  gone.abort(new Error("gone"));
  await expect(works[1]).rejects.toThrow("gone");
  const later = ask("d");
  await free();
  await Promise.all([works[0], later]);
  await ask("e");
  expect(done).toEqual(["a", "d", "e"]);
});

test("createLimiter() gives the place on after a failure", async () => {
  const run = createLimiter(1, 0);
  await expect(run(() => Promise.reject(new Error("no")))).rejects.toThrow("no");
  expect(await run(async () => 7)).toBe(7);
});
