import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createClock } from "./clock.ts";

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

test.each([5, 100, 1000, 60_000])("createClock() lets a wait of %i ms end in time, and not before", (timeoutMs) => {
  const expire = vi.fn();
  createClock().watch(expire).start(timeoutMs);
  vi.advanceTimersByTime(timeoutMs - 1);
  expect(expire).not.toHaveBeenCalled();
  vi.advanceTimersByTime(Math.max(timeoutMs / 10, 2) + 1);
  expect(expire).toHaveBeenCalledExactlyOnceWith(timeoutMs);
  expect(vi.getTimerCount()).toBe(0);
});

test("createClock() begins anew at each touch, and never ends a wait that rests", () => {
  const expire = vi.fn();
  const watch = createClock().watch(expire);
  watch.start(100);
  for (let round = 0; round < 50; round += 1) {
    vi.advanceTimersByTime(80);
    watch.touch();
  }
  expect(expire).not.toHaveBeenCalled();
  watch.rest();
  expect(vi.getTimerCount()).toBe(0);
  vi.advanceTimersByTime(10_000);
  expect(expire).not.toHaveBeenCalled();
});

test("createClock() has one timer for all waits, whatever their limits", () => {
  const clock = createClock();
  const ended: number[] = [];
  for (const timeoutMs of [60_000, 100, 2000, 100]) clock.watch((limit) => ended.push(limit)).start(timeoutMs);
  expect(vi.getTimerCount()).toBe(1);
  vi.advanceTimersByTime(120);
  expect(ended).toEqual([100, 100]);
  expect(vi.getTimerCount()).toBe(1);
  vi.advanceTimersByTime(2400);
  expect(ended).toEqual([100, 100, 2000]);
  vi.advanceTimersByTime(62_000);
  expect(ended).toEqual([100, 100, 2000, 60_000]);
});

test("createClock() lets what ends a wait begin another", () => {
  const clock = createClock();
  const ended: number[] = [];
  const next = clock.watch((limit) => ended.push(limit));
  const first = clock.watch((limit) => {
    ended.push(limit);
    next.start(10);
  });
  first.start(100);
  vi.advanceTimersByTime(115);
  expect(ended).toEqual([100]);
  expect(vi.getTimerCount()).toBe(1);
  vi.advanceTimersByTime(13);
  expect(ended).toEqual([100, 10]);
});

test("createClock() does not count the time in which the process stood still", () => {
  const expire = vi.fn();
  createClock().watch(expire).start(1000);
  vi.advanceTimersByTime(100);
  vi.setSystemTime(Date.now() + 3_600_000);
  vi.spyOn(performance, "now").mockReturnValueOnce(performance.now() + 3_600_000);
  vi.advanceTimersByTime(100);
  expect(expire).not.toHaveBeenCalled();
});

test("createClock() never ends a wait without a limit", () => {
  const expire = vi.fn();
  const watch = createClock().watch(expire);
  watch.start(Number.POSITIVE_INFINITY);
  vi.advanceTimersByTime(1e7);
  expect(expire).not.toHaveBeenCalled();
  watch.rest();
});
