import { expect, test, vi } from "vitest";
import { Gates } from "./gates.ts";
import { normaliseDownloadOptions } from "./settings.ts";

test("Gates tells the wire of each origin by itself, and of the most of all for the rest", () => {
  let nowMs = 0;
  const [limit, unlimit] = [vi.fn(), vi.fn()];
  const wire = { get: vi.fn(), limit, unlimit, capacity: (count: number) => count, close: vi.fn() };
  const settings = normaliseDownloadOptions({ directory: "x", concurrency: 8 });
  const gates = new Gates(settings, { wire, nowMs: () => nowMs });
  const [slow, fast] = [gates.of("http://slow"), gates.of("http://fast")];
  expect(limit.mock.calls).toEqual([[8, "http://slow"], [8], [8, "http://fast"]]);
  nowMs = 10;
  slow.troubled(5);
  expect(limit.mock.lastCall).toEqual([4, "http://slow"]);
  expect(gates.connections).toBe(8);
  fast.troubled(5);
  expect(limit.mock.calls.slice(-2)).toEqual([[4, "http://fast"], [4]]);
  for (let number = 0; number < 100; number += 1) gates.of(`http://${number}`);
  expect(unlimit.mock.calls).toContainEqual(["http://slow"]);
});
