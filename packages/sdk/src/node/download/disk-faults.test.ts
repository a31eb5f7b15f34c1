import { readdir, readFile, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
import { startServer } from "../../../../../tests/support/scripted-server.ts";
import { temporaryFolder } from "../../../../../tests/support/temporary.ts";
import { createFetchWire } from "../wire/fetch-wire.ts";
import { createSocketWire } from "../wire/socket-wire.ts";
import { DISK, type Disk } from "./disk.ts";
import { downloadWith } from "./download-with.ts";
import type { DownloadItem, DownloadSummary, ManifestLine } from "./types.ts";

/** Steps of the disk by their names. */
type Step = keyof Disk;

function failure(code: string): Error {
  return Object.assign(new Error(`${code}: as the test says`), { code, syscall: "test" });
}

/** A disk of which a step fails, from its n-th time on or that time alone. */
function faultyDisk(step: Step, time: number, code: string, isForEver: boolean): Disk {
  let count = 0;
  const act = (...args: unknown[]): unknown => {
    count += 1;
    if (count === time || (isForEver && count > time)) return Promise.reject(failure(code));
    // The arguments are passed on as they came.
    return (DISK[step] as (...all: unknown[]) => unknown)(...args);
  };
  return { ...DISK, [step]: act };
}

/** A disk on which nothing happens any more from a step on, as if the process had been killed there. */
function dyingDisk(steps: number): { readonly disk: Disk; readonly isDead: () => boolean } {
  let left = steps;
  const names = Object.keys(DISK) as Step[];
  const entries = names.map((name) => [
    name,
    (...args: unknown[]): unknown => {
      left -= 1;
      if (left < 0) return Promise.reject(failure("EIO"));
      return (DISK[name] as (...all: unknown[]) => unknown)(...args);
    },
  ]);
  // Each name has its step.
  return { disk: Object.fromEntries(entries) as Disk, isDead: () => left < 0 };
}

const BODIES: ReadonlyMap<string, string> = new Map(
  Array.from({ length: 60 }, (_, index) => [`${index % 3}/${index}.txt`, `${"x".repeat(index)}${index}`]),
);
const ALL: readonly DownloadItem[] = [...BODIES.keys()].map((name) => ({ url: `http://test/${name}`, name }));
const ITEMS: readonly DownloadItem[] = ALL.slice(0, 12);

function run(directory: string, disk: Disk, items: readonly DownloadItem[] = ITEMS): Promise<DownloadSummary> {
  const fetch = (url: string): Promise<Response> => Promise.resolve(new Response(BODIES.get(url.slice(12)) ?? ""));
  const tools = { disk, createWire: () => createFetchWire(fetch) };
  return downloadWith(items, { directory, concurrency: 2, backoffMs: 1 }, tools);
}

/** What is there under a final name has to be right. */
async function checkNothingWrong(directory: string): Promise<void> {
  const names = await readdir(directory, { recursive: true, withFileTypes: true });
  for (const entry of names.filter((each) => each.isFile() && !each.name.startsWith(".brainatlas-"))) {
    if (entry.name === "manifest.ndjson") continue;
    const name = `${basename(entry.parentPath)}/${entry.name}`;
    expect([name, await readFile(join(directory, name), "utf8")]).toEqual([name, BODIES.get(name)]);
  }
}

test("downloadAll() leaves nothing wrong wherever it is killed, and the next run has all of it", async () => {
  let [steps, isDead] = [1, true];
  for (; isDead && steps < 400; steps += steps < 40 ? 1 : 11) {
    const directory = await temporaryFolder();
    const dying = dyingDisk(steps);
    await run(directory, dying.disk).catch(() => {});
    isDead = dying.isDead();
    await checkNothingWrong(directory);
    // The lock of a dead process: this one lives.
    await DISK.remove(join(directory, ".brainatlas-download.lock"));
    const summary = await run(directory, DISK);
    expect(summary.fetched + summary.kept).toBe(ITEMS.length);
    expect(summary.failures).toEqual([]);
    await checkNothingWrong(directory);
  }
  expect(isDead).toBe(false);
});

test.each(["ENOSPC", "EDQUOT", "EROFS"])(
  "downloadAll() stops asking at %s, names the file, and loses nothing",
  async (code) => {
    const directory = await temporaryFolder();
    const summary = await run(directory, faultyDisk("sync", 4, code, true), ALL);
    expect(summary.fetched).toBe(3);
    expect(summary.fetched + summary.failures.length).toBe(ALL.length);
    const first = summary.failures.find(({ error }) => (error as { code?: string }).code === code);
    expect(first?.reason).toContain(`Cannot download "${first?.item.name}" from ${first?.item.url}: `);
    const others = summary.failures.filter(({ attempts }) => attempts === 0);
    expect(others.length).toBeGreaterThan(0);
    for (const { reason } of others) expect(reason).toMatch(/the run ended when "\d\/\d+\.txt" could not be written/);
    await checkNothingWrong(directory);
    const names = await readdir(directory, { recursive: true });
    expect(names.filter((name) => name.includes(".brainatlas-"))).toEqual([]);
    expect(await run(directory, DISK, ALL)).toMatchObject({ kept: 3, fetched: 57, failures: [] });
  },
);

test("downloadAll() reports the one file that cannot be written, and gets the rest", async () => {
  const directory = await temporaryFolder();
  const summary = await run(directory, faultyDisk("rename", 2, "EACCES", false));
  expect(summary).toMatchObject({ fetched: ITEMS.length - 1 });
  expect(summary.failures[0]?.reason).toContain("writing there is not allowed");
  // It was complete, and told of: only its name was wanting.
  expect(await run(directory, DISK)).toMatchObject({ kept: ITEMS.length, fetched: 0 });
});

test.each<Step>(["syncData", "syncFolder"])(
  "downloadAll() rejects when %s failed once, though it goes well at the end",
  async (step) => {
    vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
    onTestFinished(() => {
      vi.useRealTimers();
    });
    const directory = await temporaryFolder();
    const seen = vi.fn();
    let hasFailed = false;
    const disk: Disk = {
      ...DISK,
      [step]: () => {
        seen();
        if (hasFailed) return Promise.resolve();
        hasFailed = true;
        return Promise.reject(failure("EIO"));
      },
    };
    const fetch = async (url: string): Promise<Response> => {
      // The second file waits until what is known of the first has been brought onto the disk, in vain.
      while (url.endsWith("1.txt") && seen.mock.calls.length === 0) {
        vi.advanceTimersByTime(1000);
        await new Promise(setImmediate);
      }
      return new Response(BODIES.get(url.slice(12)) ?? "");
    };
    const options = { directory, concurrency: 2 };
    const done = downloadWith(ITEMS.slice(0, 2), options, { disk, createWire: () => createFetchWire(fetch) });
    await expect(done).rejects.toThrow(`Cannot download to "${directory}": the disk reports a fault`);
    expect(seen.mock.calls.length).toBeGreaterThan(1);
  },
);

test("downloadAll() gets a file all the same when too many files were open for a moment", async () => {
  const directory = await temporaryFolder();
  const body = Buffer.from(Array.from({ length: 700_000 }, (_, index) => index >> 5));
  const { origin, seen } = await startServer((_request, response) => {
    response.setHeader("etag", '"a"');
    response.end(body);
  });
  let times = 0;
  const disk: Disk = {
    ...DISK,
    open: (path, flags) => {
      const isPart = path.endsWith(".part");
      if (isPart) times += 1;
      return isPart && times === 1 ? Promise.reject(failure("EMFILE")) : DISK.open(path, flags);
    },
  };
  const items = [{ url: `${origin}/a`, name: "a" }];
  const options = { directory, backoffMs: 1 };
  expect(await downloadWith(items, options, { disk, createWire: () => createSocketWire() })).toMatchObject({
    fetched: 1,
    failures: [],
  });
  expect((await readFile(join(directory, "a"))).equals(body)).toBe(true);
  expect(seen.map(({ headers }) => headers.range)).toEqual([undefined, undefined]);
});

test("downloadAll() reports a file that stands where a folder has to be", async () => {
  const directory = await temporaryFolder();
  await writeFile(join(directory, "1"), "a file");
  const summary = await run(directory, DISK);
  expect(summary.failures.map(({ item }) => item.name[0])).toEqual(["1", "1", "1", "1"]);
  expect(summary.failures[0]?.reason).toContain("a file has the name of one of its folders");
});

test("downloadAll() names the directory that cannot be made", async () => {
  const parent = await temporaryFolder();
  await writeFile(join(parent, "file"), "");
  const directory = join(parent, "file", "below");
  await expect(run(directory, DISK)).rejects.toThrow(`Cannot download to "${directory}": `);
});

test("downloadAll() syncs each file before it tells of it, and tells of it before it names it", async () => {
  const directory = await temporaryFolder();
  const steps: string[] = [];
  const paths = new Map<number, string>();
  const disk: Disk = {
    ...DISK,
    open: async (path, flags) => {
      const file = await DISK.open(path, flags);
      paths.set(file, basename(path));
      return file;
    },
    write: async (file, bytes, position) => {
      const name = paths.get(file) ?? "";
      if (name === "manifest.ndjson") {
        for (const line of Buffer.from(bytes).toString().trim().split("\n")) {
          const { name: told }: ManifestLine = JSON.parse(line);
          steps.push(`line ${told}`);
        }
      }
      await DISK.write(file, bytes, position);
    },
    sync: async (file) => {
      await DISK.sync(file);
      steps.push(`sync ${paths.get(file)}`);
    },
    rename: async (from, to) => {
      steps.push(`name ${basename(from)} ${basename(join(to, ".."))}/${basename(to)}`);
      await DISK.rename(from, to);
    },
  };
  await run(directory, disk);
  for (const { name } of ITEMS) {
    const named = steps.findIndex((step) => step.startsWith("name ") && step.endsWith(` ${name}`));
    const part = steps[named]?.split(" ")[1];
    const [synced, told] = [steps.indexOf(`sync ${part}`), steps.indexOf(`line ${name}`)];
    expect(synced).toBeGreaterThanOrEqual(0);
    expect(told).toBeGreaterThan(synced);
    expect(named).toBeGreaterThan(told);
  }
});

test("downloadAll() passes over damaged and torn lines of its manifest", async () => {
  const directory = await temporaryFolder();
  await run(directory, DISK);
  const path = join(directory, "manifest.ndjson");
  const lines = (await readFile(path, "utf8")).trimEnd().split("\n");
  lines[3] = "\0\0\0 damaged";
  await writeFile(path, `${lines.slice(0, -1).join("\n")}\n${lines.at(-1)?.slice(0, 40)}`);
  // The two files without a line are anybody's: fetched aside, and adopted since their bytes are equal.
  expect(await run(directory, DISK)).toMatchObject({ kept: 10, fetched: 2, failures: [] });
  expect(await run(directory, DISK)).toMatchObject({ kept: 12, fetched: 0 });
});

test("downloadAll() writes large files on while the disk is slow, and holds the sender back", async () => {
  const directory = await temporaryFolder();
  const body = Buffer.alloc(8 * 1024 * 1024, 5);
  const { origin } = await startServer((_request, response) => response.end(body));
  let [open, most]: [number, number] = [0, 0];
  const disk: Disk = {
    ...DISK,
    write: async (file, bytes, position) => {
      if (bytes.length > 1000) {
        open += 1;
        most = Math.max(most, open);
        await new Promise(setImmediate);
        open -= 1;
      }
      await DISK.write(file, bytes, position);
    },
  };
  const summary = await downloadWith(
    [{ url: `${origin}/a`, name: "a" }],
    { directory },
    { disk, createWire: () => createSocketWire() },
  );
  expect(summary.completeBytes).toBe(body.length);
  expect(most).toBe(1);
  expect((await readFile(join(directory, "a"))).equals(body)).toBe(true);
});
