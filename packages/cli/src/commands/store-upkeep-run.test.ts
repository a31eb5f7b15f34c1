import { mkdir, readFile, rm, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { PassThrough, Readable } from "node:stream";
import { expect, test } from "vitest";
import { filledStore } from "../../../../tests/support/filled-store.ts";
import { temporaryFolder } from "../../../../tests/support/temporary.ts";
import type { Input } from "../context.ts";
import { createFakeContext, type FakeContext } from "../fake-context.test-kit.ts";
import { runProgram } from "../program.ts";

/** Runs a command on a store and gives what it said. */
async function run(
  cwd: string,
  args: readonly string[],
  terminal?: { columns: number },
  stdin: Input | string = "",
): Promise<[number, FakeContext]> {
  const context = createFakeContext({ cwd, stdin, ...(terminal === undefined ? {} : { terminal }) });
  return [await runProgram(["store", ...args], context), context];
}

const onStore = async (directory: string, ...args: string[]): Promise<[number, FakeContext]> =>
  await run(directory, [...args, "--store", directory]);

test("store verify says that a store is whole, or what is damaged, with exit code 1", async () => {
  const store = await filledStore();
  const [whole, first] = await onStore(store.directory, "verify");
  expect([whole, first.stdout.text]).toEqual([0, ""]);
  expect(first.stderr.text).toMatch(/^11 entries, \d+ bodies and .* of .*store checked: nothing is damaged\n$/);
  const { path } = (await store.entries.get("drawing", "11")) ?? { path: "" };
  await truncate(path, 5);
  const [damaged, second] = await onStore(store.directory, "verify");
  expect(damaged).toBe(1);
  expect(second.stdout.text).toMatch(
    /^damage: .* \(5 bytes\): the body has 5 of \d+ bytes\n {2}concerns drawing 11\n {2}pull or import it again, .*--remove-damaged/,
  );
  const [, third] = await onStore(store.directory, "verify", "--json");
  expect(JSON.parse(third.stdout.text).problems).toMatchObject([{ state: "damage", path }]);
  const [mended, fourth] = await onStore(store.directory, "verify", "--remove-damaged");
  // So that a pull may follow.
  expect(mended).toBe(0);
  expect(fourth.stdout.text).toMatch(
    /^removed: .*\n {2}concerns drawing 11\n {2}it is removed: pull or import it again\n$/,
  );
  expect(fourth.stderr.text).toMatch(/: 1 damaged, all removed \(1 entry\): pull or import again what is gone\n$/);
  expect((await onStore(store.directory, "verify"))[0]).toBe(0);
});

test("store verify checks a store whose records cannot be opened, and refuses a folder that is none", async () => {
  const store = await filledStore();
  store.close();
  await writeFile(join(store.directory, "records.db"), "no database at all");
  const [code, context] = await onStore(store.directory, "verify");
  expect(code).toBe(1);
  expect(context.stdout.text).toMatch(/records\.db .*the database of the records is damaged/);
  expect((await onStore(store.directory, "verify", "--remove-damaged"))[0]).toBe(1);
  const [none, other] = await onStore(await temporaryFolder(), "verify");
  expect([none, other.stderr.text]).toEqual([1, expect.stringMatching(/^error: Cannot check ".*": there is no store/)]);
  expect(other.stderr.text).toContain('"brainatlas pull"');
});

test("store verify and stats tell of working files of a pull, which are no problem", async () => {
  const { directory } = await filledStore();
  await mkdir(join(directory, "pulls", "atlas-1"), { recursive: true });
  await writeFile(join(directory, "pulls", "atlas-1", "1.jpg"), "12345");
  const [code, context] = await onStore(directory, "verify", "--json");
  expect([code, JSON.parse(context.stdout.text)]).toMatchObject([
    0,
    { problems: [], leftovers: [{ path: join(directory, "pulls", "atlas-1"), sizeBytes: 5 }] },
  ]);
  const [, text] = await onStore(directory, "verify");
  expect(text.stdout.text).toMatch(/^leftover: .*atlas-1 \(5 bytes\): working files of a pull/);
  expect(text.stderr.text).toMatch(/: nothing is damaged, 1 leftover\n$/);
  const [, stats] = await onStore(directory, "stats");
  expect(stats.stdout.text).toMatch(/^ +pulls +5 bytes of working files of 1 pull that was not finished$/m);
});

test("store verify shows in a terminal how far it is", async () => {
  const { directory } = await filledStore();
  const [, context] = await run(directory, ["verify", "--store", directory], { columns: 80 });
  expect(context.stderr.text).toMatch(/^\r.*checked .* of .*\r/);
});

test("store stats prints kinds, atlases, data sets and models", async () => {
  const { directory } = await filledStore();
  const [code, context] = await onStore(directory, "stats");
  expect(code).toBe(0);
  const text = context.stdout.text.replaceAll(/\d{4}-\d\d-\d\d \d\d:\d\d/g, "TIME");
  expect(text).toMatch(/^KIND +ENTRIES +SIZE +ON DISK +OLDEST \(UTC\) +NEWEST \(UTC\)$/m);
  expect(text).toMatch(/^picture +6 .* TIME +TIME$/m);
  expect(text).toMatch(/^ +1 +Atlas 1 +4 +2 +1 /m);
  expect(text).toMatch(/^ +100 +4 +2 +1 /m);
  expect(text).toMatch(/^AtlasImage +3$/m);
  expect(JSON.parse((await onStore(directory, "stats", "--json"))[1].stdout.text).all.count).toBe(11);
});

test("store export writes a file that store import takes, and replaces none unasked", async () => {
  const { directory } = await filledStore();
  const folder = await temporaryFolder();
  const file = join(folder, "a.tar");
  const [code, context] = await run(folder, ["export", "a.tar", "--store", directory]);
  expect([code, context.stdout.text]).toEqual([0, `${file}\n`]);
  expect(context.stderr.text).toMatch(/^11 entries and all records exported, /);
  const [again, refused] = await run(folder, ["export", "a.tar", "--store", directory]);
  expect([again, refused.stderr.text]).toEqual([
    1,
    expect.stringContaining("there is such a file; give another name, or --force"),
  ]);
  expect((await run(folder, ["export", "a.tar", "--force", "--store", directory]))[0]).toBe(0);
  const [, records] = await run(folder, ["export", "r.tar", "--kind", "records", "--store", directory]);
  expect(records.stderr.text).toMatch(/^all records exported, /);
  const [, both] = await run(folder, ["import", "a.tar", "r.tar", "--store", "both"]);
  expect(both.stdout.text).toMatch(/^AtlasImage +3$/m);
  const [taken, imported] = await run(folder, ["import", "a.tar", "--store", "copy"]);
  expect([taken, imported.stderr.text]).toEqual([0, `1 file imported into ${join(folder, "copy")}\n`]);
  expect(imported.stdout.text).toMatch(/AtlasImage +3/);
  const [, stats] = await run(folder, ["stats", "--json", "--store", "copy"]);
  expect(JSON.parse(stats.stdout.text).all.count).toBe(11);
});

test("store export writes to standard output, but not to a terminal, nor into the store", async () => {
  const { directory } = await filledStore();
  const folder = await temporaryFolder();
  const [, context] = await run(folder, ["export", "-", "--kind", "drawing", "--atlas", "2", "--store", directory]);
  await writeFile(join(folder, "x.tar"), context.stdout.bytes);
  expect((await run(folder, ["import", "x.tar", "--store", "copy"]))[0]).toBe(0);
  expect(context.stderr.text).toMatch(/^1 entry exported, /);
  expect((await run(folder, ["export", "-", "--store", directory], { columns: 80 }))[0]).toBe(2);
  expect((await run(folder, ["export", "-", "--json", "--store", directory]))[0]).toBe(2);
  expect((await run(directory, ["export", "objects/x.tar", "--store", directory]))[0]).toBe(2);
  const [code, missing] = await run(folder, ["export", "none/x.tar", "--store", directory]);
  expect([code, missing.stderr.text]).toEqual([1, expect.stringContaining("its folder does not exist")]);
});

test("store import sums up an export of many entries, unless it is to be verbose", async () => {
  const { directory, entries } = await filledStore();
  const folder = await temporaryFolder();
  for (let id = 100; id < 110; id += 1) {
    await entries.put({ kind: "drawing", name: `${id}`, mediaType: "image/svg+xml" }, `${id}`);
  }
  await run(folder, ["export", "a.tar", "--store", directory]);
  const [, short] = await run(folder, ["import", "a.tar", "--store", "copy"]);
  expect(short.stdout.text).toMatch(/^KIND +ENTRIES +SIZE\npicture +6 .*\ndrawing +13 /);
  const [, long] = await run(folder, ["import", "a.tar", "--store", "copy", "--verbose"]);
  expect(long.stdout.text).toMatch(/^drawing +3 bytes .* 109$/m);
});

test("store list says whose pictures are, what is drawn, and where from, shortened", async () => {
  const { directory, entries } = await filledStore();
  const source = `http://api.brain-map.org/api/v2/${"x".repeat(100)}`;
  await entries.put({ kind: "file", name: "5", mediaType: "text/plain", source, details: { fileName: "5" } }, "five");
  const [, context] = await onStore(directory, "list");
  expect(context.stdout.text).toMatch(/^KIND +SIZE +TYPE +STORED \(UTC\) +IMAGE +NAME +FROM$/m);
  expect(context.stdout.text).toMatch(/^picture +drawn +image\/jpeg .* 11 +\S+annotation.aff +drawing 11$/m);
  expect(context.stdout.text).toMatch(/^picture +[\d.]+ kB .* 11 +\/plates\/11.aff +/m);
  expect(context.stdout.text).toMatch(/ http:\/\/api\.brain-map\S+…x+$/m);
  expect(context.stdout.text).not.toContain(source);
});

test("store import says of an export that is cut off what it has put", async () => {
  const { directory } = await filledStore();
  const folder = await temporaryFolder();
  await run(folder, ["export", "a.tar", "--store", directory]);
  const { length } = await readFile(join(folder, "a.tar"));
  await truncate(join(folder, "a.tar"), length - 3000);
  const [code, context] = await run(folder, ["import", "a.tar", "--store", "copy"]);
  expect(code).toBe(1);
  expect(context.stderr.text).toMatch(
    /^error: Cannot import ".*a.tar": it is cut off.*; \d+ entries and \d+ rows of it are put, and whole$/m,
  );
  expect((await run(folder, ["verify", "--store", "copy"]))[0]).toBe(0);
});

test("store prune says what it removes before it does, and with --dry-run removes nothing", async () => {
  const { directory } = await filledStore();
  const [code, dry] = await onStore(directory, "prune", "--atlas", "1", "--dry-run");
  expect(code).toBe(0);
  expect(dry.stdout.text).toMatch(/drawing .* 11 /);
  expect(dry.stderr.text).toMatch(/^would remove 7 entries, 2 image records: .* of .*, which leaves /);
  const [, wet] = await onStore(directory, "prune", "--atlas", "1");
  expect(wet.stderr.text).toMatch(
    /^removing 7 entries, 2 image records: .*\n7 entries, 2 image records and \d+ files removed, .* free\n$/,
  );
  const [, json] = await onStore(
    directory,
    "prune",
    "--older-than",
    "0d",
    "--kind",
    "grid",
    "--kind",
    "answer",
    "--json",
  );
  expect(JSON.parse(json.stdout.text)).toMatchObject({ removed: { entries: 1 } });
});

test("store prune needs a criterion, and says when a size cannot be reached", async () => {
  const { directory } = await filledStore();
  expect((await onStore(directory, "prune"))[0]).toBe(2);
  const [unreachable, refused] = await onStore(directory, "prune", "--max-size", "1B");
  expect([unreachable, refused.stderr.text]).toEqual([1, expect.stringContaining("its records alone have")]);
  const { recordsBytes } = JSON.parse((await onStore(directory, "stats", "--json"))[1].stdout.text);
  const size = `${recordsBytes + 1}B`;
  expect(
    (await onStore(directory, "prune", "--max-size", size, "--kind", "drawing", "--dry-run"))[1].stderr.text,
  ).toMatch(/\nnote: that is more than /);
  const [code, context] = await onStore(directory, "prune", "--atlas", "9");
  expect([code, context.stderr.text]).toEqual([1, expect.stringContaining("the records tell of no such atlas")]);
  await rm(directory, { recursive: true });
});

test("store prune asks in a terminal before it removes; all but yes means no", async () => {
  const { directory } = await filledStore();
  const typed = (text: string): Input => Object.assign(Readable.from([text].filter(Boolean)), { isTTY: true });
  const prune = async (text: string, ...args: string[]): Promise<FakeContext> => {
    const all = ["prune", "--kind", "drawing", "--store", directory, ...args];
    const [code, context] = await run(directory, all, { columns: 80 }, typed(text));
    expect(code).toBe(0);
    return context;
  };
  for (const text of ["n\n", "\n", "", "yesterday\n"]) {
    const { stderr } = await prune(text);
    expect(stderr.text).toMatch(
      /^would remove 3 entries: .*\nRemove 3 entries \(.*B\)\? \[y\/N\] \n?note: nothing is removed\n$/,
    );
  }
  expect((await prune("y\n", "--dry-run")).stderr.text).not.toContain("?");
  expect((await prune("y\n")).stderr.text).toMatch(/\? \[y\/N\] .*3 entries and 3 files removed, /s);
  // There is nothing left to ask for.
  expect((await prune("")).stderr.text).not.toContain("?");
});

test("store prune does not ask with --yes, and removes nothing when it is interrupted while it asks", async () => {
  const { directory } = await filledStore();
  const stdin: Input = Object.assign(new PassThrough(), { isTTY: true });
  const context = createFakeContext({ cwd: directory, stdin, terminal: {} });
  const args = ["store", "prune", "--kind", "drawing", "--store", directory];
  const write = context.stderr.write.bind(context.stderr);
  context.stderr.write = (chunk) => {
    if (String(chunk).includes("?")) setImmediate(() => context.interrupt("SIGINT"));
    return write(chunk);
  };
  expect(await runProgram(args, context)).toBe(130);
  expect(JSON.parse((await onStore(directory, "info", "--json"))[1].stdout.text).entries.drawing).toBe(3);
  const [code, unasked] = await run(directory, [...args.slice(1), "--yes"], { columns: 80 }, stdin);
  expect([code, unasked.stderr.text]).toEqual([0, expect.not.stringContaining("?")]);
});
