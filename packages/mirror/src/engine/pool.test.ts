import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, onTestFinished, test } from "vitest";
import { temporaryFolder } from "../../../../tests/support/temporary.ts";
import { BusyError, DamagedError } from "../failures.ts";
import { gather } from "./gather.ts";
import type { PictureJob } from "./picture-job.ts";
import { createPool, type JobRunner } from "./pool.ts";

/** A thread that does what the plate's number says, by the same messages as the real one. */
const THREAD = `
import { parentPort, threadId, workerData } from "node:worker_threads";
const tell = (report) => parentPort.postMessage(report);
let taken = 0;
let told = 0;
let goOn = () => {};
parentPort.on("message", async ({ kind, job, isStreamed }) => {
  if (kind === "taken") { taken += 1; return goOn(); }
  const number = job.source.plate;
  if (Atomics.load(workerData.unwanted, 0) !== 0) throw new Error("begun unwanted");
  if (number === 1) return process.exit(3);
  if (number === 2) throw new Error("thread broke");
  if (number === 3) return tell({ kind: "failed", failure: { kind: "damage", message: "torn", said: "damaged", stack: "s" } });
  if (number === 4) {
    // Waits until nobody wants it any more.
    const wait = () => Atomics.load(workerData.unwanted, 0) === 0
      ? setImmediate(wait)
      : tell({ kind: "failed", failure: { kind: "other", message: "unwanted", said: "", stack: "s" } });
    return wait();
  }
  if (!isStreamed) return tell({ kind: "whole", path: "sample", bytes: Uint8Array.of(number, threadId) });
  tell({ kind: "begun", path: "join" });
  taken = 0;
  for (told = 0; told < number % 100; told += 1) {
    while (told - taken >= 4) await new Promise((resolve) => { goOn = resolve; });
    tell({ kind: "chunk", bytes: Uint8Array.of(told, told - taken) });
  }
  if (number === 66) return tell({ kind: "failed", failure: { kind: "other", message: "late", said: "", stack: "s" } });
  tell({ kind: "done" });
});
`;

function job(plate: number): PictureJob {
  return {
    source: { kind: "sample", plate, picture: "primary" },
    window: { left: 0, top: 0, width: 1, height: 1, downsample: 0 },
    finestDownsample: 0,
  };
}

async function start(size: number, maxWaiting = 100): Promise<JobRunner> {
  const path = join(await temporaryFolder(), "thread.mjs");
  writeFileSync(path, THREAD);
  const pool = createPool(size, maxWaiting, pathToFileURL(path));
  onTestFinished(() => pool.close());
  return pool;
}

const never = new AbortController().signal;
const bodyOf = async (pool: JobRunner, number: number) => (await pool.run(job(number), false, never)).body;

test("run() gives each job its own answer, by as many threads as may be", async () => {
  const pool = await start(2);
  const bodies = await Promise.all(Array.from({ length: 40 }, (_, index) => bodyOf(pool, index + 100)));
  expect(bodies.map((body) => (body as Uint8Array)[0])).toEqual(Array.from({ length: 40 }, (_, index) => index + 100));
  expect(new Set(bodies.map((body) => (body as Uint8Array)[1])).size).toBe(2);
});

test("run() gives a streamed body as it is read, and no more than four chunks ahead", async () => {
  const pool = await start(1);
  const { path, body } = await pool.run(job(50), true, never);
  const bytes = await gather(body as AsyncIterable<Uint8Array>);
  expect(path).toBe("join");
  expect([...bytes].filter((_, index) => index % 2 === 0)).toEqual(Array.from({ length: 50 }, (_, index) => index));
  expect(Math.max(...[...bytes].filter((_, index) => index % 2 === 1))).toBeLessThan(4);
  expect(await bodyOf(pool, 101)).toHaveLength(2);
});

test("run() breaks a streamed body off with the failure that came late", async () => {
  const pool = await start(1);
  const { body } = await pool.run(job(66), true, never);
  await expect(gather(body as AsyncIterable<Uint8Array>)).rejects.toThrow("late");
  expect(await bodyOf(pool, 101)).toHaveLength(2);
});

test("run() rejects with what failed on the thread, by its class", async () => {
  const pool = await start(1);
  const error = await pool.run(job(3), false, never).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(DamagedError);
  expect(error).toMatchObject({ message: "torn", said: "damaged" });
});

test.each([1, 2])("a thread that ends (%i) fails its own job alone, and another takes its place", async (number) => {
  const pool = await start(1);
  const jobs = [pool.run(job(number), false, never), bodyOf(pool, 101), bodyOf(pool, 102)];
  await expect(jobs[0]).rejects.toThrow(number === 1 ? "ended with 3" : "thread broke");
  expect(await Promise.all(jobs.slice(1))).toHaveLength(2);
});

test("an abort ends the wait at once and the work on the thread, which then takes the next", async () => {
  const pool = await start(1);
  const gone = new AbortController();
  const first = pool.run(job(4), false, gone.signal);
  const waiting = new AbortController();
  const second = pool.run(job(4), false, waiting.signal);
  const third = bodyOf(pool, 101);
  waiting.abort(new Error("left the line"));
  await expect(second).rejects.toThrow("left the line");
  gone.abort(new Error("went away"));
  await expect(first).rejects.toThrow("went away");
  expect(await third).toHaveLength(2);
});

test("run() refuses more than may wait", async () => {
  const pool = await start(1, 1);
  const gone = new AbortController();
  const first = pool.run(job(4), false, gone.signal);
  const second = bodyOf(pool, 101);
  await expect(pool.run(job(5), false, never)).rejects.toThrow(BusyError);
  gone.abort(new Error("went away"));
  await expect(first).rejects.toThrow();
  await second;
  await expect(pool.run(job(5), false, AbortSignal.abort(new Error("too late")))).rejects.toThrow("too late");
});

test("close() ends what runs and what waits, and nothing begins after it", async () => {
  const pool = await start(1);
  const jobs = [pool.run(job(4), false, never), bodyOf(pool, 101), bodyOf(pool, 102)];
  const settled = Promise.allSettled(jobs);
  await pool.close();
  const reasons = (await settled).map((each) => (each.status === "rejected" ? String(each.reason) : "made"));
  expect(reasons[0]).toContain("A thread that makes pictures ended");
  expect(reasons.slice(1)).toEqual(Array(2).fill("Error: Cannot make a picture: the engine is closed"));
  await expect(pool.run(job(101), false, never)).rejects.toThrow("the engine is closed");
});

test("chunks that are read late do not let the thread run ahead in its next job", async () => {
  const pool = await start(1);
  const early = [];
  for (let index = 0; index < 5; index += 1) early.push((await pool.run(job(203), true, never)).body);
  for (const body of early) await gather(body as AsyncIterable<Uint8Array>);
  const { body } = await pool.run(job(50), true, never);
  const bytes = await gather(body as AsyncIterable<Uint8Array>);
  expect(Math.max(...[...bytes].filter((_, index) => index % 2 === 1))).toBeLessThan(4);
});
