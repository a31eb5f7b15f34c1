// Hundreds of clients that send or read as slowly as they can, as slowhttptest plays them: the others are answered as ever. Long, and of
// time by its nature: only in the long run.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { importFile, openStore } from "@brainatlas/mirror";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ensureBuilt } from "../../scripts/lib/setup.mjs";
import { type MirrorProgram, startMirrorProgram } from "../support/mirror-program.ts";
import { writeIn } from "../support/pictures.ts";
import { openFolder } from "../support/temporary.ts";
import { makeTexture } from "../support/textured-picture.ts";

const IS_LONG = process.env.BRAINATLAS_LONG === "1";
const PROGRAM = (process.env.PATH ?? "")
  .split(delimiter)
  .map((folder) => join(folder, "slowhttptest"))
  .find((path) => existsSync(path));
const PLATE = "/external/brainatlas/1/1.aff";
const CONNECTIONS = "400";
const SECONDS = "40";
/** Within this time the others are answered. */
const LIMIT_MS = 1000;
const STEP_MS = 200;

/** Modes, with what they slow down. */
const MODES: readonly [string, string[], string][] = [
  ["headers", ["-H", "-i", "5"], "/"],
  ["bodies", ["-B", "-i", "5", "-s", "8192"], "/api/v2/data/query.json"],
  ["reading of regions", ["-X", "-w", "10", "-y", "20", "-n", "3", "-z", "16", "-k", "2"], region(2000)],
  [
    "reading of whole pictures",
    ["-X", "-w", "10", "-y", "20", "-n", "3", "-z", "16"],
    `/cgi-bin/imageservice?path=${PLATE}`,
  ],
];

const why =
  PROGRAM === undefined ? " (skipped: slowhttptest is not installed)" : IS_LONG ? "" : " (only in the long run)";

describe.runIf(PROGRAM !== undefined && IS_LONG)(`hundreds of slow clients${why}`, () => {
  const folder = openFolder();
  let program: MirrorProgram;

  beforeAll(async () => {
    await ensureBuilt();
    const directory = join(folder.path, "store");
    const store = await openStore(directory, { create: true });
    const picture = await sharp(await makeTexture(1500, 1200))
      .resize(6000, 4800)
      .jpeg()
      .toBuffer();
    await importFile(store, await writeIn(folder.path, "1.jpg", picture));
    store.close();
    program = await startMirrorProgram(["--store", directory]);
  }, 300_000);

  afterAll(async () => {
    await program?.stop();
  });

  test.each(MODES)(
    "slow %s hold up nobody",
    async (_, mode, target) => {
      const args = [...mode, "-c", CONNECTIONS, "-r", "100", "-l", SECONDS, "-p", "3", "-u", program.origin + target];
      const attack = spawn(PROGRAM ?? "", args, { stdio: "ignore" });
      const ended = once(attack, "close");
      const slowest: { ms: number; target: string } = { ms: 0, target: "" };
      for (let turn = 0; attack.exitCode === null; turn += 1) {
        // A stored tile, and a region that has to be made.
        const asked = turn % 2 === 0 ? "/iiif/3/1/256,512,256,256/256,256/0/default.jpg" : region(300, turn % 3000);
        const start = performance.now();
        const response = await fetch(program.origin + asked, { signal: AbortSignal.timeout(60_000) });
        expect([asked, response.status]).toEqual([asked, 200]);
        await response.arrayBuffer();
        const ms = performance.now() - start;
        if (ms > slowest.ms) Object.assign(slowest, { ms, target: asked });
        await wait(STEP_MS);
      }
      await ended;
      expect(slowest.ms < LIMIT_MS ? "in time" : slowest).toBe("in time");
      expect(program.memoryMb() ?? 0).toBeLessThan(500);
    },
    300_000,
  );
});

function region(edge: number, left = 8): string {
  return `/cgi-bin/imageservice?path=${PLATE}&left=${left}&top=9&width=${edge}&height=${edge}`;
}
