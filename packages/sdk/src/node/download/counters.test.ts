import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createCounters, reportProgress } from "./counters.ts";
import type { DownloadProgress } from "./types.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** A report of a run in which nothing happens unless a test says so. */
function startReport() {
  const counters = { ...createCounters(), connections: 4 };
  const told: DownloadProgress[] = [];
  const startMs = Date.now();
  const end = reportProgress(
    (progress) => told.push(progress),
    () => ({ ...counters, elapsedMs: Date.now() - startMs }),
  );
  return { counters, told, end };
}

test("reportProgress() tells of what has changed, and of nothing else", () => {
  const { counters, told } = startReport();
  vi.advanceTimersByTime(1000);
  expect(told.map(({ elapsedMs }) => elapsedMs)).toEqual([100]);
  counters.receivedBytes = 5;
  vi.advanceTimersByTime(1000);
  expect(told.map(({ receivedBytes, elapsedMs }) => [receivedBytes, elapsedMs])).toEqual([
    [0, 100],
    [5, 1100],
  ]);
});

test.each(Object.keys({ ...createCounters(), connections: 0 }))("reportProgress() tells of a change of %s", (name) => {
  const { counters, told } = startReport();
  vi.advanceTimersByTime(200);
  Object.assign(counters, { [name]: name === "isComplete" ? true : 9 });
  vi.advanceTimersByTime(200);
  expect(told).toHaveLength(2);
});

test("reportProgress() tells ten times a second at most, once more at the end, and nothing then", () => {
  const { counters, told, end } = startReport();
  for (let ms = 0; ms < 1000; ms += 1) {
    counters.receivedBytes += 1;
    vi.advanceTimersByTime(1);
  }
  expect(told).toHaveLength(10);
  end();
  expect(told).toHaveLength(11);
  counters.receivedBytes += 1;
  vi.advanceTimersByTime(1000);
  expect(told).toHaveLength(11);
});
