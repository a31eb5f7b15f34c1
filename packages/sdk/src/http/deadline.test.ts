import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { rejectionOf } from "../../../../tests/support/fault-server.ts";
import { Deadline, Expiry } from "./deadline.ts";

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

test("Deadline aborts with an Expiry when its time is up", () => {
  const deadline = new Deadline(undefined, "attempt", 1000);
  const heard = vi.fn();
  deadline.onAbort(heard);
  vi.advanceTimersByTime(999);
  expect(deadline.aborted).toBe(false);
  vi.advanceTimersByTime(1);
  expect(deadline.aborted).toBe(true);
  expect(heard).toHaveBeenCalledExactlyOnceWith(new Expiry("attempt", 1000));
});

test.each([Number.POSITIVE_INFINITY, 2 ** 31])("Deadline of %d ms never ends by itself", (timeoutMs) => {
  const deadline = new Deadline(undefined, "total", timeoutMs);
  expect(vi.getTimerCount()).toBe(0);
  expect(deadline.aborted).toBe(false);
});

test("Deadline follows its parent, also one that was aborted before", () => {
  const parent = new Deadline(undefined, "total", 1000);
  const child = new Deadline(parent, "attempt", 500);
  const closed = new Deadline(parent, "attempt", 500);
  closed.close();
  parent.abort("why");
  expect([child.aborted, child.reason]).toEqual([true, "why"]);
  expect(closed.aborted).toBe(false);
  expect(new Deadline(parent, "attempt", 500).reason).toBe("why");
  expect(vi.getTimerCount()).toBe(0);
});

test("abort() counts once", () => {
  const deadline = new Deadline(undefined, "total", 1000);
  deadline.abort("first");
  deadline.abort("second");
  vi.advanceTimersByTime(5000);
  expect(deadline.reason).toBe("first");
});

test("onAbort() gives back what takes the listener away", () => {
  const deadline = new Deadline(undefined, "total", 1000);
  const heard = vi.fn();
  deadline.onAbort(heard)();
  deadline.abort("why");
  expect(heard).not.toHaveBeenCalled();
});

test("close() leaves no timer", () => {
  new Deadline(undefined, "total", 1000).close();
  expect(vi.getTimerCount()).toBe(0);
});

test("toSignal() gives a signal of the same reason", () => {
  const deadline = new Deadline(undefined, "total", 1000);
  const before = deadline.toSignal();
  const reason = { why: "so" };
  deadline.abort(reason);
  expect(before.aborted).toBe(true);
  expect(before.reason).toBe(reason);
  expect(deadline.toSignal().reason).toBe(reason);
});

test("race() settles as the promise does, or rejects with the reason", async () => {
  const deadline = new Deadline(undefined, "total", 1000);
  expect(await deadline.race(Promise.resolve(1))).toBe(1);
  expect(await rejectionOf(deadline.race(Promise.reject("no")))).toBe("no");
  const pending = rejectionOf(deadline.race(new Promise(() => {})));
  deadline.abort("why");
  expect(await pending).toBe("why");
  expect(await rejectionOf(deadline.race(Promise.resolve(1)))).toBe("why");
  expect(await rejectionOf(deadline.race(Promise.reject("no")))).toBe("why");
});

test("sleep() ends after its time, or rejects with the reason and leaves no timer", async () => {
  const deadline = new Deadline(undefined, "total", Number.POSITIVE_INFINITY);
  const slept = deadline.sleep(50);
  vi.advanceTimersByTime(50);
  await slept;
  const woken = rejectionOf(deadline.sleep(50));
  deadline.abort("why");
  expect(await woken).toBe("why");
  expect(await rejectionOf(deadline.sleep(50))).toBe("why");
  expect(vi.getTimerCount()).toBe(0);
});

test("sleep() does not take a time beyond what timers keep for none", () => {
  const wake = vi.fn();
  new Deadline(undefined, "total", Number.POSITIVE_INFINITY).sleep(2 ** 40).then(wake);
  vi.advanceTimersByTime(2 ** 31 - 2);
  expect(vi.getTimerCount()).toBe(1);
});
