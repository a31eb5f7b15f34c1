import { expect, test } from "vitest";
import type { Loaded } from "./loaded.ts";
import { Shelf } from "./shelf.ts";

/** A shelf whose loads the test ends by hand. */
function shelfBy(capacity: number, sizeOf?: (value: string) => number) {
  const asked: string[] = [];
  const signals = new Map<string, AbortSignal>();
  const ends = new Map<string, { resolve(value: string): void; reject(error: unknown): void }>();
  const shelf = new Shelf<string, string>({
    capacity,
    ...(sizeOf && { sizeOf }),
    load: (key, signal) => {
      asked.push(key);
      signals.set(key, signal);
      return new Promise((resolve, reject) => ends.set(key, { resolve, reject }));
    },
  });
  const give = async (key: string, value: string): Promise<void> => {
    shelf.get(key);
    ends.get(key)?.resolve(value);
    await shelf.wait(key);
  };
  return { shelf, asked, signals, ends, give };
}

test("get() asks once for a key, and tells how it goes", async () => {
  const { shelf, asked, give } = shelfBy(3);
  const states: Loaded<string>[] = [];
  const end = shelf.get("a").subscribe((loaded) => states.push(loaded));
  await give("a", "A");
  expect(shelf.get("a").value).toEqual({ state: "ready", value: "A" });
  end();
  expect([asked, states.map(({ state }) => state)]).toEqual([["a"], ["loading", "ready"]]);
});

test("get() drops what was asked for longest ago, and never what came last", async () => {
  const { shelf, asked, give } = shelfBy(5, (value) => value.length);
  await give("a", "xx");
  await give("b", "xx");
  shelf.get("a");
  await give("c", "xx");
  expect(["a", "b", "c"].map((key) => shelf.peek(key))).toEqual(["xx", undefined, "xx"]);
  await give("d", "x".repeat(100));
  expect(["a", "c", "d"].map((key) => shelf.peek(key)?.length)).toEqual([undefined, undefined, 100]);
  shelf.get("b");
  expect(asked).toEqual(["a", "b", "c", "d", "b"]);
});

test("wait() gives what comes, the failure, or the signal's reason", async () => {
  const { shelf, ends, give } = shelfBy(3);
  await give("a", "A");
  expect(await shelf.wait("a")).toBe("A");
  const failed = shelf.wait("b");
  ends.get("b")?.reject(new Error("no"));
  await expect(failed).rejects.toThrow("no");
  await expect(shelf.wait("c", AbortSignal.abort("enough"))).rejects.toBe("enough");
  const controller = new AbortController();
  const given = shelf.wait("c", controller.signal);
  controller.abort("later");
  await expect(given).rejects.toBe("later");
});

test("retry() asks again for what failed, and for nothing else", async () => {
  const { shelf, asked, ends, give } = shelfBy(3);
  const failed = shelf.wait("a");
  shelf.retry("a");
  ends.get("a")?.reject(new Error("no"));
  await expect(failed).rejects.toThrow("no");
  shelf.retry("a");
  expect(shelf.get("a").value.state).toBe("loading");
  await give("a", "A");
  shelf.retry("a");
  expect([asked, shelf.peek("a")]).toEqual([["a", "a"], "A"]);
});

test("release() gives up what has not come, and leaves what has", async () => {
  const { shelf, asked, signals, give } = shelfBy(3);
  shelf.get("a");
  shelf.release("a");
  expect(signals.get("a")?.aborted).toBe(true);
  await give("a", "A");
  shelf.release("a");
  expect([asked, shelf.peek("a")]).toEqual([["a", "a"], "A"]);
});
