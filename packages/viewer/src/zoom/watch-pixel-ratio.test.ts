import { afterEach, expect, test, vi } from "vitest";
import { watchPixelRatio } from "./watch-pixel-ratio.ts";

afterEach(() => void vi.unstubAllGlobals());

test("watchPixelRatio() tells of each change until it is ended", () => {
  const queries = new Map<string, EventTarget>();
  vi.stubGlobal("matchMedia", (query: string) => {
    const target = queries.get(query) ?? new EventTarget();
    queries.set(query, target);
    return target;
  });
  const told: number[] = [];
  const turnTo = (ratio: number): void => {
    const before = queries.get(`(resolution: ${devicePixelRatio}dppx)`);
    vi.stubGlobal("devicePixelRatio", ratio);
    before?.dispatchEvent(new Event("change"));
  };
  vi.stubGlobal("devicePixelRatio", 1);
  const stop = watchPixelRatio((ratio) => void told.push(ratio));
  turnTo(2);
  turnTo(1.5);
  stop();
  turnTo(1);
  expect(told).toEqual([2, 1.5]);
});
