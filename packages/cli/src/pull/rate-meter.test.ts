import { expect, test } from "vitest";
import { createRateMeter } from "./rate-meter.ts";

test("createRateMeter() tells nothing before a second has passed", () => {
  const meter = createRateMeter();
  expect(meter.add({ atMs: 0, bytes: 0, items: 0 })).toBeUndefined();
  expect(meter.add({ atMs: 900, bytes: 500, items: 1 })).toBeUndefined();
  expect(meter.add({ atMs: 1000, bytes: 500, items: 1 })).toEqual({ bytes: 500, items: 1 });
});

test("createRateMeter() looks back ten seconds, however many samples there are", () => {
  const meter = createRateMeter();
  for (let atMs = 0; atMs < 60_000; atMs += 10) meter.add({ atMs, bytes: atMs, items: 0 });
  // A thousand bytes a second for a minute, and nothing for the ten seconds after it.
  expect(meter.add({ atMs: 65_000, bytes: 60_000, items: 0 })?.bytes).toBeCloseTo(500, -1);
  expect(meter.add({ atMs: 75_000, bytes: 60_000, items: 0 })).toEqual({ bytes: 0, items: 0 });
});
