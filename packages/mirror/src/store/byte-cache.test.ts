import { expect, test } from "vitest";
import { defer } from "../../../../tests/support/fault-server.ts";
import { createByteCache } from "./byte-cache.ts";

function cacheOf(maxBytes: number): { get(key: string, size?: number): Promise<string>; made: string[] } {
  const cache = createByteCache<string>(maxBytes, (text) => text.length);
  const made: string[] = [];
  return {
    made,
    get: (key, size = 4) =>
      cache.get(key, async () => {
        made.push(key);
        return key.repeat(size);
      }),
  };
}

test("createByteCache() keeps what was made, and forgets the longest unused", async () => {
  const { get, made } = cacheOf(8);
  for (const key of ["a", "b", "a", "c", "a", "b"]) expect(await get(key)).toBe(key.repeat(4));
  expect(made).toEqual(["a", "b", "c", "b"]);
});

test("createByteCache() gives out what is too large, and keeps the others instead of it", async () => {
  const { get, made } = cacheOf(8);
  for (const key of ["a", "x", "x", "a"]) await get(key, key === "x" ? 9 : 4);
  expect(made).toEqual(["a", "x", "x"]);
});

test("createByteCache() makes a thing once for all who wait, and again after a failure", async () => {
  const cache = createByteCache<string>(8, (text) => text.length);
  const { promise, resolve } = defer<string>();
  let count = 0;
  const make = (): Promise<string> => {
    count += 1;
    return promise;
  };
  const both = [cache.get("a", make), cache.get("a", make)];
  resolve("done");
  expect([await Promise.all(both), count]).toEqual([["done", "done"], 1]);
  await expect(cache.get("b", () => Promise.reject(new Error("no")))).rejects.toThrow("no");
  expect(await cache.get("b", async () => "yes")).toBe("yes");
});

test("createByteCache() tells the maker when the last who waited is gone, and makes it anew for the next", async () => {
  const cache = createByteCache<string>(8, (text) => text.length);
  const signals: AbortSignal[] = [];
  const { promise, resolve } = defer<string>();
  const make = (signal: AbortSignal): Promise<string> => {
    signals.push(signal);
    return promise;
  };
  const [one, other] = [new AbortController(), new AbortController()];
  const waits = [cache.get("a", make, one.signal), cache.get("a", make, other.signal)];
  one.abort(new Error("one is gone"));
  await expect(waits[0]).rejects.toThrow("one is gone");
  expect(signals.map(({ aborted }) => aborted)).toEqual([false]);
  other.abort(new Error("other is gone"));
  await expect(waits[1]).rejects.toThrow("other is gone");
  expect(signals.map(({ aborted }) => aborted)).toEqual([true]);
  const again = cache.get("a", make);
  await expect(cache.get("a", make, one.signal)).rejects.toThrow("one is gone");
  resolve("done");
  expect(await again).toBe("done");
  expect(signals).toHaveLength(2);
});
