import { beforeEach, expect, test, vi } from "vitest";
import { OriginGate } from "./origin-gate.ts";

let nowMs = 0;

beforeEach(() => {
  nowMs = 0;
});

function createGate(concurrency: number, clock = () => nowMs): OriginGate {
  const tools = {
    concurrency,
    firstConnections: 4,
    maxHoldMs: 60_000,
    capacityOf: (count: number) => count,
    nowMs: clock,
    onChange: () => {},
  };
  return new OriginGate(tools);
}

const { signal } = new AbortController();

/** Who has come in so far, by number. */
function send(gate: OriginGate, count: number): number[] {
  const entered: number[] = [];
  for (let number = 0; number < count; number += 1) void gate.enter(signal).then(() => entered.push(number));
  return entered;
}

async function settle(): Promise<void> {
  for (let turn = 0; turn < 5; turn += 1) await Promise.resolve();
}

test("OriginGate lets in as many as there are places, in order", async () => {
  const gate = createGate(2);
  const entered = send(gate, 5);
  await settle();
  expect(entered).toEqual([0, 1]);
  gate.leave();
  await settle();
  expect(entered).toEqual([0, 1, 2]);
  expect(gate.isIdle).toBe(false);
});

test("OriginGate lets nobody in before the time that the server asked for", async () => {
  vi.useFakeTimers();
  try {
    const gate = createGate(2);
    gate.hold(5000);
    const entered = send(gate, 2);
    nowMs = 4999;
    await vi.advanceTimersByTimeAsync(4999);
    expect(entered).toEqual([]);
    nowMs = 5000;
    await vi.advanceTimersByTimeAsync(1);
    expect(entered).toEqual([0, 1]);
    gate.close();
  } finally {
    vi.useRealTimers();
  }
});

test("OriginGate lets in who waits, whenever between two looks at the clock the time comes", async () => {
  for (let looks = 0; looks < 12; looks += 1) {
    vi.useFakeTimers();
    try {
      const startMs = Date.now();
      let early = looks;
      const gate = createGate(2, () => {
        const elapsedMs = Date.now() - startMs;
        if (elapsedMs < 5000) return elapsedMs;
        early -= 1;
        return early < 0 ? elapsedMs : 4999.9; // Timers may come a little early.
      });
      gate.hold(5000);
      const entered = send(gate, 2);
      await vi.advanceTimersByTimeAsync(5100);
      expect([looks, entered]).toEqual([looks, [0, 1]]);
      gate.close();
    } finally {
      vi.useRealTimers();
    }
  }
});

test("OriginGate leaves an origin alone for no longer than is allowed, and lets all in once it asked for more again", async () => {
  const gate = createGate(1);
  const entered = send(gate, 3);
  gate.hold(60_001);
  gate.hold(60_001);
  await settle();
  expect([entered, gate.closedMs]).toEqual([[0], 0]);
  nowMs = 60_000;
  gate.leave();
  await settle();
  expect(entered).toEqual([0, 1]);
  gate.answered();
  gate.hold(60_001);
  expect(gate.closedMs).toBe(0);
  nowMs = 120_000;
  gate.hold(60_001);
  await settle();
  expect([entered, gate.closedMs]).toEqual([[0, 1, 2], 60_001]);
  gate.close();
});

test("OriginGate forgets who gives up", async () => {
  const gate = createGate(1);
  const controller = new AbortController();
  await gate.enter(signal);
  const reason = new Error("enough");
  const waiting = gate.enter(controller.signal);
  controller.abort(reason);
  await expect(waiting).rejects.toBe(reason);
  await expect(gate.enter(controller.signal)).rejects.toBe(reason);
  gate.leave();
  await gate.enter(signal);
  gate.leave();
  expect(gate.isIdle).toBe(true);
});
