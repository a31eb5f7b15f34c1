import { expect, test } from "vitest";
import { Pace } from "./pace.ts";

/** A server in numbers: each request takes a round trip, and so many are worked at together; all beyond wait. */
interface Server {
  readonly roundTripMs: number;
  /** Answers a second that it can give at most. */
  readonly mostPerSecond: number;
  readonly fileBytes: number;
  /** Requests at once above which it refuses. */
  readonly refusesAbove?: number;
}

interface Course {
  /** Connections at each answer. */
  readonly steps: readonly { readonly ms: number; readonly connections: number }[];
  readonly answers: number;
  readonly refused: number;
}

/** What happens within a time, one event after the other, without a clock. */
function simulate(server: Server, ceiling: number, untilMs: number): Course {
  const pace = new Pace(ceiling, 4, 0);
  const steps: { ms: number; connections: number }[] = [];
  const events: { ms: number; sentMs: number; isRefused: boolean }[] = [];
  let [active, freeMs, nowMs, answers, refused] = [0, 0, 0, 0, 0];
  const fill = (): void => {
    while (active < pace.connections) {
      active += 1;
      const isRefused = active > (server.refusesAbove ?? Number.POSITIVE_INFINITY);
      freeMs = Math.max(freeMs, nowMs) + (isRefused ? 0 : 1000 / server.mostPerSecond);
      events.push({ ms: Math.max(nowMs + server.roundTripMs, freeMs), sentMs: nowMs, isRefused });
    }
  };
  for (fill(); nowMs < untilMs; fill()) {
    events.sort((a, b) => a.ms - b.ms);
    const event = events.shift();
    if (event === undefined) break;
    nowMs = event.ms;
    active -= 1;
    if (event.isRefused) {
      refused += 1;
      pace.troubled(event.sentMs, nowMs);
    } else {
      answers += 1;
      pace.received(server.fileBytes, nowMs);
      pace.answered(true, nowMs);
    }
    steps.push({ ms: nowMs, connections: pace.connections });
  }
  return { steps, answers, refused };
}

function connectionsAt({ steps }: Course, ms: number): number {
  return steps.findLast((step) => step.ms <= ms)?.connections ?? 0;
}

const FILE = 20_000;

test.each([
  [8, 1, 200],
  [16, 2, 300],
  [8, 50, 400],
  [16, 100, 1000],
  [32, 150, 2000],
])("Pace reaches %i connections at a good server %i ms away within %i ms", (ceiling, roundTripMs, withinMs) => {
  const course = simulate({ roundTripMs, mostPerSecond: 1e6, fileBytes: FILE }, ceiling, withinMs + roundTripMs);
  expect(connectionsAt(course, withinMs)).toBe(ceiling);
});

test("Pace loses little against all connections from the start", () => {
  const server = { roundTripMs: 5, mostPerSecond: 1e6, fileBytes: FILE };
  const untilMs = 10_000;
  const most = (untilMs / server.roundTripMs) * 16;
  expect(simulate(server, 16, untilMs).answers).toBeGreaterThan(most * 0.98);
});

test("Pace does not grow where that brings nothing, and tries again only now and then", () => {
  // One round trip for each answer is all that this server gives, over however many connections.
  const course = simulate({ roundTripMs: 20, mostPerSecond: 100, fileBytes: FILE }, 64, 30_000);
  const above = course.steps.filter(({ connections }) => connections > 4);
  expect(above.length / course.steps.length).toBeLessThan(0.15);
  expect(Math.max(...course.steps.map(({ connections }) => connections))).toBe(8);
});

test("Pace stops near what the server can do", () => {
  const course = simulate({ roundTripMs: 100, mostPerSecond: 120, fileBytes: FILE }, 64, 20_000);
  expect(connectionsAt(course, 20_000)).toBeGreaterThanOrEqual(12);
  expect(connectionsAt(course, 20_000)).toBeLessThanOrEqual(32);
});

test("Pace halves at a sign of overload, once for all requests that were under way", () => {
  const pace = new Pace(16, 4, 0);
  expect(pace.connections).toBe(4);
  pace.troubled(0, 100);
  pace.troubled(50, 110);
  pace.troubled(99, 120);
  expect(pace.connections).toBe(2);
  pace.troubled(101, 200);
  expect(pace.connections).toBe(1);
  pace.troubled(201, 300);
  expect(pace.connections).toBe(1);
});

test("Pace stays below where a server refuses, and asks it for more but seldom", () => {
  const course = simulate({ roundTripMs: 50, mostPerSecond: 1e6, fileBytes: FILE, refusesAbove: 10 }, 32, 30_000);
  expect(course.refused / course.answers).toBeLessThan(0.02);
  expect(connectionsAt(course, 30_000)).toBeGreaterThanOrEqual(5);
});

test("Pace grows by one at a time after an overload", () => {
  const course = simulate({ roundTripMs: 20, mostPerSecond: 1e6, fileBytes: FILE, refusesAbove: 7 }, 32, 10_000);
  const jumps = course.steps.map(({ connections }, index) => connections - (course.steps[index - 1]?.connections ?? 4));
  const firstCut = jumps.findIndex((jump) => jump < 0);
  expect(Math.max(...jumps.slice(firstCut))).toBe(1);
});

test("Pace counts bytes where files are large: it grows by the second, not by the file", () => {
  const pace = new Pace(16, 4, 0);
  for (let ms = 10; ms <= 5000; ms += 10) pace.received(pace.connections * 1e6, ms);
  expect(pace.connections).toBe(16);
});

test("Pace does not grow while places stay free", () => {
  const pace = new Pace(16, 4, 0);
  for (let ms = 1; ms <= 5000; ms += 1) pace.answered(false, ms);
  expect(pace.connections).toBe(4);
});
