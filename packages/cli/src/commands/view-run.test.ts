import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { temporaryFolder } from "../../../../tests/support/temporary.ts";
import { createFakeContext, type FakeContext, type FakeOptions } from "../fake-context.test-kit.ts";
import { runProgram } from "../program.ts";

/** What was made, opened and closed. */
interface Seen {
  readonly mirrors: object[];
  readonly viewers: string[];
  readonly places: object[];
  readonly closed: string[];
}

/** A mirror package that listens nowhere, with a store of so many rows at the default place; without a number there is none. */
function fakeMirror(rows?: number): { load: { mirror(): Promise<never> }; seen: Seen } {
  const seen: Seen = { mirrors: [], viewers: [], places: [], closed: [] };
  const parts = {
    createMirror: (options: object) => {
      seen.mirrors.push(options);
      return { fetch: async () => new Response(), close: async () => void seen.closed.push("mirror") };
    },
    createViewer: (folder: string) => {
      seen.viewers.push(folder);
      return { fetch: async () => new Response() };
    },
    sampleStore: () => ({ name: "sample", close: () => void seen.closed.push("sample") }),
    isStore: async () => rows !== undefined,
    openStore: async (directory: string) => ({
      name: directory,
      info: async () => ({ entries: {}, records: { Structure: rows ?? 0 }, synthetic: false }),
      close: () => void seen.closed.push(directory),
    }),
    listen: async (_: unknown, place: object) => {
      seen.places.push(place);
      return { url: "http://127.0.0.1:4711", close: async () => void seen.closed.push("port") };
    },
  };
  // Only what the command takes of the package.
  return { load: { mirror: async () => parts as never }, seen };
}

/** Runs the command until it has said all, and ends it. */
async function runView(args: readonly string[], options: FakeOptions): Promise<[code: number, context: FakeContext]> {
  const context = createFakeContext(options);
  const code = runProgram(["view", ...args], context);
  let isDone = false;
  code.then(() => {
    isDone = true;
  });
  await vi.waitFor(() => expect(isDone || context.stderr.text.includes("Ctrl-C")).toBe(true), 10_000);
  context.interrupt("SIGINT");
  return [await code, context];
}

const SAMPLE = "the sample atlas, which is synthetic and not data of the Allen Institute";
const STORE = "/home/someone/.local/share/brainatlas/store";

test("view refuses an API at an IPv6 address, which no page can ask", async () => {
  const { load, seen } = fakeMirror();
  const [code, { stdout, stderr }] = await runView(["--no-open", "--api", "http://[::1]:99/"], { load });
  expect([code, stdout.text, seen.viewers]).toEqual([2, "", []]);
  expect(stderr.text).toMatch(/Cannot view http:\/\/\[::1\]:99.*give a name, such as localhost/);
});

test("view opens the page in the browser, prints its address, and ends on Ctrl-C", async () => {
  const { load, seen } = fakeMirror();
  const open = vi.fn(async () => {});
  const options = { load: { ...load, open }, terminal: {}, env: { DISPLAY: ":0" } };
  const [code, context] = await runView(["--sample"], options);
  expect(code).toBe(130);
  expect(context.stdout.text).toBe("http://127.0.0.1:4711/view/\n");
  expect(context.stderr.text).toBe(`note: this shows ${SAMPLE}\nnote: opened in your browser; Ctrl-C ends it\n`);
  expect(open.mock.calls).toEqual([["http://127.0.0.1:4711/view/"]]);
  expect(seen.mirrors).toEqual([expect.objectContaining({ viewer: "/nowhere/viewer" })]);
  expect(seen.places).toEqual([{ port: 0, host: "127.0.0.1" }]);
  expect(seen.closed).toEqual(["port", "mirror", "sample"]);
});

test.each([
  ["a store that holds something", 5, {}, [], `the store ${STORE}: 5 rows`, STORE],
  ["an empty store", 0, {}, [], `${SAMPLE}; the store is empty: "brainatlas pull atlas 1" brings a real one`, "sample"],
  [
    "no store",
    undefined,
    {},
    [],
    `${SAMPLE}; there is no store yet: "brainatlas pull atlas 1" brings a real one`,
    "sample",
  ],
  ["an empty store that is named", 0, {}, ["--store", "/mine"], "the store /mine: empty", "/mine"],
  ["an empty store of the environment", 0, { BRAINATLAS_STORE: "/mine" }, [], "the store /mine: empty", "/mine"],
  ["the sample of the environment", 5, { BRAINATLAS_API: "sample" }, [], SAMPLE, "sample"],
  ["--api sample", 5, {}, ["--api", "sample"], SAMPLE, "sample"],
  ["--sample before the environment", 5, { BRAINATLAS_API: "http://x" }, ["--sample"], SAMPLE, "sample"],
  [
    "--store before the environment",
    5,
    { BRAINATLAS_API: "http://x" },
    ["--store", "/a"],
    "the store /a: 5 rows",
    "/a",
  ],
] as const)("view shows %s", async (_, rows, env, args, title, store) => {
  const { load, seen } = fakeMirror(rows);
  const [code, context] = await runView(args, { load, env });
  expect(code).toBe(130);
  expect(context.stderr.text).toContain(`note: this shows ${title}\n`);
  expect(seen.mirrors).toEqual([expect.objectContaining({ store: expect.objectContaining({ name: store }) })]);
  expect(seen.closed).toContain(store);
});

test.each([
  [["--api", "https://api.brain-map.org/"], {}, "?api=https://api.brain-map.org"],
  [["--api", "http://127.0.0.1:8080/a&b;c/"], {}, "?api=http://127.0.0.1:8080/a%26b%3Bc"],
  [[], { BRAINATLAS_API: "http://lab.test" }, "?api=http://lab.test"],
])("view with %j and %j serves the page alone, and names whom it asks", async (args, env, query) => {
  const { load, seen } = fakeMirror(5);
  const [code, context] = await runView(args, { load, env });
  expect(code).toBe(130);
  expect(context.stdout.text).toBe(`http://127.0.0.1:4711/view/${query}\n`);
  expect(seen).toEqual({ mirrors: [], viewers: ["/nowhere/viewer"], places: [expect.anything()], closed: ["port"] });
});

test.each([
  [["100960224"], "#plate=100960224"],
  [["--atlas", "2"], "#atlas=2"],
  [
    ["100960224", "--atlas", "1", "--structure", "CA1,VISp2/3,382"],
    "#atlas=1&plate=100960224&structure=CA1,VISp2%2F3,382",
  ],
  [["--structure", "a b&c#d"], "#structure=a%20b%26c%23d"],
])("view %j says in the address what is seen first", async (args, hash) => {
  const { load } = fakeMirror();
  const [, context] = await runView(["--sample", ...args], { load });
  expect(context.stdout.text).toBe(`http://127.0.0.1:4711/view/${hash}\n`);
});

test("view takes the port that it is given", async () => {
  const { load, seen } = fakeMirror();
  await runView(["--sample", "--port", "8080", "--no-open"], { load });
  expect(seen.places).toEqual([{ port: 8080, host: "127.0.0.1" }]);
});

test.each([
  [["--sample", "--store", "x"], "Cannot look at several sources at once; give one of --api, --store and --sample"],
  [["--api", "sample", "--sample"], "Cannot look at several sources at once; give one of --api, --store and --sample"],
  [["--port", "65536"], "Cannot use --port 65536; give a whole number from 0 to 65535"],
  [["--atlas", "0"], 'Cannot use --atlas "0"; give a whole number of 1 or more, such as 1'],
  [["CA1"], 'Cannot use plate "CA1"; give a whole number of 1 or more, such as 100960224'],
])("view refuses %j", async (args, message) => {
  const { load, seen } = fakeMirror();
  const [code, context] = await runView(args, { load });
  expect(code).toBe(2);
  expect(context.stderr.text).toBe(`error: ${message}\n`);
  expect(seen.places).toEqual([]);
});

test("view refuses an API that is no URL", async () => {
  const { load } = fakeMirror();
  const [code, context] = await runView(["--api", "127.0.0.1:8080"], { load });
  expect(code).toBe(2);
  expect(context.stderr.text).toContain("hint: did you mean http://127.0.0.1:8080?\n");
});

test("view fails when the viewer is not built", async () => {
  const { load } = fakeMirror();
  const viewer = (): Promise<never> => Promise.reject(new Error("Cannot find the viewer: it is not built"));
  const [code, context] = await runView(["--sample"], { load: { ...load, viewer } });
  expect([code, context.stderr.text]).toEqual([1, "error: Cannot find the viewer: it is not built\n"]);
});

test("view serves page and atlas from one port, and says each request when it is asked to", async () => {
  const folder = join(await temporaryFolder(), "page");
  await mkdir(folder);
  await writeFile(join(folder, "index.html"), "<!doctype html><title>page</title>");
  const context = createFakeContext({ load: { viewer: async () => folder } });
  const code = runProgram(["view", "--sample", "--verbose"], context);
  await vi.waitFor(() => expect(context.stdout.text).not.toBe(""), 10_000);
  const page = await fetch(context.stdout.text.trim());
  expect(await page.text()).toContain("<title>page</title>");
  expect(page.headers.get("content-security-policy")).toContain("default-src 'none'");
  const rows = await fetch(new URL("/api/v2/data/Structure/382.json", context.stdout.text));
  expect(await rows.json()).toMatchObject({ success: true, msg: [{ acronym: "CA1" }] });
  expect(context.stderr.text).toContain("GET /view/ → 200 stored\n");
  context.interrupt("SIGTERM");
  expect(await code).toBe(0);
});
