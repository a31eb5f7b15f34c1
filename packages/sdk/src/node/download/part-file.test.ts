import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { temporaryFolder } from "../../../../../tests/support/temporary.ts";
import { BUFFER_BYTES, BufferPool } from "./buffers.ts";
import { DISK, type Disk } from "./disk.ts";
import { PartFile, type PartSource } from "./part-file.ts";
import { type PartPaths, partPaths } from "./part-paths.ts";

const ETAG: PartSource = { validator: { etag: '"a"', lastModified: undefined, ifRange: '"a"' }, totalBytes: 1e6 };

/** A part file over a disk that notes its steps, and a pool that counts who has a buffer. */
async function createPart(disk: Partial<Disk> = {}): Promise<{
  part: PartFile;
  paths: PartPaths;
  steps: string[];
  taken: () => number;
}> {
  const paths = partPaths(await temporaryFolder(), "a");
  const steps: string[] = [];
  const noted = Object.entries({ ...DISK, ...disk }).map(([step, act]) => [
    step,
    (...args: unknown[]): unknown => {
      steps.push(step);
      // The arguments are passed on as they came.
      return (act as (...all: unknown[]) => unknown)(...args);
    },
  ]);
  const pool = new BufferPool();
  const [take, give] = [vi.spyOn(pool, "take"), vi.spyOn(pool, "give")];
  // Each name has its step.
  const tools = { disk: Object.fromEntries(noted) as Disk, pool, onBytes: () => {} };
  const part = new PartFile(paths, "a", "http://test/a", tools);
  return { part, paths, steps, taken: () => take.mock.calls.length - give.mock.calls.length };
}

test("PartFile rests without memory or an open file, and goes on", async () => {
  const { part, paths, steps, taken } = await createPart();
  const bytes = Buffer.from(Array.from({ length: BUFFER_BYTES + 5000 }, (_, index) => index >> 3));
  await part.restart(ETAG);
  for (const end of [1000, 2000, bytes.length]) {
    await part.write(bytes.subarray(part.receivedBytes, end));
    await part.rest();
    expect([part.receivedBytes, taken()]).toEqual([end, 0]);
    expect(steps.filter((step) => step === "open").length).toBe(steps.filter((step) => step === "close").length);
  }
  part.goOn(ETAG);
  await part.write(Buffer.from("end"));
  await part.flush();
  expect((await readFile(paths.part)).equals(Buffer.concat([bytes, Buffer.from("end")]))).toBe(true);
  await part.remove();
});

test("PartFile gives up at rest what nothing can be added to, and leaves nothing of it behind a shorter one", async () => {
  const { part, paths, taken } = await createPart();
  await part.restart(ETAG);
  await part.write(Buffer.alloc(BUFFER_BYTES * 2, 1));
  await part.rest();
  await part.restart({ validator: { etag: undefined, lastModified: undefined, ifRange: undefined }, totalBytes: 9 });
  await part.write(Buffer.from("half"));
  await part.rest();
  expect([part.receivedBytes, taken()]).toEqual([0, 0]);
  await part.write(Buffer.from("whole"));
  await part.flush();
  expect(await readFile(paths.part, "utf8")).toBe("whole");
  await part.remove();
});

test("PartFile begins anew after a fault of the disk", async () => {
  let isFaulty = true;
  const open = (path: string, flags: string): Promise<number> =>
    isFaulty ? Promise.reject(Object.assign(new Error("EMFILE"), { code: "EMFILE" })) : DISK.open(path, flags);
  const { part, paths, taken } = await createPart({ open });
  for (const size of [1000, BUFFER_BYTES, BUFFER_BYTES + 1000]) {
    isFaulty = true;
    await part.restart(ETAG);
    await part.write(Buffer.alloc(size, 1))?.catch(() => {});
    await part.rest();
    expect([part.receivedBytes, taken()]).toEqual([0, 0]);
    isFaulty = false;
    await part.write(Buffer.from("whole"));
    await part.flush();
    await part.close();
    expect(await readFile(paths.part, "utf8")).toBe("whole");
  }
  await part.remove();
});

test("PartFile opens and writes a file once that fits into a buffer", async () => {
  const { part, steps } = await createPart();
  await part.restart(ETAG);
  for (let piece = 0; piece < 10; piece += 1) await part.write(Buffer.alloc(20_000, piece));
  expect(steps).toEqual([]);
  await part.flush();
  await part.close();
  expect(steps).toEqual(["open", "write", "close"]);
  await DISK.remove(join(part.paths.part));
});
