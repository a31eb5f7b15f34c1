import { expect, test } from "vitest";
import { defer } from "../../../../tests/support/fault-server.ts";
import { createEngine } from "./engine.ts";
import type { PictureJob } from "./picture-job.ts";
import type { MadePicture } from "./pool.ts";

const never = new AbortController().signal;

function job(width = 8, height = 8): PictureJob {
  const window = { left: 0, top: 0, width, height, downsample: 0 };
  return { source: { kind: "sample", plate: 1, picture: "primary" }, window, finestDownsample: 0 };
}

/** A runner that answers when it is told to, and counts. */
function createCounted(sizeBytes = 10) {
  const gate = defer<void>();
  const calls: { isStreamed: boolean; signal: AbortSignal }[] = [];
  const runner = {
    run: async (_: PictureJob, isStreamed: boolean, signal: AbortSignal): Promise<MadePicture> => {
      calls.push({ isStreamed, signal });
      await gate.promise;
      return { path: "sample", body: new Uint8Array(sizeBytes) };
    },
    close: async () => {},
  };
  return { runner, calls, open: () => gate.resolve() };
}

test("make() makes a picture once for all who ask for it at once, and again for none who ask later", async () => {
  const { runner, calls, open } = createCounted();
  const engine = createEngine({}, runner);
  const asked = [engine.make(job(), "a", never), engine.make(job(), "a", never), engine.make(job(), "b", never)];
  open();
  const [first, second] = await Promise.all(asked);
  expect(second).toBe(first);
  expect(await engine.make(job(), "a", never)).toBe(first);
  expect(calls).toHaveLength(2);
});

test("make() keeps no more than its bound", async () => {
  const { runner, calls, open } = createCounted(600);
  const engine = createEngine({ cacheBytes: 1000 }, runner);
  open();
  for (const key of ["a", "a", "b", "a", "b"]) await engine.make(job(), key, never);
  expect(calls).toHaveLength(4);
});

test("make() keeps nothing with a bound of 0, and shares all the same", async () => {
  const { runner, calls, open } = createCounted();
  const engine = createEngine({ cacheBytes: 0 }, runner);
  const asked = [engine.make(job(), "a", never), engine.make(job(), "a", never)];
  open();
  await Promise.all(asked);
  expect(calls).toHaveLength(1);
  await engine.make(job(), "a", never);
  expect(calls).toHaveLength(2);
});

test("make() ends the work when the last who waits goes away, not before", async () => {
  const { runner, calls } = createCounted();
  const engine = createEngine({}, runner);
  const [one, two] = [new AbortController(), new AbortController()];
  const first = engine.make(job(), "a", one.signal);
  const second = engine.make(job(), "a", two.signal);
  one.abort(new Error("one"));
  await expect(first).rejects.toThrow("one");
  expect(calls[0]?.signal.aborted).toBe(false);
  two.abort(new Error("two"));
  await expect(second).rejects.toThrow("two");
  expect(calls[0]?.signal.aborted).toBe(true);
});

test("make() has large pictures streamed, and keeps none of them", async () => {
  const { runner, calls, open } = createCounted();
  const engine = createEngine({ threads: 2 }, runner);
  open();
  await engine.make(job(8192, 2048), "a", never);
  await engine.make(job(8192, 2049), "b", never);
  await engine.make(job(8192, 2049), "b", never);
  expect(calls.map(({ isStreamed }) => isStreamed)).toEqual([false, true, true]);
});

test("make() streams nothing with a single thread, which a slow client would hold", async () => {
  const { runner, calls, open } = createCounted();
  const engine = createEngine({ threads: 1 }, runner);
  open();
  await engine.make(job(8192, 2049), "a", never);
  expect(calls[0]?.isStreamed).toBe(false);
});

test.each([
  [{ threads: -1 }, "threads -1"],
  [{ threads: 257 }, "threads 257"],
  [{ cacheBytes: 1.5 }, "cacheBytes 1.5"],
  [{ maxWaiting: Number.NaN }, "maxWaiting NaN"],
])("createEngine(%j) is refused", (options, words) => {
  expect(() => createEngine(options)).toThrow(new RegExp(`^Cannot use ${words}; give a whole number`));
});
