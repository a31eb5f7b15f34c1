import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, rm, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createMirror, listen, openStore, SAMPLE_BASE_URL, sampleStore } from "@brainatlas/mirror";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { temporaryFolder } from "../../../../tests/support/temporary.ts";
import { createFakeContext, type FakeContext, type FakeOptions } from "../fake-context.test-kit.ts";
import { runProgram } from "../program.ts";

/** Two plates of the sample, small at this tier. */
const PLATES = [100883869, 900000101];
const LIST = `# plates\n${PLATES.join("\n")}\n`;
const DOWNSAMPLE = ["--downsample", "5"];

const mirror = createMirror({ store: sampleStore(), images: { threads: 0 } });

let cwd: string;
let asked: string[];
beforeEach(async () => {
  cwd = await temporaryFolder();
  await writeFile(join(cwd, "list.txt"), LIST);
  asked = [];
});

type Answer = Response | undefined;

/** A service that is the sample; the test may answer otherwise. */
function service(answer?: (url: URL) => Answer | Promise<Answer>): NonNullable<FakeOptions["fetch"]> {
  return async (address, init) => {
    const url = new URL(address);
    asked.push(url.pathname + url.search);
    init.signal?.throwIfAborted();
    return (await answer?.(url)) ?? (await mirror.fetch(address, init));
  };
}

function contextOf(options: FakeOptions = {}): FakeContext {
  return createFakeContext({ cwd, fetch: service(), ...options });
}

const API = ["--api", "http://mirror.test"];
const pull = (context: FakeContext, ...args: string[]): Promise<number> =>
  runProgram(["pull", ...args, ...API], context);
const pullList = (context: FakeContext, ...args: string[]): Promise<number> =>
  pull(context, "--images-list", "list.txt", ...DOWNSAMPLE, ...args);
const picturesAsked = (): string[] => asked.filter((each) => /_download\/|^\/cgi-bin/.test(each));

describe("pull --to", () => {
  test("puts files, their records, a manifest and the terms into a folder that it makes", async () => {
    const context = contextOf();
    expect(await pullList(context, "--to", "new/folder")).toBe(0);
    const names = await readdir(join(cwd, "new/folder"), { recursive: true });
    expect(names.filter((name) => name.startsWith("plates/")).sort()).toEqual([
      "plates/0154_900000101.jpg",
      "plates/0168_100883869.jpg",
    ]);
    expect(names).toEqual(expect.arrayContaining(["ATTRIBUTION.txt", "manifest.ndjson", "records/atlas_images.json"]));
    expect(names.filter((name) => name.includes(".brainatlas"))).toEqual([]);
    const plate = await readFile(join(cwd, "new/folder/plates/0168_100883869.jpg"));
    const direct = await mirror.fetch(`${SAMPLE_BASE_URL}/api/v2/atlas_image_download/100883869?downsample=5`);
    const followed = await mirror.fetch(direct.headers.get("location") ?? "");
    expect(plate.equals(Buffer.from(await followed.arrayBuffer()))).toBe(true);
    const rows = JSON.parse(await readFile(join(cwd, "new/folder/records/atlas_images.json"), "utf8"));
    expect(rows.map(({ id }: { id: number }) => id).sort()).toEqual(PLATES);
    expect(context.stdout.text).toMatch(/^2 pictures of a list\n {2}files {4}2 fetched\n[\s\S]*\/new\/folder\n$/);
    expect(context.stdout.text).toContain("synthetic sample, not data of the Allen Institute");
  });

  test("fetches again what is missing or damaged alone", async () => {
    expect(await pullList(contextOf(), "--to", "f")).toBe(0);
    asked = [];
    const second = contextOf();
    expect(await pullList(second, "--to", "f")).toBe(0);
    expect(picturesAsked()).toEqual([]);
    expect(second.stdout.text).toContain("files    2 there already");
    await truncate(join(cwd, "f/plates/0168_100883869.jpg"), 500);
    expect(await pullList(contextOf(), "--to", "f")).toBe(0);
    expect(picturesAsked().filter((each) => each.startsWith("/api"))).toEqual([
      "/api/v2/atlas_image_download/100883869?downsample=5",
    ]);
  });

  test("goes on after a failure, names it, and fails in the end", async () => {
    const broken = (url: URL): Response | undefined =>
      url.pathname.endsWith("/100883869") ? new Response("gone", { status: 404 }) : undefined;
    const context = contextOf({ fetch: service(broken) });
    expect(await pullList(context, "--to", "f")).toBe(1);
    expect(context.stderr.text).toMatch(/^error: plates\/0168_100883869\.jpg: .*404/m);
    expect(context.stderr.text).toContain("hint: run the same command again to go on");
    expect(context.stdout.text).toContain("files    1 fetched, 1 failed");
    expect(await readdir(join(cwd, "f/plates"))).toEqual(["0154_900000101.jpg"]);
    asked = [];
    expect(await pullList(contextOf(), "--to", "f")).toBe(0);
    expect(picturesAsked().filter((each) => each.startsWith("/api"))).toHaveLength(1);
  });

  test("ends when it is interrupted, says how to go on, and does so", async () => {
    const context: FakeContext = contextOf({
      fetch: service((url) => {
        if (url.pathname.startsWith("/cgi-bin")) context.interrupt("SIGINT");
        return undefined;
      }),
    });
    expect(await pullList(context, "--to", "f", "--concurrency", "1")).toBe(130);
    expect(context.stderr.text).toMatch(
      /note: interrupted: [01] of 2 files are there\nhint: run the same command again/,
    );
    expect(context.stdout.text).toBe("");
    expect(await pullList(contextOf(), "--to", "f")).toBe(0);
    expect(await readdir(join(cwd, "f/plates"))).toHaveLength(2);
  });

  test("keeps synthetic files out of a folder of real ones", async () => {
    await mkdir(join(cwd, "f"));
    await writeFile(join(cwd, "f/ATTRIBUTION.txt"), await realTerms());
    const context = contextOf();
    expect(await pullList(context, "--to", "f")).toBe(1);
    expect(context.stderr.text).toContain("it holds real data (ATTRIBUTION.txt), and what comes is synthetic");
    expect(picturesAsked()).toEqual([]);
  });

  test("refuses a second run into the same folder while the first is at work", async () => {
    let second: Promise<number> | undefined;
    const other = contextOf();
    const first = contextOf({
      fetch: service(async (url) => {
        if (!url.pathname.startsWith("/cgi-bin")) return undefined;
        second ??= pullList(other, "--to", "f");
        await second;
        return undefined;
      }),
    });
    expect(await pullList(first, "--to", "f")).toBe(0);
    expect(await second).toBe(1);
    expect(other.stderr.text).toMatch(new RegExp(`^error: .*${join(cwd, "f")}`, "m"));
  });
});

describe("pull --dry-run", () => {
  test("says what there is, fetches nothing of it, and makes nothing", async () => {
    const context = contextOf();
    expect(await pullList(context, "--dry-run", "--store", "s")).toBe(0);
    expect(context.stdout.text).toMatch(/^2 pictures of a list\n {2}pictures {3}2, from tier 5 on\n/);
    expect(context.stdout.text).toContain("requests   6, one a file");
    expect(context.stdout.text).toContain("synthetic  yes");
    expect(picturesAsked()).toEqual([]);
    expect(await readdir(cwd)).toEqual(["list.txt"]);
  });
});

describe("pull --json", () => {
  test("prints an event a line, and nothing beside them", async () => {
    const context = contextOf({ terminal: {} });
    expect(await pullList(context, "--json", "--to", "f")).toBe(0);
    const events = context.stdout.text
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(events.map(({ event }) => event)).toEqual(["plan", "start", "file", "file", "end"]);
    expect(events[0]).toMatchObject({ pictures: 2, requests: 2, synthetic: true, target: "folder" });
    expect(events.at(-1)).toMatchObject({ status: "done", fetched: 2, kept: 0, failed: 0, directory: join(cwd, "f") });
    expect(context.stderr.text).toBe("");
  });
});

describe("pull --store", () => {
  test("fills a store that answers pictures, drawings and rows without its source", async () => {
    const context = contextOf();
    expect(await pullList(context, "--store", "s")).toBe(0);
    expect(await pull(contextOf(), "svg", "100883869", "--store", "s")).toBe(0);
    expect(await readdir(join(cwd, "s/pulls"))).toEqual([]);
    const store = await openStore(join(cwd, "s"));
    const filled = createMirror({ store, images: { threads: 0 } });
    expect(store.synthetic).toBe(true);
    const bodyOf = async (from: typeof mirror, path: string): Promise<Buffer> => {
      const answer = await from.fetch(SAMPLE_BASE_URL + path);
      const location = answer.headers.get("location");
      const last = location === null ? answer : await from.fetch(location);
      expect([path, last.status]).toEqual([path, 200]);
      return Buffer.from(await last.arrayBuffer());
    };
    for (const path of [
      "/api/v2/svg_download/100883869",
      "/api/v2/svg/100883869?groups=28&downsample=3",
      "/api/v2/data/AtlasImage/query.json?criteria=[id$eq100883869]&include=alternate_images",
    ]) {
      expect((await bodyOf(filled, path)).equals(await bodyOf(mirror, path)), path).toBe(true);
    }
    // Drawn from the drawing; a region of a tier, and a coarser tier, are cut from what was fetched.
    await bodyOf(filled, "/api/v2/atlas_image_download/100883869?downsample=5&annotation=true");
    await bodyOf(filled, "/api/v2/atlas_image_download/100883869?downsample=5&width=100&height=50");
    await bodyOf(filled, "/api/v2/atlas_image_download/900000101?downsample=6&quality=50");
    store.close();
  });

  test("puts files so that they are answered as at their source, and not fetched again", async () => {
    const pulls = [
      ["volume", "annotation", "--resolution", "100"],
      ["grid", "69289763"],
      ["file", "491459173"],
      ["rma", "Organism"],
    ];
    for (const args of pulls) expect(await pull(contextOf(), ...args, "--store", "s")).toBe(0);
    const store = await openStore(join(cwd, "s"));
    const filled = createMirror({ store, images: { threads: 0 } });
    const answerOf = async (from: typeof mirror, path: string): Promise<unknown> => {
      const { status, headers, ...answer } = await from.fetch(SAMPLE_BASE_URL + path).then(async (response) => ({
        status: response.status,
        headers: response.headers,
        body: Buffer.from(await response.arrayBuffer()).toString("hex"),
      }));
      const facts = ["content-type", "content-disposition", "last-modified", "content-length"];
      return { path, status, ...answer, facts: facts.map((name) => headers.get(name)) };
    };
    for (const path of [
      "/informatics-archive/current-release/mouse_ccf/annotation/ccf_2017/annotation_100.nrrd",
      "/grid_data/download/69289763",
      "/api/v2/well_known_file_download/491459173",
      "/api/v2/data/query.json?criteria=model::Organism",
    ]) {
      expect(await answerOf(filled, path)).toEqual(await answerOf(mirror, path));
    }
    // The volume of the zip, in a zip of its own.
    expect(await answerOf(filled, "/grid_data/download/69289763?include=energy")).toMatchObject({ status: 200 });
    store.close();
    asked = [];
    for (const args of pulls) {
      const context = contextOf();
      expect(await pull(context, ...args, "--store", "s")).toBe(0);
      if (args[0] !== "rma") expect(context.stdout.text).toContain("1 held already");
    }
    expect(asked.filter((each) => !each.startsWith("/api/v2/data/"))).toEqual([]);
  });

  test("leaves out what the store holds, unless it is to be refreshed, and goes on after a failure", async () => {
    const broken = (url: URL): Response | undefined =>
      url.search.includes("downsample=6") && url.pathname.startsWith("/cgi-bin")
        ? new Response("gone", { status: 404 })
        : undefined;
    const failing = contextOf({ fetch: service(broken) });
    expect(await pullList(failing, "--store", "s")).toBe(1);
    expect(failing.stderr.text).toContain("/6-0-0.jpg: ");
    asked = [];
    const second = contextOf();
    expect(await pullList(second, "--store", "s")).toBe(0);
    const tiersAsked = picturesAsked().map((each) => /downsample=(\d)/.exec(each)?.[1]);
    expect(new Set(tiersAsked)).toEqual(new Set(["6"]));
    asked = [];
    const third = contextOf();
    expect(await pullList(third, "--store", "s")).toBe(0);
    expect(picturesAsked()).toEqual([]);
    expect(third.stdout.text).toContain("files    2 held already");
    expect(await pullList(contextOf(), "--store", "s", "--refresh")).toBe(0);
    expect(picturesAsked()).toHaveLength(6);
  });

  test("goes on after an interruption: what was put is not fetched again, and neither is what was complete", async () => {
    const context = contextOf();
    const stdout = Object.assign(Object.create(context.stdout) as FakeContext["stdout"], {
      write(text: string): boolean {
        if (text.includes('"event":"file"')) context.interrupt("SIGINT");
        return true;
      },
    });
    const args = ["--store", "s", "--concurrency", "1", "--json"];
    expect(await pullList({ ...context, stdout }, ...args)).toBe(130);
    expect(context.stderr.text).toContain("hint: run the same command again to go on");
    const before = picturesAsked();
    asked = [];
    expect(await pullList(contextOf(), "--store", "s")).toBe(0);
    // Those under way when it ended are asked for again, the others are not.
    expect(picturesAsked().length).toBeLessThan(6);
    expect(new Set([...before, ...picturesAsked()]).size).toBe(6);
    expect(await readdir(join(cwd, "s/pulls"))).toEqual([]);
  });

  test("takes different pulls into one store at once", async () => {
    const all = [pullList(contextOf(), "--store", "s"), pull(contextOf(), "file", "491459173", "--store", "s")];
    expect(await Promise.all(all)).toEqual([0, 0]);
    const store = await openStore(join(cwd, "s"));
    expect(await store.info()).toMatchObject({ entries: { picture: 2, file: 1 }, records: { WellKnownFile: 1 } });
    store.close();
  });

  test("keeps synthetic content out of a store of other data, before anything is fetched", async () => {
    await writeFile(join(cwd, "notes.txt"), "one");
    const imported = ["store", "import", "notes.txt", "--file", "9", "--store", "s"];
    expect(await runProgram(imported, contextOf())).toBe(0);
    const context = contextOf();
    expect(await pullList(context, "--store", "s")).toBe(1);
    expect(context.stderr.text).toContain("it holds real data, and what comes is synthetic; give another --store");
    expect(picturesAsked()).toEqual([]);
  });
});

describe("pull over a port", () => {
  let server: Awaited<ReturnType<typeof listen>>;
  beforeEach(async () => {
    server = await listen(mirror);
  });
  afterEach(() => server.close());

  test("has connections of its own", async () => {
    const context: FakeContext = { ...contextOf(), fetch: undefined };
    const args = ["pull", "--images-list", "list.txt", ...DOWNSAMPLE, "--to", "f", "--api", server.url];
    expect(await runProgram(args, context)).toBe(0);
    expect(await readdir(join(cwd, "f/plates"))).toHaveLength(2);
  });
});

describe("pull verify", () => {
  test("says which files are as they were pulled, without a network", async () => {
    expect(await pullList(contextOf(), "--to", "f")).toBe(0);
    const verify = (context: FakeContext, ...args: string[]) => runProgram(["pull", "verify", "f", ...args], context);
    asked = [];
    const well = contextOf();
    expect(await verify(well)).toBe(0);
    expect(well.stdout.text).toMatch(/^2 files of \S+\/f are as they were pulled, [\d.]+ kB\n$/);
    await truncate(join(cwd, "f/plates/0168_100883869.jpg"), 500);
    await rm(join(cwd, "f/plates/0154_900000101.jpg"));
    await writeFile(join(cwd, "f/notes.txt"), "mine");
    const bad = contextOf();
    expect(await verify(bad)).toBe(1);
    expect(bad.stderr.text).toMatch(/^error: plates\/0168_100883869\.jpg: /m);
    expect(bad.stderr.text).toMatch(/^error: plates\/0154_900000101\.jpg: /m);
    expect(bad.stderr.text).toContain("hint: pull into the folder again");
    const forProgram = contextOf();
    expect(await verify(forProgram, "--json")).toBe(1);
    expect(JSON.parse(forProgram.stdout.text)).toMatchObject({
      ok: 0,
      faults: expect.arrayContaining([expect.objectContaining({ status: "missing" })]),
      foreign: ["notes.txt"],
    });
    expect(asked).toEqual([]);
  });

  test("refuses a folder that nothing was pulled into", async () => {
    const context = contextOf();
    expect(await runProgram(["pull", "verify", "."], context)).toBe(1);
    expect(context.stderr.text).toMatch(/^error: .*manifest/m);
  });
});

describe("pull refuses", () => {
  test.each([
    [[], "Cannot tell what is to be pulled; give it, such as: brainatlas pull atlas 1"],
    [["atlass", "1"], 'Cannot pull "atlass"; give one of atlas, dataset'],
    [
      ["atlas", "1", "--to", "f", "--store", "s"],
      "Cannot pull into a folder and a store at once; give --to or --store",
    ],
    [["atlas", "1", "--to", "f", "--refresh"], "Cannot use --refresh with --to"],
    [["atlas", "1", "--to", "list.txt"], "is no folder; give another place"],
    [["atlas", "1", "--to", "list.txt/below"], "is no folder; give another place"],
    [["atlas", "1", "--store", "."], "the folder holds other files; give an empty one or a new name, or --to"],
    [["atlas", "1", "--downsample", "17"], "Cannot use --downsample 17; give a whole number from 0 to 16"],
    [["atlas", "1", "--quality", "101"], "Cannot use --quality 101; give a whole number from 0 to 100"],
    [["atlas", "1", "--concurrency", "0"], "Cannot use --concurrency 0; give a whole number from 1 to 64"],
    [["atlas", "1", "--pipelining", "17"], "Cannot use --pipelining 17; give a whole number from 1 to 16"],
    [["atlas", "1", "--expression"], "unknown option '--expression'"],
    [["ontology", "1", "--downsample", "2"], "unknown option '--downsample'"],
    [["--downsample", "2", "ontology", "1"], "Cannot use --downsample with ontology; leave it out"],
    [["rma", "Organism", "--refresh"], "unknown option '--refresh'"],
    [["dataset", "x"], 'Cannot use id "x"; give a whole number of 1 or more'],
    [["svg"], "Cannot tell which drawings are meant; give ids or --atlas"],
    [["svg", "5", "--atlas", "1"], "Cannot tell which drawings are meant; give either ids or --atlas"],
    [["volume", "templat"], 'Cannot use volume "templat"; give one of template, annotation'],
    [["--images-list", "list.txt", "atlas", "1"], "Cannot pull a list of images and atlas at once"],
  ])("%j, and asks for nothing", async (args, message) => {
    const context = contextOf();
    expect(await pull(context, ...args)).toBe(2);
    expect(context.stderr.text).toContain(message);
    expect(asked).toEqual([]);
    expect(existsSync(join(cwd, "f"))).toBe(false);
  });

  test("a store as a folder of plain files", async () => {
    await writeFile(join(cwd, "notes.txt"), "one");
    expect(await runProgram(["store", "import", "notes.txt", "--file", "9", "--store", "s"], contextOf())).toBe(0);
    const context = contextOf();
    expect(await pull(context, "atlas", "1", "--to", "s")).toBe(2);
    expect(context.stderr.text).toContain("it is a store; give it as --store, or another folder");
    expect(asked).toEqual([]);
  });

  test("a list that is not there", async () => {
    const context = contextOf();
    expect(await pull(context, "--images-list", "nowhere.txt")).toBe(1);
    expect(context.stderr.text).toContain('Cannot read the list "nowhere.txt": there is no such file; check the path');
  });
});

/** What a folder of real files says. */
async function realTerms(): Promise<string> {
  const { writeTerms } = await import("../pull/terms-file.ts");
  await writeTerms(join(cwd, "real"), false);
  return await readFile(join(cwd, "real/ATTRIBUTION.txt"), "utf8");
}
