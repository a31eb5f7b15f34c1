import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { temporaryFolder } from "../../../../../tests/support/temporary.ts";
import { downloadAll } from "./download-all.ts";
import { verifyDownloads } from "./verify-downloads.ts";
import type { VerifiedFile } from "./verify-types.ts";

/** A directory with the downloads a, b/c, d and e, and x, which failed. */
async function filledFolder(): Promise<string> {
  const directory = await temporaryFolder();
  const fetch = (url: string): Promise<Response> =>
    Promise.resolve(url.endsWith("/x") ? new Response("", { status: 404 }) : new Response(`this is ${url}`));
  const items = ["a", "b/c", "d", "e", "x"].map((name) => ({ url: `http://test/${name}`, name }));
  await downloadAll(items, { directory, fetch });
  return directory;
}

test("verifyDownloads() finds all files right, and asks nobody", async () => {
  const directory = await filledFolder();
  vi.stubGlobal("fetch", () => Promise.reject(new Error("asked")));
  expect(await verifyDownloads(directory)).toEqual({
    ok: 4,
    okBytes: 3 * 21 + 23,
    faults: [],
    failed: 1,
    damagedLines: 0,
    unfinished: [],
    foreign: [],
  });
});

test("verifyDownloads() tells missing files from damaged ones, and says what is wrong", async () => {
  const directory = await filledFolder();
  await rm(join(directory, "a"));
  await writeFile(join(directory, "b/c"), "short");
  await writeFile(join(directory, "d"), "this is http://test/D");
  const all: VerifiedFile[] = [];
  const { ok, faults, failed } = await verifyDownloads(directory, { onFile: (file) => all.push(file) });
  expect([ok, failed]).toEqual([1, 1]);
  const words = Object.fromEntries(faults.map(({ name, status, reason }) => [name, `${status}: ${reason}`]));
  expect(words.a).toBe("missing: it is not there; run the download again");
  expect(words["b/c"]).toBe("damaged: it has 5 bytes instead of 23");
  expect(words.d).toMatch(/^damaged: its SHA-256 is [0-9a-f]{64} instead of [0-9a-f]{64}$/);
  expect(all.map(({ name, status }) => `${name} ${status}`).sort()).toEqual([
    "a missing",
    "b/c damaged",
    "d damaged",
    "e ok",
    "x failed",
  ]);
});

test("verifyDownloads() lists what else is there, when it is asked to", async () => {
  const directory = await filledFolder();
  await mkdir(join(directory, "b/deep"));
  await writeFile(join(directory, "b/deep/mine"), "");
  await writeFile(join(directory, "x"), "");
  await writeFile(join(directory, "b/.brainatlas-12.part"), "");
  const summary = await verifyDownloads(directory, { others: true });
  expect(summary).toMatchObject({ ok: 4, unfinished: ["b/.brainatlas-12.part"], foreign: ["b/deep/mine", "x"] });
});

test("verifyDownloads() goes by the last line that is done", async () => {
  const directory = await filledFolder();
  const path = join(directory, "manifest.ndjson");
  const lines = (await readFile(path, "utf8")).trimEnd().split("\n");
  const line = JSON.parse(lines.find((each) => each.includes('"a"')) ?? "");
  const older = { ...line, bytes: 1, sha256: "0".repeat(64) };
  const failed = { name: "a", url: "http://test/other", status: "failed", attempts: 1 };
  const all = [JSON.stringify(older), "damaged", ...lines, JSON.stringify(failed), '{"torn":'];
  await writeFile(path, all.join("\n"));
  expect(await verifyDownloads(directory)).toMatchObject({ ok: 4, faults: [], damagedLines: 2 });
});

test("verifyDownloads() does not follow names that lead elsewhere", async () => {
  const directory = await filledFolder();
  const line = { name: "../secret", url: "http://test/s", status: "done", bytes: 0, sha256: "0".repeat(64) };
  await writeFile(join(directory, "manifest.ndjson"), `${JSON.stringify(line)}\n`);
  const { faults } = await verifyDownloads(directory);
  expect(faults[0]?.reason).toContain("leads elsewhere");
});

test("verifyDownloads() says where there is no manifest, and ends on an abort", async () => {
  const directory = await temporaryFolder();
  await expect(verifyDownloads(directory)).rejects.toThrow(`Cannot verify "${directory}": it has no manifest.ndjson`);
  await expect(verifyDownloads("")).rejects.toThrow(TypeError);
  const misspelt = { other: true } as never;
  await expect(verifyDownloads("x", misspelt)).rejects.toThrow('Cannot use option "other"; give "others"');
  const filled = await filledFolder();
  const reason = new Error("enough");
  await expect(verifyDownloads(filled, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
  const controller = new AbortController();
  const onFile = (): void => controller.abort(reason);
  await expect(verifyDownloads(filled, { signal: controller.signal, onFile })).rejects.toBe(reason);
});
