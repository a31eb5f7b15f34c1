import { mkdir, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { temporaryFolder } from "../../../../tests/support/temporary.ts";
import { createFakeContext, type FakeContext } from "../fake-context.test-kit.ts";
import { runProgram } from "../program.ts";

const ENTRIES = [
  {
    kind: "picture",
    name: "/external/a.aff",
    mediaType: "image/jpeg",
    sizeBytes: 93_214,
    storedAt: "2026-01-02T03:04:05.678Z",
    source: "7.jpg",
    details: {},
  },
  {
    kind: "drawing",
    name: "7",
    mediaType: "image/svg+xml",
    sizeBytes: 300,
    storedAt: "2026-01-02T03:04:05.678Z",
    source: undefined,
    details: {},
  },
];

/** A context with a mirror package whose store holds {@link ENTRIES}; files that are called bad are refused. */
function storeContext(terminal?: { columns: number }): FakeContext & { imported: unknown[]; closed(): number } {
  const imported: unknown[] = [];
  let closed = 0;
  const parts = {
    isStore: async () => true,
    isExport: async () => false,
    readPictureImages: async () => new Map(),
    openStore: async (directory: string) => ({
      directory,
      async *list(kind?: string) {
        yield* ENTRIES.filter((entry) => kind === undefined || entry.kind === kind);
      },
      close: () => {
        closed += 1;
      },
      info: async () => ({
        directory,
        version: 1,
        entries: { picture: 1, drawing: 1, answer: 0 },
        records: { AtlasImage: 1, Structure: 1327 },
        sizeBytes: 93_514,
      }),
    }),
    importFile: async (_store: unknown, path: string, options: unknown) => {
      imported.push([path, options]);
      if (path.includes("last")) context.interrupt("SIGINT");
      if (path.includes("bad")) throw new Error(`Cannot import "${path}": it is bad; give a good one`);
      return { entries: ENTRIES, models: { AtlasImage: 1 } };
    },
  };
  // Only what the commands take of the package.
  const context = createFakeContext({
    cwd: "/here",
    load: { mirror: async () => parts as never },
    ...(terminal === undefined ? {} : { terminal }),
  });
  return { ...context, imported, closed: () => closed };
}

const TABLE = `KIND          SIZE  TYPE           STORED (UTC)      NAME             FROM
picture    93.2 kB  image/jpeg     2026-01-02 03:04  /external/a.aff  7.jpg
drawing  300 bytes  image/svg+xml  2026-01-02 03:04  7
`;
const MODELS = `
MODEL       ROWS
AtlasImage     1
`;

test("store import puts files and hands on what they do not say", async () => {
  const context = storeContext();
  const args =
    "store import 7.jpg --store s --id 7 --downsample 4 --annotation --resolution 1.047 --model SubImage --image-type Atlas";
  expect(await runProgram(args.split(" "), context)).toBe(0);
  const options = { id: 7, downsample: 4, annotation: true, resolution: 1.047, model: "SubImage", imageType: "Atlas" };
  expect(context.imported).toEqual([["/here/7.jpg", options]]);
  expect(context.stdout.text).toBe(TABLE + MODELS);
  expect(context.closed()).toBe(1);
  expect(context.stderr.text).toBe("1 file imported into /here/s\n");
});

test("store import says what rows are of", async () => {
  const context = storeContext();
  const args = ["store", "import", "u.csv", "--query", "model::StructureUnionize", "--graph", "1"];
  expect(await runProgram(args, context)).toBe(0);
  expect(context.imported).toEqual([["/here/u.csv", { query: "model::StructureUnionize", graph: 1 }]]);
});

test("store import passes over a bad file, and fails in the end", async () => {
  const context = storeContext();
  expect(await runProgram(["store", "import", "bad.jpg", "7.jpg", "--store", "s"], context)).toBe(1);
  expect(context.stdout.text).toBe(TABLE + MODELS);
  expect(context.closed()).toBe(1);
  expect(context.stderr.text).toBe(
    'error: Cannot import "/here/bad.jpg": it is bad; give a good one\n1 file imported into /here/s, 1 not\n',
  );
});

test("store import tells what it did when it is interrupted", async () => {
  const context = storeContext();
  expect(await runProgram(["store", "import", "last.jpg", "7.jpg", "--store", "s"], context)).toBe(130);
  expect(context.imported).toHaveLength(1);
  expect(context.stderr.text).toBe("1 file imported into /here/s\n");
});

test("store import says what it replaces, where that was another", async () => {
  const cwd = await temporaryFolder();
  const imported = async (text: string): Promise<string> => {
    await writeFile(join(cwd, "notes.txt"), text);
    const context = createFakeContext({ cwd });
    expect(await runProgram(["store", "import", "notes.txt", "--file", "9", "--store", "s"], context)).toBe(0);
    return context.stderr.text.replaceAll(cwd, "");
  };
  expect(await imported("one")).toBe("1 file imported into /s\n");
  expect(await imported("one")).toBe("1 file imported into /s\n");
  expect(await imported("two")).toBe("note: replaced what the store held as file 9\n1 file imported into /s\n");
});

test("store import prints JSON", async () => {
  const context = storeContext();
  expect(await runProgram(["store", "import", "bad.jpg", "7.jpg", "--store", "s", "--json"], context)).toBe(1);
  expect(JSON.parse(context.stdout.text)).toEqual({
    directory: "/here/s",
    imported: [
      {
        file: "7.jpg",
        isExport: false,
        entries: ENTRIES.map((entry) => JSON.parse(JSON.stringify(entry))),
        models: { AtlasImage: 1 },
        replaced: [],
      },
    ],
    failed: [{ file: "bad.jpg", error: 'Cannot import "/here/bad.jpg": it is bad; give a good one' }],
  });
});

test("store import makes no store for files that are not there", async () => {
  const cwd = await temporaryFolder();
  await mkdir(join(cwd, "folder"));
  const context = createFakeContext({ cwd });
  const args = ["store", "import", "none.jpg", "folder", "--store", "s"];
  expect(await runProgram(args, context)).toBe(1);
  expect(context.stderr.text.replaceAll(cwd, "")).toBe(
    'error: Cannot import "/none.jpg": there is no such file; check the path\nerror: Cannot import "/folder": it is no file; name the files in it\n',
  );
  const json = createFakeContext({ cwd });
  expect(await runProgram([...args, "--json"], json)).toBe(1);
  expect(JSON.parse(json.stdout.text)).toMatchObject({
    imported: [],
    failed: [{ file: "none.jpg" }, { file: "folder" }],
  });
  expect(await readdir(cwd)).toEqual(["folder"]);

  await writeFile(join(cwd, "notes.txt"), "one");
  const mixed = createFakeContext({ cwd });
  const single = ["store", "import", "none.csv", "notes.txt", "--store", "s"];
  expect(await runProgram(single, mixed)).toBe(1);
  expect(mixed.stderr.text).toContain("0 files imported into");
  expect(await readdir(cwd)).toContain("s");
});

test("store import puts nothing into a synthetic store, and info says that it is one", async () => {
  const cwd = await temporaryFolder();
  await writeFile(join(cwd, "notes.txt"), "one");
  const run = async (...args: string[]): Promise<FakeContext & { code: number }> => {
    const context = createFakeContext({ cwd });
    return { ...context, code: await runProgram([...args, "--store", "s"], context) };
  };
  const { openStore } = await createFakeContext().load.mirror();
  const store = await openStore(join(cwd, "s"), { create: true });
  expect(JSON.parse((await run("store", "info", "--json")).stdout.text)).toMatchObject({ synthetic: false });
  expect((await run("store", "info")).stdout.text).not.toContain("synthetic");
  await store.markSynthetic();
  store.close();

  const refused = await run("store", "import", "notes.txt", "--file", "9");
  expect([refused.code, refused.stdout.text, refused.stderr.text]).toEqual([
    1,
    "",
    `error: Cannot import into the store "${join(cwd, "s")}": it is synthetic, and all in it is said to be; give another --store\n`,
  ]);
  expect((await run("store", "info")).stdout.text).toContain("  synthetic  yes: not data of the Allen Institute\n");
  const json = JSON.parse((await run("store", "info", "--json")).stdout.text);
  expect(json).toMatchObject({ synthetic: true, entries: { file: 0 } });
});

test.each([
  [["--id", "0"], "Cannot use --id 0; give a whole number of 1 or more"],
  [["--id", "7", "b.jpg"], "Cannot use one --id for 2 files; import them one by one"],
  [["--downsample", "17"], "Cannot use --downsample 17; give a whole number from 0 to 16"],
  [["--graph", "one"], 'Cannot use --graph "one"; give a whole number of at most 15 decimal digits, such as 1'],
])("store import refuses %j", async (args, message) => {
  const context = storeContext();
  expect(await runProgram(["store", "import", "a.jpg", ...args], context)).toBe(2);
  expect(context.stderr.text).toBe(`error: ${message}\n`);
  expect(context.imported).toEqual([]);
});

test("store list prints a table, JSON, or that there is nothing", async () => {
  const table = storeContext();
  expect(await runProgram(["store", "list"], table)).toBe(0);
  expect(table.stdout.text).toBe(TABLE);

  const json = storeContext();
  expect(await runProgram(["store", "list", "--kind", "drawing", "--json"], json)).toBe(0);
  expect(JSON.parse(json.stdout.text)).toMatchObject([{ kind: "drawing", name: "7" }]);

  const none = storeContext();
  expect(await runProgram(["store", "list", "--kind", "answer", "--store", "s"], none)).toBe(0);
  expect([none.stdout.text, none.stderr.text]).toEqual(["", "note: the store /here/s holds no answer\n"]);
});

test("store list fits the terminal", async () => {
  const context = storeContext({ columns: 60 });
  expect(await runProgram(["store", "list"], context)).toBe(0);
  expect(context.stdout.text).toBe(
    [
      "KIND          SIZE  TYPE        STOR…(UTC)  NAME       FROM",
      "picture    93.2 kB  image/jpeg  2026-01-0…  /externa…  7.jpg",
      "drawing  300 bytes  image/svg…  2026-01-0…  7",
      "",
    ].join("\n"),
  );
});

test("store info prints facts or JSON", async () => {
  const facts = storeContext();
  expect(await runProgram(["store", "info", "--store", "s"], facts)).toBe(0);
  expect(facts.stdout.text).toBe(
    [
      "/here/s",
      "  version   1",
      "  pictures  1",
      "  drawings  1",
      "  answers   0",
      "  size      93.5 kB",
      "  rows      1,328",
      "",
      "MODEL        ROWS",
      "AtlasImage      1",
      "Structure   1,327",
      "",
    ].join("\n"),
  );
  const json = storeContext();
  expect(await runProgram(["store", "info", "--store", "s", "--json"], json)).toBe(0);
  expect(JSON.parse(json.stdout.text)).toMatchObject({ directory: "/here/s", sizeBytes: 93_514 });
});

test("store without a command is wrong usage", async () => {
  const context = storeContext();
  expect(await runProgram(["store"], context)).toBe(2);
  expect(context.stderr.text).toContain("Usage: brainatlas store");
  const typo = storeContext();
  expect(await runProgram(["store", "lsit"], typo)).toBe(2);
  expect(typo.stderr.text).toBe(
    "error: unknown command 'lsit'\n(Did you mean list?)\nhint: \"brainatlas store --help\" says more\n",
  );
});
