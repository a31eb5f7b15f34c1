import type { DownloadProgress } from "@brainatlas/sdk/node";
import { describe, expect, test } from "vitest";
import { type PullProgress, printDuration, printProgress, secondsLeft } from "./progress-text.ts";

const download: DownloadProgress = {
  found: 264,
  isComplete: true,
  fetched: 10,
  kept: 2,
  failed: 0,
  active: 8,
  connections: 8,
  receivedBytes: 4_100_000,
  completeBytes: 5_000_000,
  elapsedMs: 4000,
};
const progress = (changes: Partial<PullProgress> = {}): PullProgress => ({
  download,
  items: 264,
  rates: { bytes: 1_200_000, items: 2.52 },
  retries: 0,
  ...changes,
});

describe("printProgress()", () => {
  test("says count, bytes, rate and the time that is left, which files decide", () => {
    expect(printProgress(progress())).toBe("12 of 264 files, 4.1 MB, 1.2 MB/s, 1 min 40 s left, 8 connections");
  });
  test("says failures and retries where there are some, and no rate before there is one", () => {
    const text = printProgress(progress({ download: { ...download, failed: 3 }, retries: 1, rates: undefined }));
    expect(text).toBe("15 of 264 files, 4.1 MB, 3 failed, 1 retry, 8 connections");
  });
});

test.each([
  ["nothing comes", progress({ rates: { bytes: 0, items: 0 } })],
  ["all has come", progress({ items: 12 })],
])("secondsLeft() tells none where %s", (_, given) => {
  expect(secondsLeft(given)).toBeUndefined();
});

test.each([
  [400, "400 ms"],
  [59_400, "59 s"],
  [59_600, "1 min 0 s"],
  [192_000, "3 min 12 s"],
  [7_380_000, "2 h 3 min"],
])("printDuration() prints %d ms as %s", (ms, text) => {
  expect(printDuration(ms)).toBe(text);
});
