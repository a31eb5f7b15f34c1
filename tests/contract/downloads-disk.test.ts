// A disk that is full, or that nobody may write to: an error that names the file, and nothing lost.
import { execFile } from "node:child_process";
import { chmod, mkdir } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, onTestFinished, test } from "vitest";
import { lookAtFolder, readManifestState } from "../support/chaos-check.ts";
import { type ChaosServer, startChaosServer } from "../support/chaos-server.ts";
import { makeDownloadProgram, type ProcessOptions, type ProgramOutcome } from "../support/download-program.ts";
import { temporaryFolder } from "../support/temporary.ts";

const COUNT = 30;
const LARGE_INDEX = 5;
const IS_ROOT = process.getuid?.() === 0;
/** Whom nothing belongs to. */
const NOBODY = 65_534;
const run = promisify(execFile);

describe.skipIf(process.platform === "win32")("downloadAll() on a disk", () => {
  test("that takes no long files: these are reported, the others had, and later these too", async () => {
    const { server, directory, download } = await prepare();
    const outcome = await download({ shell: "ulimit -f 300;" });
    expect(outcome?.failed?.length).toBeGreaterThan(0);
    expect(outcome?.failed?.map(({ name }) => name)).toContain(server.file(LARGE_INDEX).name);
    for (const { name, reason } of outcome?.failed ?? []) expect(reason).toContain(name);
    const had = await expectNothingWrong(server, directory);
    expect(had).toBe(COUNT - (outcome?.failed?.length ?? 0));

    const again = await download();
    expect(again).toEqual({ fetched: COUNT - had, kept: had, failed: [] });
    expect(await expectNothingWrong(server, directory)).toBe(COUNT);
  });

  test("that is full: what has its name is whole, and with more room the rest comes", async (context) => {
    const { server, directory, download } = await prepare();
    await mkdir(directory);
    const mount = ["-t", "tmpfs", "-o", "size=1m", "tmpfs", directory];
    const isMounted = await run("mount", mount).then(
      () => true,
      () => false,
    );
    if (!isMounted) return context.skip("this system does not let us make a small disk");
    onTestFinished(async () => void (await run("umount", [directory])));
    const outcome = await download();
    const words = [outcome?.error, ...(outcome?.failed ?? []).map(({ reason }) => reason)].join("\n");
    expect(words).toContain("full");
    expect(words).toMatch(/"0\/[^"]+"/);
    const had = await expectNothingWrong(server, directory);
    expect(had).toBeLessThan(COUNT);

    await run("mount", ["-o", "remount,size=64m", directory]);
    expect(await download()).toEqual({ fetched: COUNT - had, kept: had, failed: [] });
    expect(await expectNothingWrong(server, directory)).toBe(COUNT);
  });

  test("that may not be written to: an error names the folder, and nothing is asked for", async () => {
    const { server, directory, download } = await prepare();
    await mkdir(directory);
    await chmod(directory, 0o555);
    const outcome = await download(asNobody());
    expect(outcome?.error).toContain(directory);
    expect(server.records).toEqual([]);
  });

  test("of which one folder may not be written to: its files are reported, the others had", async () => {
    const { server, directory, download } = await prepare(COUNT * 4);
    await mkdir(join(directory, "1"), { recursive: true });
    await chmod(directory, 0o777);
    await chmod(join(directory, "1"), 0o555);
    const outcome = await download(asNobody());
    const barred = [...server.items()].map(({ name }) => name).filter((name) => name.startsWith("1/"));
    const others = outcome?.failed?.filter(({ name }) => !barred.includes(name));
    expect([others, outcome?.failed?.length]).toEqual([[], barred.length]);
    for (const { reason } of outcome?.failed ?? []) expect(reason).toContain("not allowed");
    expect(await expectNothingWrong(server, directory)).toBe(COUNT * 4 - barred.length);
  });
});

function asNobody(): ProcessOptions {
  return IS_ROOT ? { uid: NOBODY } : {};
}

/** A server of right files, and runs of the program into a folder that is not there yet. */
async function prepare(count = COUNT) {
  const server = await startChaosServer({ seed: 11, count, largeBytes: 2_000_000 });
  onTestFinished(() => server.stop());
  server.calm();
  const folder = await temporaryFolder();
  await chmod(folder, 0o755);
  const program = await makeDownloadProgram(folder);
  const directory = join(folder, "target");
  const download = async (process?: ProcessOptions): Promise<ProgramOutcome | undefined> => {
    const { outcome } = await program.start([...server.items()], { directory, retries: 1, backoffMs: 1 }, process);
    return await outcome;
  };
  return { server, directory, download };
}

/** Each file that has its name is right, and the manifest says so of it; gives how many these are. */
async function expectNothingWrong(server: ChaosServer, directory: string): Promise<number> {
  const { right, wrong } = await lookAtFolder(server, directory);
  expect(wrong).toEqual([]);
  const { lines } = await readManifestState(directory);
  for (const [index, hash] of right) expect(lines.get(server.file(index).name)).toMatchObject({ sha256: hash });
  return right.size;
}
