// Files through a server to which everything happens: at the end each is right or reported, and none is wrong or lost.
import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { type DownloadOptions, type DownloadSummary, downloadAll } from "@brainatlas/sdk/node";
import { describe, expect, onTestFinished, test } from "vitest";
import { lookAtFolder, readManifestState } from "../support/chaos-check.ts";
import { LASTING_FAULTS, PASSING_FAULTS, RANGE_FAULTS } from "../support/chaos-faults.ts";
import { type ChaosItem, type ChaosServer, startChaosServer } from "../support/chaos-server.ts";
import { temporaryFolder } from "../support/temporary.ts";

const IS_LONG = process.env.BRAINATLAS_LONG === "1";
const SEEDS = IS_LONG ? [1, 2, 3, 4] : [1];
type WireName = "own connections" | "a given fetch";
/** Files through each. */
const WIRES: readonly [WireName, number][] = [
  ["own connections", IS_LONG ? 2000 : 300],
  ["a given fetch", IS_LONG ? 2000 : 120],
];
/** So many files see every fault. */
const ALL_FAULTS_COUNT = 300;
const ALL_FAULTS = [...PASSING_FAULTS, ...RANGE_FAULTS, ...LASTING_FAULTS];
/** What a run of any length may keep beyond what one of a tenth keeps. */
const MAX_GROWTH_BYTES = 24_000_000;

/** What the faults cost of time: little, so that there may be many. */
const QUICK: Partial<DownloadOptions> = {
  retries: 8,
  timeoutMs: 150,
  backoffMs: 2,
  maxBackoffMs: 2000,
  concurrency: 16,
};

describe.each(SEEDS.flatMap((seed) => WIRES.map((wire) => [seed, ...wire] as const)))(
  "seed %d, %s",
  (seed, wire, count) => {
    test(`downloadAll() has each of ${count} files right, or says why not`, async () => {
      const { server, directory, run } = await prepare(seed, wire, count);
      const memory = watchMemory(count);
      const summary = await run(memory.onFile);

      const { right, wrong, others } = await lookAtFolder(server, directory);
      const lost = indices(server).filter((index) => server.plan(index).lasting === undefined && !right.has(index));
      expect({ wrong, lost: describeLost(server, lost, summary) }).toEqual({ wrong: [], lost: [] });
      expect(others).toEqual(["manifest.ndjson"]);
      expectReported(server, summary);
      await expectManifest(server, directory, right);
      if (count >= ALL_FAULTS_COUNT) expect(ALL_FAULTS.filter((fault) => !server.faults.has(fault))).toEqual([]);
      expect(resumedStarts(server).length).toBeGreaterThan(0);
      if (IS_LONG) expect(memory.growthBytes()).toBeLessThan(MAX_GROWTH_BYTES);
    });

    test("downloadAll() asks again for what is missing or damaged, and for nothing else", async () => {
      const { server, directory, run } = await prepare(seed, wire, 120);
      server.calm();
      const first = await run();
      expect([first.fetched, first.failures]).toEqual([120, []]);
      const before = server.records.length;
      const second = await run();
      expect([second.fetched, second.kept, second.failures, server.records.length]).toEqual([0, 120, [], before]);

      const [missing, damaged, cut] = [4, 17, 30] as const;
      await rm(join(directory, server.file(missing).name));
      await writeFile(join(directory, server.file(damaged).name), "nothing of it");
      await writeFile(join(directory, server.file(cut).name), new Uint8Array());
      const third = await run();
      expect([third.fetched, third.kept, third.failures]).toEqual([3, 117, []]);
      const asked = server.records.slice(before).map(({ index }) => index);
      expect(asked.toSorted((a, b) => a - b)).toEqual([missing, damaged, cut]);
      const { right, wrong } = await lookAtFolder(server, directory);
      expect([right.size, wrong]).toEqual([120, []]);
    });
  },
);

async function prepare(seed: number, wire: WireName, count: number) {
  const server = await startChaosServer({ seed, count, largeBytes: IS_LONG ? 4_000_000 : 1_500_000 });
  onTestFinished(() => server.stop());
  const directory = await temporaryFolder();
  const run = (onFile?: () => void): Promise<DownloadSummary<ChaosItem>> => {
    const given = wire === "a given fetch" ? { fetch: (url: string, init: RequestInit) => fetch(url, init) } : {};
    return downloadAll(server.items(), { ...QUICK, ...given, directory, ...(onFile && { onFile }) });
  };
  return { server, directory, run };
}

function indices(server: ChaosServer): number[] {
  return Array.from({ length: server.count }, (_, index) => index);
}

/** Says enough of a lost item to find out why. */
function describeLost(server: ChaosServer, lost: readonly number[], { failures }: DownloadSummary<ChaosItem>) {
  return lost.map((index) => {
    const { name, kind, validator, versions } = server.file(index);
    const asked = server.records.filter((record) => record.index === index);
    const reason = failures.find(({ item }) => item.index === index)?.reason;
    return { index, name, kind, validator, versions, plan: server.plan(index), asked, reason };
  });
}

/** Those and only those are reported that nobody could have. */
function expectReported(server: ChaosServer, summary: DownloadSummary<ChaosItem>): void {
  const hopeless = indices(server).filter((index) => server.plan(index).lasting !== undefined);
  const reported = summary.failures.map(({ item }) => item.index);
  expect(reported.toSorted((a, b) => a - b)).toEqual(hopeless);
  expect(summary.failures.filter(({ reason, attempts }) => reason.length < 10 || attempts < 1)).toEqual([]);
  expect([summary.fetched, summary.kept]).toEqual([server.count - hopeless.length, 0]);
}

/** The manifest says of each item what is so. */
async function expectManifest(server: ChaosServer, directory: string, right: ReadonlyMap<number, string>) {
  const { lines, damaged } = await readManifestState(directory);
  expect(damaged).toEqual([]);
  expect(lines.size).toBe(server.count);
  for (const index of indices(server)) {
    const line = lines.get(server.file(index).name);
    const hash = right.get(index);
    expect([index, line?.status, line?.sha256]).toEqual([index, hash === undefined ? "failed" : "done", hash]);
    if (hash === undefined) expect(line?.reason).not.toBe("");
  }
}

/** Where requests began that went on with a file. */
function resumedStarts(server: ChaosServer): number[] {
  return server.records.flatMap(({ start = 0 }) => (start > 0 ? [start] : []));
}

/** Compares what is held after a tenth of the files with what is held at the end. */
function watchMemory(count: number): { onFile: () => void; growthBytes: () => number } {
  let files = 0;
  let early = 0;
  return {
    onFile() {
      files += 1;
      if (IS_LONG && files === Math.floor(count / 10)) early = heldBytes();
    },
    growthBytes: () => heldBytes() - early,
  };
}

function heldBytes(): number {
  setFlagsFromString("--expose-gc");
  const collect: () => void = runInNewContext("gc");
  collect();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}
