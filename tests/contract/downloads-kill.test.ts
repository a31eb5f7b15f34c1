// A download that is killed without warning, again and again: what has its name is complete, and the next run goes on.

import type { DownloadOptions } from "@brainatlas/sdk/node";
import { describe, expect, onTestFinished, test } from "vitest";
import { lookAtFolder, readManifestState } from "../support/chaos-check.ts";
import { createRandom, makeBytes, type Random } from "../support/chaos-files.ts";
import { type ChaosItem, type ChaosServer, startChaosServer } from "../support/chaos-server.ts";
import type { ChaosOptions } from "../support/chaos-turns.ts";
import { type DownloadProgram, makeDownloadProgram } from "../support/download-program.ts";
import { temporaryFolder } from "../support/temporary.ts";

const IS_LONG = process.env.BRAINATLAS_LONG === "1";
const KILLS = IS_LONG ? 50 : 5;
const COUNT = 40;
/** Of these, one is large; it takes most of a run. */
const LARGE_BYTES = 40_000_000;
const LARGE_INDEX = 5;
const LARGEST_BYTES = 80_000_000;
/** Its seed makes it one whose length is told. */
const LARGEST_SEED = 38;
/** What may be under way between the server and the disk, and be lost. */
const SLACK_BYTES = 50_000_000;

/** When a run is killed: after so many requests or bytes, or where a file is sent up to there. */
type Limit = { readonly requests: number } | { readonly bytes: number } | { readonly place: number };

describe("downloadAll() in a process that is killed", () => {
  test(`leaves only whole files ${KILLS} times, and goes on each time`, async () => {
    const program = await makeDownloadProgram(await temporaryFolder());
    const random = createRandom(KILLS);
    let kills = 0;
    for (let seed = 1; kills < KILLS; seed += 1) {
      const directory = await temporaryFolder();
      const { server, runUntil } = await prepare(program, { seed, count: COUNT, largeBytes: LARGE_BYTES });
      for (let isKilled = true; isKilled; ) {
        const done = await lookAtFolder(server, directory);
        const before = server.records.length;
        // When there were enough, the last run goes to its end.
        isKilled = (await runUntil(kills < KILLS ? drawLimit(random) : undefined, { directory })) === undefined;
        kills += isKilled ? 1 : 0;
        const askedAgain = server.records.slice(before).filter(({ index }) => done.right.has(index));
        const { wrong } = await lookAtFolder(server, directory);
        expect([kills, wrong, askedAgain]).toEqual([kills, [], []]);
        expect((await readManifestState(directory)).damaged.length).toBeLessThanOrEqual(kills);
      }
      await expectComplete(server, directory);
    }
  });

  test("goes on with a large file where it was, and not from its beginning", async () => {
    const program = await makeDownloadProgram(await temporaryFolder());
    const directory = await temporaryFolder();
    const options = { seed: LARGEST_SEED, count: LARGE_INDEX + 1, largeBytes: LARGEST_BYTES };
    const { server, runUntil } = await prepare(program, options, [LARGE_INDEX]);
    server.calm();
    const { length } = makeBytes(server.seed, server.file(LARGE_INDEX));
    for (const part of [0.6, 0.9]) {
      expect(await runUntil({ place: length * part }, { directory })).toBeUndefined();
    }
    const outcome = await runUntil(undefined, { directory });
    expect(outcome).toEqual({ fetched: 1, kept: 0, failed: [] });
    const starts = server.records.map(({ start = 0 }) => start);
    expect(starts).toHaveLength(3);
    expect(starts[1]).toBeGreaterThan(length * 0.6 - SLACK_BYTES);
    expect(starts[2]).toBeGreaterThan(length * 0.9 - SLACK_BYTES);
    expect(server.records[2]).toMatchObject({ status: 206, sentBytes: length - (starts[2] ?? 0) });
    const { right, others } = await lookAtFolder(server, directory);
    expect([[...right.keys()], others]).toEqual([[LARGE_INDEX], ["manifest.ndjson"]]);
  });
});

/** A server, and runs of the program against it that are killed when so much was asked for or sent. */
async function prepare(program: DownloadProgram, options: ChaosOptions, indices?: readonly number[]) {
  let onEvent: ChaosOptions["onEvent"];
  const server = await startChaosServer({ ...options, onEvent: (event) => onEvent?.(event) });
  onTestFinished(() => server.stop());
  const items: ChaosItem[] = indices?.map((index) => server.item(index)) ?? [...server.items()];
  const runUntil = async (limit: Limit | undefined, given: DownloadOptions) => {
    const quick = { retries: 8, timeoutMs: 500, backoffMs: 4, maxBackoffMs: 2000 };
    const { child, outcome } = await program.start(items, { ...quick, ...given });
    let [requests, sent] = [0, 0];
    onEvent = ({ record: { start = 0, sentBytes }, bytes }) => {
      if (bytes === 0) requests += 1;
      sent += bytes;
      if (limit !== undefined && isReached(limit, requests, sent, start + sentBytes)) child.kill("SIGKILL");
    };
    return await outcome;
  };
  return { server, runUntil };
}

function isReached(limit: Limit, requests: number, sent: number, place: number): boolean {
  if ("requests" in limit) return requests >= limit.requests;
  return "bytes" in limit ? sent >= limit.bytes : place >= limit.place;
}

/** Somewhere in a run: near its beginning as often as later. */
function drawLimit(random: Random): Limit {
  if (random() < 0.5) return { requests: 1 + Math.floor(random() ** 2 * COUNT) };
  return { bytes: Math.floor(random() ** 2 * LARGE_BYTES) };
}

/** All that can be had is right, and nothing lies about. */
async function expectComplete(server: ChaosServer, directory: string): Promise<void> {
  const { right, others } = await lookAtFolder(server, directory);
  const possible = [...server.items()].flatMap(({ index }) =>
    server.plan(index).lasting === undefined ? [index] : [],
  );
  expect([...right.keys()].toSorted((a, b) => a - b)).toEqual(possible);
  expect(others).toEqual(["manifest.ndjson"]);
  const { lines } = await readManifestState(directory);
  for (const [index, hash] of right) {
    expect(lines.get(server.file(index).name)).toMatchObject({ status: "done", sha256: hash });
  }
}
