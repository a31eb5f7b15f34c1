import type { DownloadProgress } from "@brainatlas/sdk/node";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createFakeContext } from "../fake-context.test-kit.ts";
import { createProgressTeller } from "./progress.ts";

const at = (elapsedMs: number, fetched: number): DownloadProgress => ({
  ...{ found: 20, isComplete: true, fetched, kept: 0, failed: 0, active: 1, connections: 1 },
  ...{ receivedBytes: fetched * 1000, completeBytes: fetched * 1000, elapsedMs },
});

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test("createProgressTeller() redraws one line in a terminal, cut to its width, and takes it away at the end", () => {
  const context = createFakeContext({ terminal: { columns: 30 } });
  const teller = createProgressTeller(context, { items: 20 });
  teller.show(at(0, 0));
  teller.show(at(2000, 4));
  teller.clear();
  teller.clear();
  teller.show(at(4000, 8));
  vi.advanceTimersByTime(60_000);
  teller.end();
  expect(context.stderr.text.split("\r\u001b[K")).toEqual([
    "",
    "0 of 20 files, 0 bytes, 1 co…",
    "4 of 20 files, 4.0 kB, 2.0 k…",
    "",
    "8 of 20 files, 8.0 kB, 2.0 k…",
    "",
  ]);
});

test("createProgressTeller() writes a line every ten seconds elsewhere, and one at the end", () => {
  const context = createFakeContext();
  const teller = createProgressTeller(context, { items: 20 });
  teller.show(at(0, 0));
  teller.show(at(9000, 9));
  expect(context.stderr.text).toBe("");
  vi.advanceTimersByTime(10_000);
  expect(context.stderr.text).toBe("9 of 20 files, 9.0 kB, 1.0 kB/s, 11 s left, 1 connection\n");
  teller.retry();
  teller.show(at(20_000, 20));
  teller.end();
  vi.advanceTimersByTime(60_000);
  expect(context.stderr.text.split("\n").slice(1)).toEqual([
    "20 of 20 files, 20.0 kB, 1.0 kB/s, 1 retry, 1 connection",
    "",
  ]);
});

test("createProgressTeller() says nothing more once it has ended, and no time left of what did not come to its end", () => {
  const context = createFakeContext();
  const teller = createProgressTeller(context, { items: 20 });
  teller.show(at(0, 0));
  teller.show(at(9000, 9));
  teller.end();
  teller.show(at(9500, 10));
  teller.end();
  vi.advanceTimersByTime(60_000);
  expect(context.stderr.text).toBe("9 of 20 files, 9.0 kB, 1.0 kB/s, 1 connection\n");
});

test("createProgressTeller() says nothing to programs that are told by events", () => {
  const context = createFakeContext({ terminal: {} });
  const teller = createProgressTeller(context, { items: 20, isQuiet: true });
  teller.show(at(0, 0));
  vi.advanceTimersByTime(60_000);
  teller.end();
  expect(context.stderr.text).toBe("");
});
