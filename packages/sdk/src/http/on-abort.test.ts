import { getEventListeners } from "node:events";
import { describe, expect, test } from "vitest";
import { onAbort } from "./on-abort.ts";
import { createSharing } from "./share.ts";

const countOf = ({ signal }: AbortController): number => getEventListeners(signal, "abort").length;

describe("onAbort()", () => {
  test("listens to a signal once for all who wait, and not when nobody does", () => {
    const controller = new AbortController();
    const called: number[] = [];
    const stops = Array.from({ length: 50 }, (_, index) => onAbort(controller.signal, () => called.push(index)));
    expect(countOf(controller)).toBe(1);
    for (const stop of stops.slice(2)) stop();
    expect(countOf(controller)).toBe(1);
    controller.abort();
    expect(called).toEqual([0, 1]);
    for (const stop of stops) stop();
    const other = new AbortController();
    onAbort(other.signal, () => called.push(-1))();
    other.abort();
    expect([countOf(controller), countOf(other), called.length]).toEqual([0, 0, 2]);
  });

  test("begins anew after the last has left", () => {
    const controller = new AbortController();
    const stop = onAbort(controller.signal, () => {});
    stop();
    let calls = 0;
    onAbort(controller.signal, () => {
      calls += 1;
    });
    stop();
    controller.abort();
    expect(calls).toBe(1);
  });
});

test("createSharing() listens to a signal once, however many calls there are with it", async () => {
  const share = createSharing<number>();
  const controller = new AbortController();
  let land = (_: number): void => {};
  const result = new Promise<number>((resolve) => {
    land = resolve;
  });
  const calls = Array.from({ length: 20 }, () =>
    share(undefined, () => ({ result, abort: () => {} }), controller.signal),
  );
  expect(countOf(controller)).toBe(1);
  land(7);
  expect(await Promise.all(calls)).toEqual(Array(20).fill(7));
  expect(countOf(controller)).toBe(0);
});
