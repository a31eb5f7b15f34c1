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

test("createByteCache() gives out what is too large, and keeps it not", async () => {
  const { get, made } = cacheOf(8);
  for (const key of ["a", "x", "x", "a"]) await get(key, key === "x" ? 9 : 4);
  expect(made).toEqual(["a", "x", "x", "a"]);
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
