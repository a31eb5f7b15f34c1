import type { DownloadProgress } from "@brainatlas/sdk/node";
import { expect, onTestFinished, test, vi } from "vitest";
import { createRepeater } from "./repeater.ts";

test("createRepeater() tells again each second what has not changed but for the time, until it ends", () => {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  const told: [bytes: number, elapsedMs: number][] = [];
  const { tell, end } = createRepeater(({ receivedBytes, elapsedMs }) => told.push([receivedBytes, elapsedMs]));
  const progress: DownloadProgress = {
    ...{ found: 2, isComplete: true, fetched: 0, kept: 0, failed: 0, active: 2, connections: 2 },
    ...{ receivedBytes: 7, completeBytes: 0, elapsedMs: 500 },
  };
  vi.advanceTimersByTime(5500);
  expect(told).toEqual([]);
  tell(progress);
  vi.advanceTimersByTime(2000);
  end();
  vi.advanceTimersByTime(5000);
  expect(told).toEqual([
    [7, 500],
    [7, 1000],
    [7, 2000],
  ]);
});
