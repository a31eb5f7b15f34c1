import { expect, test } from "vitest";
import { createHarness, judge, median, printTable } from "./harness.mjs";

/** A clock that goes forward only when it is told to. */
function createClock() {
  let now = 0;
  return {
    nowMs: () => now,
    spend: (ms: number) => () => {
      now += ms;
    },
  };
}

test("median() is the middle value, or the mean of the middle two", () => {
  expect(median([5])).toBe(5);
  expect(median([9, 1, 5])).toBe(5);
  expect(median([10, 9, 1, 2])).toBe(5.5);
  expect(() => median([])).toThrow(RangeError);
});

test("median() leaves its values as they are", () => {
  const values = [3, 1, 2];
  median(values);
  expect(values).toEqual([3, 1, 2]);
});

test("judge() compares with the best peer, or the named one", () => {
  expect(judge(6, { a: 4, b: 3 }, { max: 2 })).toEqual({ ratio: 2, met: true });
  expect(judge(6, { a: 4, b: 3 }, { max: 1.9 })).toEqual({ ratio: 2, met: false });
  expect(judge(6, { a: 4, b: 3 }, { max: 2 }, "a")).toEqual({ ratio: 1.5, met: true });
  // Where more is better, the best peer is the largest.
  expect(judge(8, { a: 4, b: 2 }, { min: 2 })).toEqual({ ratio: 2, met: true });
  expect(judge(8, { a: 4, b: 2 }, { min: 2.1 })).toEqual({ ratio: 2, met: false });
});

test("judge() gives no verdict without a peer", () => {
  expect(judge(1, {}, { max: 2 })).toEqual({ ratio: null, met: null });
  expect(judge(1, { a: 1 }, { max: 2 }, "b")).toEqual({ ratio: null, met: null });
});

test("compare() measures each call, in turns, without the warm-up", async () => {
  const { nowMs, spend } = createClock();
  const order: string[] = [];
  const harness = createHarness("b", { nowMs });
  const called = (who: string, ms: number) => () => {
    order.push(who);
    spend(ms)();
  };
  const line = await harness.compare({
    case: "c",
    ours: called("ours", 3),
    peers: { a: called("a", 2), b: called("b", 6) },
    aim: { max: 1.5 },
    rounds: 2,
    perRound: 2,
    warmUp: 1,
  });
  expect(order.join(" ")).toBe("a b ours a a b b ours ours ours ours b b a a");
  expect(line).toEqual({
    case: "c",
    unit: "ms",
    ours: 3,
    peers: { a: 2, b: 6 },
    ratio: 1.5,
    aim: { max: 1.5 },
    met: true,
  });
});

test("compare() is not moved by one slow round", async () => {
  const { nowMs, spend } = createClock();
  let calls = 0;
  const ours = () => {
    calls += 1;
    spend(calls === 3 ? 1000 : 1)();
  };
  const harness = createHarness("b", { nowMs });
  const line = await harness.compare({
    case: "c",
    ours,
    peers: { a: spend(1) },
    aim: { max: 1 },
    rounds: 5,
    perRound: 1,
    warmUp: 0,
  });
  expect(line.ours).toBe(1);
});

test("compare() waits for what is asynchronous, and lets its failure through", async () => {
  const { nowMs, spend } = createClock();
  const harness = createHarness("b", { nowMs });
  const options = { case: "c", peers: { a: spend(1) }, aim: { max: 9 }, rounds: 1, perRound: 1, warmUp: 0 };
  const slow = () => Promise.resolve().then(spend(4));
  expect((await harness.compare({ ...options, ours: slow })).ours).toBe(4);
  await expect(harness.compare({ ...options, ours: () => Promise.reject(new Error("broken")) })).rejects.toThrow(
    "broken",
  );
});

test("result() has exactly the documented shape", () => {
  const harness = createHarness("b");
  harness.record({ case: "size", unit: "bytes", ours: 90, peers: { budget: 100 }, aim: { max: 1 } });
  harness.record({ case: "speed", unit: "1/s", ours: 90, peers: {}, aim: { min: 8 } });
  harness.absent("nginx");
  harness.absent("nginx");
  expect(JSON.parse(JSON.stringify(harness.result()))).toEqual({
    bench: "b",
    cases: [
      { case: "size", unit: "bytes", ours: 90, peers: { budget: 100 }, ratio: 0.9, aim: { max: 1 }, met: true },
      { case: "speed", unit: "1/s", ours: 90, peers: {}, ratio: null, aim: { min: 8 }, met: null },
    ],
    absent: ["nginx"],
  });
  expect(Object.keys(harness.result().cases[0] ?? {})).toEqual([
    "case",
    "unit",
    "ours",
    "peers",
    "ratio",
    "aim",
    "met",
  ]);
});

test("printTable() prints a line for each case, and who was absent", () => {
  const harness = createHarness("b");
  harness.record({ case: "size", unit: "bytes", ours: 90, peers: { budget: 100, other: 99.5 }, aim: { max: 1 } });
  harness.record({ case: "speed", unit: "1/s", ours: 0.12345, peers: {}, aim: { min: 8 } });
  harness.absent("nginx");
  expect(printTable(harness.result())).toBe(
    [
      "b",
      "case   unit   ours   peers                   ratio  aim  met",
      "-----  -----  -----  ----------------------  -----  ---  ---",
      "size   bytes  90     budget 100, other 99.5  0.90   ≤ 1  yes",
      "speed  1/s    0.123                          –      ≥ 8  –",
      "absent: nginx",
    ].join("\n"),
  );
});
