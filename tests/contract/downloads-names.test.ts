// Names that lead elsewhere, that others have, or that no system takes: an error that names the file, and nothing lost.
import { mkdir, readdir, readFile, symlink, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { type DownloadItem, type DownloadSummary, downloadAll } from "@brainatlas/sdk/node";
import { describe, expect, test } from "vitest";
import { listFiles } from "../support/chaos-check.ts";
import { startFaultServer, text } from "../support/fault-server.ts";
import { temporaryFolder } from "../support/temporary.ts";

const BAD_NAMES = [
  "..",
  ".",
  "../beside.txt",
  "a/../../beside.txt",
  "a/./b.txt",
  "/absolute.txt",
  "//host/share.txt",
  "C:\\windows.txt",
  "C:drive.txt",
  "stream.txt:hidden",
  "back\\slash.txt",
  "..\\beside.txt",
  `${"long".repeat(75)}.txt`,
  `${"ü".repeat(130)}.txt`,
  "CON",
  "nul.txt",
  "folder/LPT1.csv",
  "empty//part.txt",
  "folder/",
  "dot./plate.txt",
  "blank .txt ",
  "zero\0byte.txt",
  "line\nbreak.txt",
  "half \ud800 character.txt",
  "manifest.ndjson",
  "Manifest.NDJSON",
  ".brainatlas-download.lock",
  ".brainatlas-0.part",
  "",
];
const NO_ITEMS = [null, undefined, 7, "text", {}, { url: 1, name: 2 }, { url: "http://127.0.0.1/", name: ["a"] }];
const CONTENT = "what is right";

describe("downloadAll() with names", () => {
  test("that lead elsewhere or are none: each is reported, the rest is had", async () => {
    const { run, directory } = await prepare();
    const { failures, fetched } = await run(["first.txt", ...BAD_NAMES, "folder/last.txt"]);
    expect(fetched).toBe(2);
    expect(failures.map(({ item }) => item.name).toSorted()).toEqual(BAD_NAMES.toSorted());
    for (const { item, reason, attempts } of failures) {
      expect([item.name, reason.length > 20, attempts]).toEqual([item.name, true, 0]);
    }
    expect(await readdir(dirname(directory))).toEqual(["target"]);
    expect(await listFiles(directory)).toEqual(["first.txt", "folder/last.txt", "manifest.ndjson"]);
  });

  test("of 255 bytes a part, and deep, are taken", async () => {
    const { run, directory } = await prepare();
    const names = [
      `${"n".repeat(251)}.txt`,
      `${"deep/".repeat(60)}plate.txt`,
      "№ 7, ünïcode, 100 %.txt",
      "~$#&'`{}.txt",
    ];
    const { failures } = await run(names);
    expect(failures).toEqual([]);
    expect(await listFiles(directory)).toEqual([...names, "manifest.ndjson"].toSorted());
  });

  test("of which two are one on some systems: the second is reported, the first stays", async () => {
    const { run, directory } = await prepare();
    const { failures, fetched } = await run([
      "Plate.txt",
      ["plate.txt", "/other"],
      "caf\u00e9.txt",
      ["cafe\u0301.txt", "/other"],
    ]);
    expect(fetched).toBe(2);
    expect(failures.map(({ item }) => item.name)).toEqual(["plate.txt", "cafe\u0301.txt"]);
    expect(await readFile(join(directory, "Plate.txt"), "utf8")).toBe(CONTENT);
  });

  test("of which one is a folder of the other: one is had, the other reported", async () => {
    const { run } = await prepare();
    const { failures, fetched } = await run(["plates", "plates/1.txt", "drawings/1.txt", "drawings"]);
    expect([fetched, failures.length]).toEqual([2, 2]);
  });

  test("that come twice are one file", async () => {
    const { run, server, directory } = await prepare();
    await run(["plate.txt", "plate.txt"]);
    expect(server.paths).toEqual(["/right"]);
    expect(await readFile(join(directory, "plate.txt"), "utf8")).toBe(CONTENT);
  });

  test("that others have: theirs stay as they are", async () => {
    const { run, directory } = await prepare();
    const outside = join(dirname(directory), "outside.txt");
    await mkdir(join(directory, "folder.txt"), { recursive: true });
    await writeFile(join(directory, "theirs.txt"), "mine for years");
    await writeFile(join(directory, "same.txt"), CONTENT);
    await writeFile(outside, "mine as well");
    await symlink(outside, join(directory, "link.txt"));
    await symlink(join(directory, "nowhere"), join(directory, "dangling.txt"));
    const names = [
      "theirs.txt",
      "same.txt",
      "folder.txt",
      "link.txt",
      "dangling.txt",
      "theirs.txt/below.txt",
      "free.txt",
    ];
    const { failures } = await run(names);
    const failed = failures.map(({ item }) => item.name);
    expect(failed.toSorted()).toEqual(names.filter((name) => !["same.txt", "free.txt"].includes(name)).toSorted());
    for (const { item, reason } of failures) expect(reason).toContain(item.name);
    expect(await readFile(join(directory, "theirs.txt"), "utf8")).toBe("mine for years");
    expect(await readFile(outside, "utf8")).toBe("mine as well");
    expect((await readdir(directory)).filter((name) => name.startsWith(".brainatlas"))).toEqual([]);
  });

  test("that are no names, of items that are none", async () => {
    const { directory, server } = await prepare();
    const right = { url: `${server.origin}/right`, name: "right.txt" };
    // What is read from a file may be anything.
    const items = [...NO_ITEMS, right] as DownloadItem[];
    const { failures, fetched } = await downloadAll(items, { directory });
    expect([failures.length, fetched]).toEqual([NO_ITEMS.length, 1]);
  });
});

/** A folder that is not there yet, and a run of names into it. */
async function prepare() {
  const server = await startFaultServer({ "/right": text(200, CONTENT), "/other": text(200, "another") });
  const directory = join(await temporaryFolder(), "target");
  const run = (names: readonly (string | [name: string, path: string])[]): Promise<DownloadSummary> => {
    const items = names.map((each) => {
      const [name, path] = typeof each === "string" ? [each, "/right"] : each;
      return { url: server.origin + path, name };
    });
    return downloadAll(items, { directory, retries: 1, backoffMs: 1 });
  };
  return { server, directory, run };
}
