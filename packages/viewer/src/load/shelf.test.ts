import { effect } from "@preact/signals";
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

test("get() never drops what is watched, and drops it once nothing watches it", async () => {
  const { shelf, asked, give } = shelfBy(2);
  const ends = ["a", "b", "c"].map((key) => shelf.get(key).subscribe(() => {}));
  for (const key of ["a", "b", "c", "d"]) await give(key, key);
  expect(["a", "b", "c", "d"].map((key) => shelf.peek(key))).toEqual(["a", "b", "c", "d"]);
  for (const end of ends) end();
  await Promise.resolve();
  expect(["a", "b", "c", "d"].map((key) => shelf.peek(key))).toEqual([undefined, undefined, "c", "d"]);
  expect(asked).toEqual(["a", "b", "c", "d"]);
});

test("readers of more than a shelf holds, which ask again with each change, come to rest", async () => {
  const { shelf, asked, ends } = shelfBy(2);
  const keys = ["a", "b", "c", "d"];
  const later: (() => void)[] = [];
  const read = (): void => {
    // As a component does: it renders after the change, and asks for all again.
    for (const key of keys) void shelf.get(key).value;
  };
  const stop = effect(() => {
    read();
    later.push(read);
  });
  for (const key of keys) {
    ends.get(key)?.resolve(key);
    await shelf.wait(key);
    for (const run of later.splice(0)) run();
  }
  expect(asked).toEqual(keys);
  stop();
});

test("get() keeps nothing without a capacity once nothing watches it", async () => {
  const { shelf, signals, give } = shelfBy(0);
  const end = shelf.get("a").subscribe(() => {});
  await give("a", "A");
  expect(shelf.peek("a")).toBe("A");
  end();
  await Promise.resolve();
  expect([shelf.peek("a"), signals.get("a")?.aborted]).toEqual([undefined, true]);
});

test("release() leaves what somebody waits for, and gives it up when nobody does any more", async () => {
  const { shelf, signals, ends } = shelfBy(3);
  const kept = shelf.wait("a");
  shelf.release("a");
  expect(signals.get("a")?.aborted).toBe(false);
  ends.get("a")?.resolve("A");
  expect(await kept).toBe("A");
  const controller = new AbortController();
  const left = shelf.wait("b", controller.signal);
  shelf.release("b");
  controller.abort("enough");
  await expect(left).rejects.toBe("enough");
  await Promise.resolve();
  expect(signals.get("b")?.aborted).toBe(true);
});

test("release() of what is watched counts when it is no longer watched, unless it was asked for since", async () => {
  const { shelf, signals } = shelfBy(3);
  const stops = ["a", "b"].map((key) => shelf.get(key).subscribe(() => {}));
  for (const key of ["a", "b"]) shelf.release(key);
  shelf.get("b");
  for (const stop of stops) stop();
  await Promise.resolve();
  expect(["a", "b"].map((key) => signals.get(key)?.aborted)).toEqual([true, false]);
});

test("forget() has what is watched asked for at once, and takes nothing that comes of the first load", async () => {
  const { shelf, asked, signals, ends } = shelfBy(3);
  const states: string[] = [];
  const stop = shelf.get("a").subscribe(({ state }) => states.push(state));
  const [first, before] = [ends.get("a"), signals.get("a")];
  shelf.forget("a");
  first?.reject(new Error("given up"));
  ends.get("a")?.resolve("A");
  expect(await shelf.wait("a")).toBe("A");
  stop();
  await Promise.resolve();
  expect([asked, states, before?.aborted]).toEqual([["a", "a"], ["loading", "loading", "ready"], true]);
  shelf.forget("a");
  expect([shelf.peek("a"), asked.length]).toEqual([undefined, 2]);
});
