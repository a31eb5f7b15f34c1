import { expect, onTestFinished, test, vi } from "vitest";
import type { PictureJob } from "./picture-job.ts";
import type { JobRunner, MadePicture } from "./pool.ts";
import { createStreams } from "./streams.ts";

const JOB: PictureJob = {
  source: { kind: "sample", plate: 1, picture: "primary" },
  window: { left: 0, top: 0, width: 9, height: 9, downsample: 0 },
  finestDownsample: 0,
};
const never = new AbortController().signal;

/** A runner of bodies of three chunks. */
function createRunner() {
  const signals: AbortSignal[] = [];
  const runner: JobRunner = {
    run: async (_job, _isStreamed, signal) => {
      signals.push(signal);
      return { path: "join", body: chunksOf(signal) };
    },
    close: async () => {},
  };
  return { runner, signals };
}

async function* chunksOf(signal: AbortSignal): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  for (let index = 0; index < 3; index += 1) {
    signal.throwIfAborted();
    yield Uint8Array.of(index);
  }
}

const readerOf = ({ body }: MadePicture) => (body as AsyncIterable<Uint8Array>)[Symbol.asyncIterator]();

async function readAll(made: MadePicture): Promise<number[]> {
  const read: number[] = [];
  for await (const [byte = -1] of made.body as AsyncIterable<Uint8Array>) read.push(byte);
  return read;
}

test("a stream keeps its place until it is read to its end", async () => {
  const { runner, signals } = createRunner();
  const stream = createStreams(runner, { places: 1, maxWaiting: 5, stallMs: 1e6 });
  const first = await stream(JOB, never);
  const second = stream(JOB, never);
  const reader = readerOf(first);
  await reader.next();
  await reader.next();
  expect(signals).toHaveLength(1);
  await reader.next();
  await reader.next();
  expect(await readAll(await second)).toEqual([0, 1, 2]);
});

test("a stream of a client that went away gives its place, read or not", async () => {
  const { runner } = createRunner();
  const stream = createStreams(runner, { places: 1, maxWaiting: 5, stallMs: 1e6 });
  const gone = new AbortController();
  const first = await stream(JOB, gone.signal);
  await readerOf(first).next();
  const untouched = new AbortController();
  const second = stream(JOB, untouched.signal);
  gone.abort(new Error("gone"));
  await second;
  const third = stream(JOB, never);
  untouched.abort(new Error("gone"));
  expect(await readAll(await third)).toEqual([0, 1, 2]);
});

test("a stream breaks off when no chunk is taken for too long", async () => {
  vi.useFakeTimers();
  onTestFinished(() => {
    vi.useRealTimers();
  });
  const { runner, signals } = createRunner();
  const stream = createStreams(runner, { places: 1, maxWaiting: 5, stallMs: 1000 });
  const reader = readerOf(await stream(JOB, never));
  await reader.next();
  vi.advanceTimersByTime(999);
  await reader.next();
  vi.advanceTimersByTime(999);
  expect(signals[0]?.aborted).toBe(false);
  const waiting = stream(JOB, never);
  vi.advanceTimersByTime(1);
  expect(signals[0]?.aborted).toBe(true);
  await expect(reader.next()).rejects.toThrow("took no part of the picture for 1000 ms");
  expect(await readAll(await waiting)).toEqual([0, 1, 2]);
});

test("a stream that fails to begin gives its place and says why", async () => {
  const { runner } = createRunner();
  let isFirst = true;
  const failing: JobRunner = {
    ...runner,
    run: async (...given) => {
      if (!isFirst) return await runner.run(...given);
      isFirst = false;
      throw new Error("torn");
    },
  };
  const stream = createStreams(failing, { places: 1, maxWaiting: 5, stallMs: 1e6 });
  await expect(stream(JOB, never)).rejects.toThrow("torn");
  expect(await readAll(await stream(JOB, never))).toEqual([0, 1, 2]);
});
