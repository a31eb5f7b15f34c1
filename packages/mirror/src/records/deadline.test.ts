import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { withDeadline } from "./deadline.ts";
import { QueryTimeError } from "./reader.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A step that takes some time, as a statement does that can be interrupted. */
const step = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve, reject) => {
    setTimeout(resolve, ms);
    signal.addEventListener("abort", () => reject(signal.reason));
  });

test("withDeadline() bounds all steps together", async () => {
  const done: number[] = [];
  const work = withDeadline({ timeLimitMs: 1000 }, async ({ signal }) => {
    for (const ms of [400, 400, 400]) {
      await step(ms, signal);
      done.push(ms);
    }
  });
  const settled = expect(work).rejects.toThrow(new QueryTimeError(1000));
  await vi.advanceTimersByTimeAsync(1000);
  await settled;
  expect(done).toEqual([400, 400]);
});

test("withDeadline() passes on what is done in time and by whom it is ended, and leaves no clock running", async () => {
  expect(await withDeadline({ timeLimitMs: 1000 }, async ({ check }) => check() ?? "done")).toBe("done");
  const leaving = new AbortController();
  const work = withDeadline({ timeLimitMs: 1000, signal: leaving.signal }, ({ signal }) => step(400, signal));
  leaving.abort(new Error("enough"));
  await expect(work).rejects.toThrow("enough");
  vi.advanceTimersByTime(400);
  expect(vi.getTimerCount()).toBe(0);
});

test("check() tells the time though no timer has had its turn", async () => {
  const work = withDeadline({ timeLimitMs: 1000 }, async ({ check }) => {
    check();
    vi.setSystemTime(Date.now() + 1001);
    vi.spyOn(performance, "now").mockReturnValue(performance.now() + 1001);
    check();
  });
  await expect(work).rejects.toThrow(QueryTimeError);
  vi.restoreAllMocks();
});
