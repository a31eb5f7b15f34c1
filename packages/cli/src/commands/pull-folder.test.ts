import { mkdir, readdir, readFile, rm, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { listen, SAMPLE_BASE_URL } from "@brainatlas/mirror";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { FakeContext } from "../fake-context.test-kit.ts";
import { runProgram } from "../program.ts";
import { writeTerms } from "../pull/terms-file.ts";
import { DOWNSAMPLE, mirror, newPullSide, PLATES, type PullSide } from "./pull.test-kit.ts";

let side: PullSide;
beforeEach(async () => {
  side = await newPullSide();
});

describe("pull --to", () => {
  test("puts files, their records, a manifest and the terms into a folder that it makes", async () => {
    const context = side.contextOf();
    expect(await side.pullList(context, "--to", "new/folder")).toBe(0);
    const names = await readdir(join(side.cwd, "new/folder"), { recursive: true });
    expect(names.filter((name) => name.startsWith("plates/")).sort()).toEqual([
      "plates/0154_900000101.jpg",
      "plates/0168_100883869.jpg",
    ]);
    expect(names).toEqual(expect.arrayContaining(["ATTRIBUTION.txt", "manifest.ndjson"]));
    expect(names.filter((name) => name.includes(".brainatlas"))).toEqual([]);
    const plate = await readFile(join(side.cwd, "new/folder/plates/0168_100883869.jpg"));
    const direct = await mirror.fetch(`${SAMPLE_BASE_URL}/api/v2/atlas_image_download/100883869?downsample=5`);
    const followed = await mirror.fetch(direct.headers.get("location") ?? "");
    expect(plate.equals(Buffer.from(await followed.arrayBuffer()))).toBe(true);
    const [records = ""] = await readdir(join(side.cwd, "new/folder/records"));
    expect(records).toMatch(/^images-[0-9a-f]{12}$/);
    const rows = JSON.parse(await readFile(join(side.cwd, "new/folder/records", records, "atlas_images.json"), "utf8"));
    expect(rows.map(({ id }: { id: number }) => id).sort()).toEqual(PLATES);
    expect(context.stdout.text).toMatch(
      /^2 pictures of a list\n {2}files {3}2 fetched \(2 pictures\)\n[\s\S]*\/new\/folder\n$/,
    );
    expect(context.stdout.text).toContain("synthetic sample, not data of the Allen Institute");
  });

  test("takes several pulls into one folder, none of which replaces another's records", async () => {
    const [first = 0, second = 0] = PLATES;
    expect(await side.pull(side.contextOf(), "svg", String(first), "--to", "f")).toBe(0);
    expect(await side.pull(side.contextOf(), "svg", String(second), "--to", "f")).toBe(0);
    for (const id of PLATES) {
      const text = await readFile(join(side.cwd, `f/records/drawings-${id}/atlas_images.json`), "utf8");
      expect(JSON.parse(text)).toMatchObject([{ id }]);
    }
    expect(await runProgram(["pull", "verify", "f"], side.contextOf())).toBe(0);
  });

  test("leaves a file alone that is not a pull's, and fails for it", async () => {
    const [id] = PLATES;
    const path = join(side.cwd, `f/records/drawings-${id}`);
    await mkdir(path, { recursive: true });
    await writeFile(join(path, "atlas_images.csv"), "mine");
    const context = side.contextOf();
    expect(await side.pull(context, "svg", String(id), "--to", "f")).toBe(1);
    expect(context.stderr.text).toMatch(/^error: Cannot download "records\/drawings-\d+\/atlas_images\.csv"/m);
    expect(context.stdout.text).toContain("files   1 fetched, 1 failed (1 drawing)");
    expect(await readFile(join(path, "atlas_images.csv"), "utf8")).toBe("mine");
  });

  test("fetches again what is missing or damaged alone", async () => {
    expect(await side.pullList(side.contextOf(), "--to", "f")).toBe(0);
    side.forget();
    const second = side.contextOf();
    expect(await side.pullList(second, "--to", "f")).toBe(0);
    expect(side.picturesAsked()).toEqual([]);
    expect(second.stdout.text).toContain("files   2 there already (2 pictures)");
    await truncate(join(side.cwd, "f/plates/0168_100883869.jpg"), 500);
    expect(await side.pullList(side.contextOf(), "--to", "f")).toBe(0);
    expect(side.picturesAsked().filter((each) => each.startsWith("/api"))).toEqual([
      "/api/v2/atlas_image_download/100883869?downsample=5",
    ]);
  });

  test("goes on after a failure, names it, and fails in the end", async () => {
    const broken = (url: URL): Response | undefined =>
      url.pathname.endsWith("/100883869") ? new Response("gone", { status: 404 }) : undefined;
    const context = side.contextOf({ fetch: side.service(broken) });
    expect(await side.pullList(context, "--to", "f")).toBe(1);
    expect(context.stderr.text).toMatch(/^error: Cannot download "plates\/0168_100883869\.jpg".*404/m);
    // It is not there, and will not be the next time.
    expect(context.stderr.text).not.toContain("hint:");
    expect(context.stdout.text).toContain("files   1 fetched, 1 failed (2 pictures)");
    expect(await readdir(join(side.cwd, "f/plates"))).toEqual(["0154_900000101.jpg"]);
    side.forget();
    expect(await side.pullList(side.contextOf(), "--to", "f")).toBe(0);
    expect(side.picturesAsked().filter((each) => each.startsWith("/api"))).toHaveLength(1);
  });

  test("ends when it is interrupted, says how to go on, and does so", async () => {
    const context: FakeContext = side.contextOf({
      fetch: side.service((url) => {
        if (url.pathname.startsWith("/cgi-bin")) context.interrupt("SIGINT");
        return undefined;
      }),
    });
    expect(await side.pullList(context, "--to", "f", "--concurrency", "1")).toBe(130);
    expect(context.stderr.text).toMatch(
      /note: interrupted: [01] of 2 files are there\nhint: run the same command again/,
    );
    expect(context.stdout.text).toBe("");
    expect(await side.pullList(side.contextOf(), "--to", "f")).toBe(0);
    expect(await readdir(join(side.cwd, "f/plates"))).toHaveLength(2);
  });

  test("keeps synthetic files out of a folder of real ones", async () => {
    await writeTerms(join(side.cwd, "f"), false);
    const context = side.contextOf();
    expect(await side.pullList(context, "--to", "f")).toBe(1);
    expect(context.stderr.text).toContain("it holds real data (ATTRIBUTION.txt), and what comes is synthetic");
    expect(side.picturesAsked()).toEqual([]);
  });

  test("refuses a second run into the same folder while the first is at work", async () => {
    let second: Promise<number> | undefined;
    const other = side.contextOf();
    const first = side.contextOf({
      fetch: side.service(async (url) => {
        if (!url.pathname.startsWith("/cgi-bin")) return undefined;
        second ??= side.pullList(other, "--to", "f");
        await second;
        return undefined;
      }),
    });
    expect(await side.pullList(first, "--to", "f")).toBe(0);
    expect(await second).toBe(1);
    expect(other.stderr.text).toMatch(new RegExp(`^error: .*${join(side.cwd, "f")}`, "m"));
  });
});

describe("pull --to a folder of another pull", () => {
  const first = PLATES[0] ?? 0;
  const read = (): Promise<Buffer> => readFile(join(side.cwd, `f/plates/0168_${first}.jpg`));

  test("refuses to replace pictures by those of another tier or quality, unless it is told to", async () => {
    expect(await side.pullList(side.contextOf(), "--to", "f")).toBe(0);
    const before = await read();
    side.forget();
    const refused = side.contextOf();
    expect(await side.pull(refused, "--images-list", "list.txt", "--downsample", "6", "--to", "f")).toBe(2);
    expect(refused.stderr.text).toMatch(
      /holds "plates\/\S+" with downsample 5, .*, and what comes is with downsample 6, /,
    );
    expect(refused.stderr.text).toContain("give another folder, or --refresh, which replaces what is there");
    expect(await side.pullList(side.contextOf(), "--to", "f", "--quality", "50")).toBe(2);
    expect(side.picturesAsked()).toEqual([]);
    expect((await read()).equals(before)).toBe(true);
    const args = ["--images-list", "list.txt", "--downsample", "6", "--to", "f", "--refresh"];
    expect(await side.pull(side.contextOf(), ...args)).toBe(0);
    expect((await read()).equals(before)).toBe(false);
    expect(await runProgram(["pull", "verify", "f"], side.contextOf())).toBe(0);
  });

  test("tells what is there already, in a dry run too", async () => {
    expect(await side.pullList(side.contextOf(), "--to", "f")).toBe(0);
    await rm(join(side.cwd, "f/plates/0154_900000101.jpg"));
    const context = side.contextOf();
    expect(await side.pullList(context, "--to", "f", "--dry-run")).toBe(0);
    expect(context.stdout.text).toContain("files      1 to fetch, 1 there already\n");
  });

  test("tells what is made up by the manifest where ATTRIBUTION.txt is gone", async () => {
    expect(await side.pullList(side.contextOf(), "--to", "f")).toBe(0);
    await rm(join(side.cwd, "f/ATTRIBUTION.txt"));
    const real = side.contextOf({
      fetch: async (url, init) => {
        const answer = await side.service()(url, init);
        const headers = new Headers(answer.headers);
        headers.delete("x-brainatlas-atlas");
        return new Response(answer.body, { status: answer.status, headers });
      },
    });
    expect(await side.pullList(real, "--to", "f")).toBe(1);
    expect(real.stderr.text).toContain("it holds synthetic data, as its manifest says, and what comes is real");
  });

  test("is refused at once while another is at work there", async () => {
    let asked: readonly string[] | undefined;
    const other = side.contextOf();
    const context = side.contextOf({
      fetch: side.service(async (url) => {
        if (!url.pathname.startsWith("/cgi-bin") || asked !== undefined) return undefined;
        side.forget();
        asked = [];
        expect(await side.pullList(other, "--to", "f")).toBe(1);
        asked = [...side.asked];
        return undefined;
      }),
    });
    expect(await side.pullList(context, "--to", "f", "--concurrency", "1")).toBe(0);
    expect(other.stderr.text).toContain("is at work there");
    expect(asked).toEqual([]);
  });
});

describe("pull of ids of which some are unknown", () => {
  test("brings the others, names those, and fails in the end", async () => {
    const context = side.contextOf();
    expect(await side.pull(context, "file", "491459173", "7", "--to", "f")).toBe(1);
    expect(context.stderr.text).toMatch(/^error: Cannot find well-known file 7 at http:\/\/mirror\.test$/m);
    expect(context.stdout.text).toContain("files    1 fetched\n");
    expect(context.stdout.text).toContain("unknown  1 id\n");
    expect(await readdir(join(side.cwd, "f/files"))).toHaveLength(1);
    expect(await side.pull(side.contextOf(), "dataset", "7", "8", "--to", "f")).toBe(1);
  });
});

describe("pull volume", () => {
  test("names the resolutions that there are of one that is not there", async () => {
    const fetch = side.service(({ pathname }) => {
      if (!pathname.startsWith("/informatics-archive/")) return undefined;
      return new Response(null, { status: /_(50|100)\.nrrd$/.test(pathname) ? 200 : 404 });
    });
    const context = side.contextOf({ fetch });
    expect(await side.pull(context, "volume", "annotation", "--resolution", "10", "--to", "f")).toBe(1);
    expect(context.stderr.text).toMatch(/^hint: http:\/\/mirror\.test has the annotation with --resolution 50\D+100$/m);
  });
});

describe("pull --dry-run", () => {
  test("says what there is, fetches nothing of it, and makes nothing", async () => {
    const context = side.contextOf();
    expect(await side.pullList(context, "--dry-run", "--store", "s")).toBe(0);
    expect(context.stdout.text).toMatch(/^2 pictures of a list\n {2}pictures {3}2 \(6 files\), from tier 5 on\n/);
    expect(context.stdout.text).toContain("files      6 to fetch");
    expect(context.stdout.text).toContain("synthetic  yes");
    expect(side.picturesAsked()).toEqual([]);
    expect(await readdir(side.cwd)).toEqual(["list.txt"]);
  });
});

describe("pull over a port", () => {
  let server: Awaited<ReturnType<typeof listen>>;
  beforeEach(async () => {
    server = await listen(mirror);
  });
  afterEach(() => server.close());

  test("has connections of its own", async () => {
    const context: FakeContext = { ...side.contextOf(), fetch: undefined };
    const args = ["pull", "--images-list", "list.txt", ...DOWNSAMPLE, "--to", "f", "--api", server.url];
    expect(await runProgram(args, context)).toBe(0);
    expect(await readdir(join(side.cwd, "f/plates"))).toHaveLength(2);
  });
});
