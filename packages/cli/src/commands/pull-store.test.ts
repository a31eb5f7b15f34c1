import { chmod, readdir, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createMirror, openStore, SAMPLE_BASE_URL } from "@brainatlas/mirror";
import { beforeEach, describe, expect, test } from "vitest";
import type { FakeContext } from "../fake-context.test-kit.ts";
import { runProgram } from "../program.ts";
import { DOWNSAMPLE, eventsOf, mirror, newPullSide, PLATES, type PullSide } from "./pull.test-kit.ts";

let side: PullSide;
beforeEach(async () => {
  side = await newPullSide();
});

describe("pull --store", () => {
  test("fills a store that answers pictures, drawings and rows without its source", async () => {
    const context = side.contextOf();
    expect(await side.pullList(context, "--store", "s")).toBe(0);
    expect(await side.pull(side.contextOf(), "svg", "100883869", "--store", "s")).toBe(0);
    expect(await readdir(join(side.cwd, "s/pulls"))).toEqual([]);
    const store = await openStore(join(side.cwd, "s"));
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
    for (const args of pulls) expect(await side.pull(side.contextOf(), ...args, "--store", "s")).toBe(0);
    const store = await openStore(join(side.cwd, "s"));
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
    side.forget();
    for (const args of pulls) {
      const context = side.contextOf();
      expect(await side.pull(context, ...args, "--store", "s")).toBe(0);
      if (args[0] !== "rma") expect(context.stdout.text).toContain("1 held already");
    }
    expect(side.asked.filter((each) => !each.startsWith("/api/v2/data/"))).toEqual([]);
  });

  test("leaves out what the store holds, unless it is to be refreshed, and goes on after a failure", async () => {
    const broken = (url: URL): Response | undefined =>
      url.search.includes("downsample=6") && url.pathname.startsWith("/cgi-bin")
        ? new Response("gone", { status: 404 })
        : undefined;
    const failing = side.contextOf({ fetch: side.service(broken) });
    expect(await side.pullList(failing, "--store", "s")).toBe(1);
    expect(failing.stderr.text).toContain('/6-0-0.jpg"');
    side.forget();
    const second = side.contextOf();
    expect(await side.pullList(second, "--store", "s")).toBe(0);
    const tiersAsked = side.picturesAsked().map((each) => /downsample=(\d)/.exec(each)?.[1]);
    expect(new Set(tiersAsked)).toEqual(new Set(["6"]));
    side.forget();
    const third = side.contextOf();
    expect(await side.pullList(third, "--store", "s")).toBe(0);
    expect(side.picturesAsked()).toEqual([]);
    expect(third.stdout.text).toContain("files   6 held already (2 pictures)");
    expect(await side.pullList(side.contextOf(), "--store", "s", "--refresh")).toBe(0);
    expect(side.picturesAsked()).toHaveLength(6);
  });

  test("fetches again what is damaged in the store at the same length, unless lengths are enough", async () => {
    const pulls = [
      ["--images-list", "list.txt", ...DOWNSAMPLE],
      ["svg", "100883869"],
      ["file", "491459173"],
    ];
    for (const args of pulls) expect(await side.pull(side.contextOf(), ...args, "--store", "s")).toBe(0);
    const store = await openStore(join(side.cwd, "s"));
    const bodies: string[] = [];
    for await (const { kind, name } of store.entries.list()) {
      bodies.push((await store.entries.get(kind, name))?.path ?? "");
    }
    const before = await Promise.all(bodies.map((path) => readFile(path)));
    for (const [index, path] of bodies.entries()) {
      const bytes = Buffer.from(before[index] ?? "");
      bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1;
      await chmod(path, 0o644);
      await writeFile(path, bytes);
    }
    side.forget();
    for (const args of pulls) {
      const context = side.contextOf();
      expect(await side.pull(context, ...args, "--store", "s", "--verify", "size")).toBe(0);
      expect(context.stdout.text).toContain("held already");
    }
    expect(side.picturesAsked()).toEqual([]);
    for (const args of pulls) {
      const context = side.contextOf();
      expect(await side.pull(context, ...args, "--store", "s")).toBe(0);
      expect(context.stderr.text).toContain("note: damaged in the store, and fetched again: ");
      expect(context.stdout.text).not.toContain("held already");
    }
    expect(await Promise.all(bodies.map((path) => readFile(path)))).toEqual(before);
    store.close();
  });

  test("fetches a picture anew of which a part was damaged, and names that part", async () => {
    const damaged = async (url: URL): Promise<Response | undefined> => {
      if (!/900000101.*downsample=6/.test(url.search)) return undefined;
      const body = Buffer.from(await (await mirror.fetch(url.href)).arrayBuffer());
      // Its end is there, and something before it is not.
      const third = Math.floor(body.length / 3);
      const cut = Buffer.concat([body.subarray(0, body.length - third), body.subarray(-20)]);
      return new Response(cut, { headers: { "content-type": "image/jpeg" } });
    };
    const failing = side.contextOf({ fetch: side.service(damaged) });
    expect(await side.pullList(failing, "--store", "s", "--json")).toBe(1);
    const failures = eventsOf(failing).filter(({ event }) => event === "failure");
    expect(failures.map(({ name }) => name).sort()).toEqual(
      [5, 6].map((tier) => `plates/0154_900000101/${tier}-0-0.jpg`),
    );
    expect(failures.find(({ name }) => String(name).includes("6-0-0"))?.reason).toMatch(
      /^Cannot import "plates\/0154_900000101\/6-0-0\.jpg" from http\S+: it is no whole picture/,
    );
    expect(eventsOf(failing).at(-1)).toMatchObject({ event: "end", status: "failed", fetched: 4, failed: 2 });
    side.forget();
    expect(await side.pullList(side.contextOf(), "--store", "s")).toBe(0);
    expect(side.picturesAsked()).toHaveLength(2);
  });

  test("refreshes with nothing of an earlier pull", async () => {
    const broken = (url: URL): Response | undefined =>
      url.search.includes("downsample=6") ? new Response("gone", { status: 404 }) : undefined;
    expect(await side.pullList(side.contextOf({ fetch: side.service(broken) }), "--store", "s")).toBe(1);
    side.forget();
    expect(await side.pullList(side.contextOf(), "--store", "s", "--refresh")).toBe(0);
    expect(side.picturesAsked()).toHaveLength(6);
  });

  test("leaves working files of what was given up, which store prune --pulls removes", async () => {
    const broken = (url: URL): Response | undefined =>
      url.search.includes("downsample=6") ? new Response("gone", { status: 404 }) : undefined;
    expect(await side.pullList(side.contextOf({ fetch: side.service(broken) }), "--store", "s")).toBe(1);
    const prune = async (...args: string[]): Promise<FakeContext> => {
      const context = side.contextOf();
      expect(await runProgram(["store", "prune", "--pulls", "--store", "s", ...args], context)).toBe(0);
      return context;
    };
    expect((await prune("--dry-run")).stdout.text).toMatch(/^.*\/s\/pulls\/images-[0-9a-f-]+\n$/);
    expect((await prune()).stderr.text).toBe("working files of 1 pull removed\n");
    expect(await readdir(join(side.cwd, "s/pulls"))).toEqual([]);
    expect(JSON.parse((await prune("--json")).stdout.text)).toEqual({ pulls: [], dryRun: false });
    const refused = side.contextOf();
    expect(await runProgram(["store", "prune", "--pulls", "--atlas", "1", "--store", "s"], refused)).toBe(2);
  });

  test("says that what is held keeps its quality", async () => {
    expect(await side.pullList(side.contextOf(), "--store", "s")).toBe(0);
    const context = side.contextOf();
    expect(await side.pullList(context, "--store", "s", "--quality", "50")).toBe(0);
    expect(context.stderr.text).toContain("note: --quality is not heeded of what is held: 2 pictures stay as they are");
  });

  test("goes on with the same list under another name, and apart from another list of the same name", async () => {
    const broken = (url: URL): Response | undefined =>
      url.search.includes("downsample=6") ? new Response("gone", { status: 404 }) : undefined;
    const failing = (): FakeContext => side.contextOf({ fetch: side.service(broken) });
    expect(await side.pullList(failing(), "--store", "s")).toBe(1);
    await rename(join(side.cwd, "list.txt"), join(side.cwd, "other.txt"));
    await writeFile(join(side.cwd, "list.txt"), String(PLATES[0]));
    expect(await side.pullList(failing(), "--store", "s")).toBe(1);
    expect(await readdir(join(side.cwd, "s/pulls"))).toHaveLength(2);
    side.forget();
    const again = ["--images-list", "other.txt", ...DOWNSAMPLE, "--store", "s"];
    expect(await side.pull(side.contextOf(), ...again)).toBe(0);
    expect(side.picturesAsked()).toHaveLength(2);
  });

  test("goes on after an interruption: what was put is not fetched again, and neither is what was complete", async () => {
    const context = side.contextOf();
    const stdout = Object.assign(Object.create(context.stdout) as FakeContext["stdout"], {
      write(text: string): boolean {
        if (text.includes('"event":"file"')) context.interrupt("SIGINT");
        return true;
      },
    });
    const args = ["--store", "s", "--concurrency", "1", "--json"];
    expect(await side.pullList({ ...context, stdout }, ...args)).toBe(130);
    expect(context.stderr.text).toContain("hint: run the same command again to go on");
    const before = side.picturesAsked();
    side.forget();
    expect(await side.pullList(side.contextOf(), "--store", "s")).toBe(0);
    // Those under way when it ended are asked for again, the others are not.
    expect(side.picturesAsked().length).toBeLessThan(6);
    expect(new Set([...before, ...side.picturesAsked()]).size).toBe(6);
    expect(await readdir(join(side.cwd, "s/pulls"))).toEqual([]);
  });

  test("takes different pulls into one store at once", async () => {
    const all = [
      side.pullList(side.contextOf(), "--store", "s"),
      side.pull(side.contextOf(), "file", "491459173", "--store", "s"),
    ];
    expect(await Promise.all(all)).toEqual([0, 0]);
    const store = await openStore(join(side.cwd, "s"));
    expect(await store.info()).toMatchObject({ entries: { picture: 2, file: 1 }, records: { WellKnownFile: 1 } });
    store.close();
  });

  test("keeps synthetic content out of a store of other data, before anything is fetched", async () => {
    await writeFile(join(side.cwd, "notes.txt"), "one");
    const imported = ["store", "import", "notes.txt", "--file", "9", "--store", "s"];
    expect(await runProgram(imported, side.contextOf())).toBe(0);
    const context = side.contextOf();
    expect(await side.pullList(context, "--store", "s")).toBe(1);
    expect(context.stderr.text).toContain("it holds real data, and what comes is synthetic; give another --store");
    expect(side.picturesAsked()).toEqual([]);
  });
});
