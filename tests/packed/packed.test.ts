// What is published: the packages as they come out of `npm pack`, installed into empty folders and loaded by every runtime.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createMirror, type Listening, listen, sampleStore } from "@brainatlas/mirror";
import { SAMPLE_STRUCTURES } from "@brainatlas/mirror/sample";
import { build } from "esbuild";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { launchChromium } from "../../scripts/lib/chromium.mjs";
import { ensureBuilt, ensureRuntimes, PACKAGES, ROOT } from "../../scripts/lib/setup.mjs";
import { decodeRgb } from "../support/pictures.ts";
import { runWell } from "../support/run.ts";

const RUNTIMES = join(ROOT, "tests", "runtimes", "node_modules");

let folder: string;
/** All packages, installed. */
let all: string;
/** The SDK alone. */
let alone: string;
let mirror: Listening;

beforeAll(async () => {
  await ensureBuilt();
  await ensureRuntimes();
  mirror = await listen(createMirror({ store: sampleStore() }));
  folder = await mkdtemp(join(tmpdir(), "brainatlas-packed-"));
  const tarballs: Record<string, string> = {};
  for (const name of PACKAGES) {
    const args = ["pack", "--json", "--pack-destination", folder];
    const printed = JSON.parse(await runWell("npm", args, { cwd: join(ROOT, "packages", name) }));
    // npm prints a list, and from version 11 on an object by name.
    const [packed] = Object.values<{ filename: string }>(printed);
    tarballs[name] = join(folder, packed?.filename ?? "");
  }
  all = await install("all", Object.values(tarballs));
  alone = await install("alone", [tarballs.sdk ?? ""]);
}, 300_000);

afterAll(async () => {
  await mirror?.close();
  await rm(folder, { recursive: true, force: true });
});

async function install(name: string, tarballs: readonly string[]): Promise<string> {
  const target = join(folder, name);
  await mkdir(target);
  await writeFile(join(target, "package.json"), JSON.stringify({ name, private: true }));
  await runWell("npm", ["install", "--prefer-offline", "--no-audit", "--no-fund", ...tarballs], { cwd: target });
  return target;
}

/**
 * Rows of queries in each way: by pages, as CSV, as a tree, by POST for a query too long for a URL, and of a service; then what is at one
 * place by the drawing and by the volume, a packed grid, a surface and a neuron.
 */
const QUERIES = `
  const visual = await allen.rows(rma("Structure").where("acronym", "li", "VIS*").include("parent_structure").orderBy("id")).all();
  const long = rma("Structure").where("id", "in", Array.from({ length: 500 }, (_, index) => index + 1));
  let lines = 0;
  for await (const row of allen.csv(rma("Structure").where("graph_id", "eq", 1))) lines += row.acronym === "" ? 0 : 1;
  const rows = {
    visual: visual.map((row) => [row.acronym, row.parent_structure.acronym]),
    long: (await allen.rows(long).all()).length,
    csv: lines,
    tree: (await allen.structureTree(1)).byAcronym("VISp").id,
    nearest: (await allen.rows(mouseConnectivityInjectionCoordinate({ seedPoint: [6900, 5050, 6450] })).first())["structure-abbrev"],
    drawn: (await allen.drawing(100960224, { downsample: 2 })).structureAt(8000, 2500),
  };
  const { x, y, z } = await allen.sync.imageToReference(100960224, { x: 8000, y: 2500 });
  rows.label = (await allen.volumes.annotation({ resolutionUm: 100 })).labelAt([x, y, z]);
  rows.grid = (await allen.volumes.expressionGrid(69289763)).volumes.get("energy").size;
  rows.surface = (await allen.volumes.structureMesh(382)).triangles.length > 300;
  rows.neuron = (await allen.files.reconstruction(491459173)).measures().bifurcations;
`;
const ROWS = {
  visual: [
    ["VISp", "VIS"],
    ["VISl", "VIS"],
    ["VISpm", "VIS"],
    ["VIS", "Isocortex"],
    ["VISC", "Isocortex"],
  ],
  long: SAMPLE_STRUCTURES.filter(({ id }) => id <= 500).length,
  csv: SAMPLE_STRUCTURES.length,
  tree: 385,
  nearest: "LHA",
  drawn: 382,
  label: 382,
  grid: [67, 41, 58],
  surface: true,
  neuron: 28,
};

/** The main jobs as a program; prints what came. */
const JOB = `
  const allen = new BrainAtlas({ baseUrl: "BASE" });
  const response = await allen.atlasImage(100883869, { downsample: 4, annotation: true }).download();
  const { width, height } = await response.pixels();
  const error = await allen.atlasImage(-1).download().catch((caught) => caught);
  ${QUERIES}
  console.log(JSON.stringify({
    history: response.history.map((hop) => hop.status), url: response.url, width, height, bytes: response.bytes().length,
    error: [error instanceof HttpError, error.code, error.status], rows,
  }));
`;
const IMPORT = `import { BrainAtlas, HttpError } from "@brainatlas/sdk"; import { rma } from "@brainatlas/sdk/rma"; import { mouseConnectivityInjectionCoordinate } from "@brainatlas/sdk/services";`;

async function runJob(command: string, args: readonly string[], file: string, source: string): Promise<void> {
  await writeFile(join(all, file), source.replace("BASE", mirror.url));
  const printed = JSON.parse(await runWell(command, [...args, file], { cwd: all }));
  expect(printed).toEqual({
    history: [302],
    url: `${mirror.url}/cgi-bin/imageservice?mime=1&path=/external/0350/prod34/0205081399/0205081399_devmouse_rendered.aff&left=3008&top=30592&width=969&height=489&downsample=4`,
    width: 969,
    height: 489,
    bytes: expect.any(Number),
    error: [true, "ATLAS_HTTP", 404],
    rows: ROWS,
  });
}

describe("the packed SDK does the main jobs", () => {
  test("in Node, by import", () => runJob(process.execPath, [], "job.mjs", IMPORT + JOB));

  test("in Node, by require", () =>
    runJob(
      process.execPath,
      ["--no-warnings"],
      "job.cjs",
      `const { BrainAtlas, HttpError } = require("@brainatlas/sdk"); const { rma } = require("@brainatlas/sdk/rma"); const { mouseConnectivityInjectionCoordinate } = require("@brainatlas/sdk/services"); (async () => {${JOB}})();`,
    ));

  test("in Deno", () =>
    runJob(join(RUNTIMES, ".bin", "deno"), ["run", "--quiet", "--allow-all"], "job.mjs", IMPORT + JOB));

  test("in Bun", () => runJob(join(RUNTIMES, ".bin", "bun"), ["run"], "job.mjs", IMPORT + JOB));
});

test("the packed SDK installs alone, and says what it lacks for pixels", async () => {
  const installed = (await readdir(join(alone, "node_modules"))).filter((name) => !name.startsWith("."));
  expect(installed).toEqual(["@brainatlas"]);
  await writeFile(
    join(alone, "job.mjs"),
    `import { BrainAtlas } from "@brainatlas/sdk"; import { writeFileWhole } from "@brainatlas/sdk/node"; import { tierSize } from "@brainatlas/sdk/image";
     const plate = new BrainAtlas({ baseUrl: "${mirror.url}" }).atlasImage(100883869, { downsample: 6 });
     await plate.save("plate.jpg");
     const error = await plate.pixels().catch((caught) => caught);
     console.log(JSON.stringify([error.code, error.message, typeof writeFileWhole, tierSize(9, 1)]));`,
  );
  const [code, message, kind, size] = JSON.parse(await runWell(process.execPath, ["job.mjs"], { cwd: alone }));
  expect([code, kind, size]).toEqual(["ATLAS_UNSUPPORTED", "function", 4]);
  expect(message).toContain('run "npm install sharp"');
  expect((await readFile(join(alone, "plate.jpg"))).subarray(0, 2)).toEqual(Buffer.from([0xff, 0xd8]));
});

test("the packed program runs by its name", async () => {
  const program = join(all, "node_modules", ".bin", "brainatlas");
  const { version } = JSON.parse(await readFile(join(ROOT, "packages", "cli", "package.json"), "utf8"));
  expect((await runWell(program, ["--version"])).trim()).toBe(version);
  await runWell(program, [
    "image",
    "100883869",
    "--downsample",
    "5",
    "--api",
    "sample",
    "--out",
    join(folder, "cli.jpg"),
  ]);
  expect(await decodeRgb(await readFile(join(folder, "cli.jpg")))).toMatchObject({ width: 484, height: 244 });
});

test("the packed program serves the packed viewer", async () => {
  const program = join(all, "node_modules", "brainatlas", "dist", "main.js");
  const child = spawn(process.execPath, [program, "view", "100960224", "--sample", "--no-open"], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const closed = once(child, "close");
  try {
    const [printed] = (await Promise.race([once(child.stdout, "data"), closed])) as [Buffer];
    const address = String(printed).trim();
    expect(address).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/view\/#plate=100960224$/);
    const page = await fetch(address);
    const [, script = ""] = /<script[^>]* src="([^"]+)"/.exec(await page.text()) ?? [];
    const { status, headers } = await fetch(new URL(script, address));
    expect([page.status, status, headers.get("content-type")]).toEqual([200, 200, "text/javascript; charset=utf-8"]);
  } finally {
    child.kill("SIGTERM");
    await closed;
  }
});

test("the packed packages hold what belongs in them, and nothing else", async () => {
  for (const name of ["@brainatlas/sdk", "@brainatlas/mirror", "@brainatlas/viewer", "brainatlas"]) {
    const files = await readdir(join(all, "node_modules", name), { recursive: true });
    expect(files.filter((file) => /\.test\.|tsbuildinfo|node_modules/.test(file))).toEqual([]);
    expect(files).toEqual(expect.arrayContaining(["package.json", "README.md", "LICENSE"]));
  }
});

describe("the packed types", () => {
  const PROGRAM = `
    import { BrainAtlas, isAtlasError, type AtlasImage, type Pixels } from "@brainatlas/sdk";
    import { regionOf } from "@brainatlas/sdk/image";
    import { structures } from "@brainatlas/sdk/queries";
    import { rma } from "@brainatlas/sdk/rma";
    export async function names(allen: BrainAtlas): Promise<(string | null)[]> {
      const found: (string | null)[] = [];
      for await (const set of allen.rows(rma("SectionDataSet").include("genes"))) for (const { acronym } of set.genes) found.push(acronym);
      // @ts-expect-error the rows have no such column
      (await allen.rows(structures.byAcronym("VISp")).first())?.acronyms;
      return found;
    }
    const plate: AtlasImage = new BrainAtlas().atlasImage(1, { downsample: 4 });
    const n: number | undefined = plate.with({ quality: 5 }).quality;
    // @ts-expect-error view is none of the atlas service's parameters
    new BrainAtlas().atlasImage(1, { view: "expression" });
    export async function main(): Promise<Pixels | number> {
      try { return await plate.pixels(); }
      catch (error) { return isAtlasError(error, "ATLAS_HTTP") ? error.status : n ?? regionOf.length; }
    }`;

  test.each([
    ["the newest TypeScript", join(ROOT, "node_modules", "typescript", "bin", "tsc"), "nodenext", "es2023"],
    [
      "the newest TypeScript, as a bundler resolves",
      join(ROOT, "node_modules", "typescript", "bin", "tsc"),
      "bundler",
      "es2023,dom",
    ],
    ["the oldest TypeScript supported", join(RUNTIMES, "typescript-oldest", "bin", "tsc"), "nodenext", "es2023,dom"],
  ])("compile with %s", async (_, tsc, resolution, lib) => {
    await writeFile(join(alone, "types.mts"), PROGRAM);
    const module = resolution === "nodenext" ? "nodenext" : "esnext";
    const types = lib.includes("dom") ? [] : ["--types", "node", "--typeRoots", join(ROOT, "node_modules", "@types")];
    const args = [
      "--noEmit",
      "--strict",
      "--module",
      module,
      "--moduleResolution",
      resolution,
      "--target",
      "es2022",
      "--lib",
      lib,
    ];
    await runWell(process.execPath, [tsc, ...args, ...types, "types.mts"], { cwd: alone });
  });
});

type Sdk = typeof import("@brainatlas/sdk");
type Bundle = Sdk & { ask(allen: InstanceType<Sdk["BrainAtlas"]>): Promise<unknown> };

test("the packed SDK bundles for a browser and does the main job in one, from another origin", async () => {
  const { outputFiles, metafile } = await build({
    stdin: {
      contents: `export * from "@brainatlas/sdk"; import { rma } from "@brainatlas/sdk/rma"; import { mouseConnectivityInjectionCoordinate } from "@brainatlas/sdk/services"; export async function ask(allen) { ${QUERIES} return rows; }`,
      resolveDir: all,
    },
    bundle: true,
    write: false,
    metafile: true,
    platform: "browser",
    format: "iife",
    globalName: "brainatlas",
  });
  expect(Object.keys(metafile.inputs).filter((path) => /sharp|dist\/node\//.test(path))).toEqual([]);
  const bundle = outputFiles[0]?.text ?? "";
  expect(bundle).not.toMatch(/["']node:/);

  const page = await listen({
    fetch: async () => new Response("<!doctype html><title>page</title>", { headers: { "content-type": "text/html" } }),
  });
  const browser = await launchChromium();
  try {
    const tab = await browser.newPage();
    await tab.goto(page.url);
    await tab.addScriptTag({ content: bundle });
    const seen = await tab.evaluate(async (baseUrl) => {
      const { BrainAtlas, ask } = (globalThis as unknown as { brainatlas: Bundle }).brainatlas;
      const allen = new BrainAtlas({ baseUrl });
      const response = await allen.atlasImage(100883869, { downsample: 4, annotation: true, quality: 95 }).download();
      const { data, width, height } = await response.pixels();
      const at = (height >> 1) * width + (width >> 1);
      const failure = await allen
        .atlasImage(-1)
        .download()
        .catch((error: { code: string; status: number }) => [error.code, error.status]);
      const refused = await response.save("x").catch((error: { code: string }) => error.code);
      return {
        url: response.url,
        history: response.history.length,
        width,
        height,
        centre: [...data.slice(at * 4, at * 4 + 4)],
        failure,
        refused,
        rows: await ask(allen),
      };
    }, mirror.url);
    expect(seen).toMatchObject({
      width: 969,
      height: 489,
      history: 0,
      failure: ["ATLAS_HTTP", 404],
      refused: "ATLAS_UNSUPPORTED",
      rows: ROWS,
    });
    expect(seen.url).toContain("/cgi-bin/imageservice?mime=1");
    const response = await fetch(seen.url);
    const { data, width, height } = await decodeRgb(new Uint8Array(await response.arrayBuffer()));
    const at = ((height >> 1) * width + (width >> 1)) * 3;
    for (const channel of [0, 1, 2])
      expect(Math.abs((data[at + channel] ?? -99) - (seen.centre[channel] ?? 99))).toBeLessThan(4);
  } finally {
    await browser.close();
    await page.close();
  }
});
