import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { ResultRow } from "./result.ts";
import { type BatchSource, streamBatches, streamOne } from "./row-stream.ts";

const row = (id: number): ResultRow => ({ className: "Gene", values: [id], includes: [] });
const LIMITS = { stallLimitMs: 1000, signal: undefined };

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function sourceOf(batches: readonly ResultRow[][]): BatchSource & { closed: number } {
  const left = [...batches];
  return {
    closed: 0,
    next: async () => left.shift(),
    close() {
      this.closed += 1;
    },
  };
}

async function idsOf(batches: AsyncIterable<readonly ResultRow[]>): Promise<unknown[]> {
  const ids: unknown[] = [];
  for await (const batch of batches) ids.push(...batch.map(({ values }) => values[0]));
  return ids;
}

test("streamOne() gives its batch, and none for no rows", async () => {
  expect(await idsOf(streamOne([row(1)]))).toEqual([1]);
  expect(await idsOf(streamOne([]))).toEqual([]);
});

test("streamBatches() gives all batches, then closes the source once", async () => {
  const source = sourceOf([[row(2)], [row(3)]]);
  const stream = streamBatches([row(1)], source, LIMITS);
  expect(await idsOf(stream)).toEqual([1, 2, 3]);
  expect(await stream.next()).toEqual({ done: true, value: undefined });
  await stream.return?.();
  expect(source.closed).toBe(1);
  expect(vi.getTimerCount()).toBe(0);
});

test("streamBatches() closes when it is left, begun or not", async () => {
  const [begun, unbegun] = [sourceOf([[row(2)]]), sourceOf([[row(2)]])];
  for await (const _ of streamBatches([row(1)], begun, LIMITS)) break;
  await streamBatches([row(1)], unbegun, LIMITS).return?.();
  expect([begun.closed, unbegun.closed, vi.getTimerCount()]).toEqual([1, 1, 0]);
});

test("streamBatches() ends when the next batch is not asked for in time", async () => {
  const source = sourceOf([[row(2)]]);
  const stream = streamBatches([row(1)], source, LIMITS);
  vi.advanceTimersByTime(999);
  await stream.next();
  vi.advanceTimersByTime(999);
  expect(source.closed).toBe(0);
  vi.advanceTimersByTime(1);
  expect(source.closed).toBe(1);
  await expect(stream.next()).rejects.toThrow("the next rows were not taken for 1 s");
});

test("streamBatches() closes after a failure, and fails again when asked again", async () => {
  const source = { ...sourceOf([]), next: () => Promise.reject(new Error("broken")) };
  const stream = streamBatches([row(1)], source, LIMITS);
  await stream.next();
  await expect(stream.next()).rejects.toThrow("broken");
  await expect(stream.next()).rejects.toThrow("broken");
  expect(source.closed).toBe(1);
});

test("streamBatches() ends with its signal's reason, never while a batch is being read", async () => {
  const stop = new AbortController();
  let finish = (_: ResultRow[]): void => undefined;
  const source = { ...sourceOf([]), next: () => new Promise<ResultRow[]>((resolve) => (finish = resolve)) };
  const stream = streamBatches([row(1)], source, { ...LIMITS, signal: stop.signal });
  await stream.next();
  const second = stream.next();
  await Promise.resolve();
  stop.abort(new Error("enough"));
  await Promise.resolve();
  expect(source.closed).toBe(0);
  finish([row(2)]);
  expect(await second).toMatchObject({ done: false });
  await expect(stream.next()).rejects.toThrow("enough");
  expect(source.closed).toBe(1);
});

test("streamBatches() ends at once where the signal came before", async () => {
  const source = sourceOf([]);
  const stream = streamBatches([row(1)], source, { ...LIMITS, signal: AbortSignal.abort(new Error("before")) });
  await expect(stream.next()).rejects.toThrow("before");
  expect(source.closed).toBe(1);
});

test("streamBatches() takes one step at a time, whatever is asked at once", async () => {
  const source = sourceOf([[row(2)], [row(3)]]);
  const stream = streamBatches([row(1)], source, LIMITS);
  const steps = await Promise.all([stream.next(), stream.next(), stream.next(), stream.next()]);
  expect(steps.map(({ done }) => done)).toEqual([false, false, false, true]);
  expect(source.closed).toBe(1);
});
