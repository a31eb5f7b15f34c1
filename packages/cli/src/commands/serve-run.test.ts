import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { temporaryFolder } from "../../../../tests/support/temporary.ts";
import { createFakeContext } from "../fake-context.test-kit.ts";
import { runProgram } from "../program.ts";

const SAMPLE = ["serve", "--sample", "--port", "0"];

/** A mirror package that listens nowhere. */
function fakeMirror(changes: object = {}): { load: { mirror(): Promise<never> }; close: ReturnType<typeof vi.fn> } {
  const close = vi.fn(async () => {});
  const parts = {
    createMirror: () => ({ fetch: async () => new Response(), close: async () => {} }),
    sampleStore: () => ({ close: () => {} }),
    isStore: async () => false,
    listen: async () => ({ url: "http://127.0.0.1:4711", port: 4711, close }),
    ...changes,
  };
  // Only what the command takes of the package.
  return { load: { mirror: async () => parts as never }, close };
}

test("serve says what it serves and how to ask, and stops on Ctrl-C with 130", async () => {
  const { load, close } = fakeMirror();
  const context = createFakeContext({ load });
  const code = runProgram(SAMPLE, context);
  await vi.waitFor(() => expect(context.stdout.text).not.toBe(""), 10_000);
  expect(context.stdout.text).toBe(
    [
      "Serving the sample atlas, which is synthetic and not data of the Allen Institute",
      "  url   http://127.0.0.1:4711",
      "  view  http://127.0.0.1:4711/view/",
      '  curl  curl -L -o plate.jpg "http://127.0.0.1:4711/api/v2/atlas_image_download/100883869?downsample=4&annotation=true"',
      "  or    brainatlas image 100883869 --downsample 4 --annotation --api http://127.0.0.1:4711",
      "  stop  Ctrl-C",
      "",
    ].join("\n"),
  );
  expect(close).not.toHaveBeenCalled();
  context.interrupt("SIGINT");
  expect(await code).toBe(130);
  expect(close).toHaveBeenCalledOnce();
  expect(context.stderr.text).toBe("");
});

test.each([{}, { DEBUG: "1" }])("serve says on stderr what failed, with %j", async (env) => {
  let options: { onError?: (error: unknown, request: Request) => void } = {};
  const createMirror = (given: typeof options): object => {
    options = given;
    return { fetch: async () => new Response(), close: async () => {} };
  };
  const context = createFakeContext({ ...fakeMirror({ createMirror }), env });
  const code = runProgram(SAMPLE, context);
  await vi.waitFor(() => expect(context.stdout.text).not.toBe(""), 10_000);
  const cause = new Error("no such file");
  options.onError?.(new Error("Cannot read\u001b[2J", { cause }), new Request("http://x/api/v2/svg/1?groups=28"));
  context.interrupt("SIGTERM");
  await code;
  const [line, stack, ...others] = context.stderr.text.split("\n");
  expect(line).toBe("error: GET /api/v2/svg/1?groups=28: Cannot read\ufffd[2J");
  expect(stack?.startsWith("Error: Cannot read")).toBe("DEBUG" in env);
  expect(others.some((each) => each.includes("caused by Error: no such file"))).toBe("DEBUG" in env);
});

test("serve is done when it is told to stop", async () => {
  const { load, close } = fakeMirror();
  const context = createFakeContext({ load });
  const code = runProgram(SAMPLE, context);
  context.interrupt("SIGTERM");
  expect(await code).toBe(0);
  expect(close).toHaveBeenCalledOnce();
});

/** A store that holds a picture of a section, rows and answers, as far as it is told to. */
function fakeStore(held: {
  picture?: boolean;
  records?: Record<string, number>;
  answer?: boolean;
  entries?: Record<string, string>;
  synthetic?: boolean;
}): object {
  return {
    createMirror: () => ({
      close: async () => {},
      fetch: async (url: string) =>
        Response.json({ success: true, msg: url.includes("/SectionImage/query.json") ? [{ id: 7 }] : [] }),
    }),
    openStore: async () => ({
      info: async () => {
        const others = Object.keys(held.entries ?? {}).map((kind) => [kind, 1]);
        const picture = held.picture ? 2 : 0;
        return {
          entries: { picture, ...Object.fromEntries(others) },
          records: held.records ?? {},
          synthetic: held.synthetic,
        };
      },
      async *list(kind: string) {
        if (kind === "picture" && held.picture) yield { name: "/a", details: { downsample: 5 } };
        const name = held.entries?.[kind];
        if (name !== undefined) yield { name, details: {} };
        if (kind === "answer" && held.answer) yield { name: "/cgi-bin/imageservice?path=/a", details: {} };
      },
      close: () => {},
    }),
  };
}

test.each([
  [
    { picture: true, records: { SectionImage: 1200 } },
    [
      "Serving the store /plates: 1,200 rows, 2 pictures\n",
      'curl -L -o plate.jpg "http://127.0.0.1:4711/api/v2/section_image_download/7?downsample=5"\n',
      "brainatlas image 7 --service section --downsample 5 --api http://127.0.0.1:4711\n",
    ],
  ],
  [
    { records: { Structure: 1 } },
    [
      "Serving the store /plates: 1 row\n",
      'curl "http://127.0.0.1:4711/api/v2/data/Structure/query.json"\n',
      "brainatlas rma Structure --api http://127.0.0.1:4711\n",
    ],
  ],
  [{ answer: true }, ['curl -L -o plate.jpg "http://127.0.0.1:4711/cgi-bin/imageservice?path=/a"\n  stop']],
  [
    { entries: { drawing: "5" } },
    [
      "Serving the store /plates: 1 drawing\n",
      'curl -L -o 5.svg "http://127.0.0.1:4711/api/v2/svg/5"\n',
      "brainatlas svg 5 --api http://127.0.0.1:4711\n",
    ],
  ],
  [
    { entries: { grid: "7-energy,density.zip", file: "9" }, records: { Structure: 1 } },
    [
      "Serving the store /plates: 1 row, 1 grid, 1 well-known file\n",
      'curl -L -o grid.zip "http://127.0.0.1:4711/grid_data/download/7?include=energy,density"\n',
      "brainatlas grid 7 --include energy,density --api http://127.0.0.1:4711\n",
    ],
  ],
  [
    { entries: { grid: "7/injection_density_25.nrrd" } },
    [
      'curl -L -o grid.nrrd "http://127.0.0.1:4711/grid_data/download_file/7?image=injection_density&resolution=25"\n',
      "brainatlas grid 7 --projection injection_density --resolution 25 --api http://127.0.0.1:4711\n",
    ],
  ],
  [
    { entries: { archive: "current-release/a/annotation_25.nrrd" } },
    [
      "Serving the store /plates: 1 file of the archive\n",
      'curl -L -o annotation_25.nrrd "http://127.0.0.1:4711/informatics-archive/current-release/a/annotation_25.nrrd"\n',
    ],
  ],
  [
    { entries: { file: "9" } },
    [
      'curl -L -o file-9 "http://127.0.0.1:4711/api/v2/well_known_file_download/9"\n',
      "brainatlas file 9 --api http://127.0.0.1:4711\n",
    ],
  ],
  [
    { entries: { drawing: "5" }, synthetic: true },
    ["Serving the store /plates: 1 drawing, synthetic and not data of the Allen Institute\n"],
  ],
  [{}, ["Serving the store /plates: empty\n", "  view  http://127.0.0.1:4711/view/\n  stop"]],
])("serve shows a request that a store with %j answers", async (held, texts) => {
  const { load } = fakeMirror(fakeStore(held));
  const context = createFakeContext({ load });
  const code = runProgram(["serve", "--store", "/plates"], context);
  context.interrupt("SIGTERM");
  expect(await code).toBe(0);
  for (const text of texts) expect(context.stdout.text).toContain(text);
});

test("serve says how to get a store when there is none", async () => {
  const context = createFakeContext(fakeMirror());
  expect(await runProgram(["serve"], context)).toBe(2);
  expect(context.stderr.text).toBe(
    'error: Cannot serve without a store: there is none at "/home/someone/.local/share/brainatlas/store"; give --sample, or --store\nhint: "brainatlas pull atlas 1" makes a store, and so does "brainatlas store import FILE"\n',
  );
});

test.each([
  ["EADDRINUSE", "another program has it; give another --port, or --port 0 for any that is free"],
  ["EACCES", "the system does not allow it; give a --port of 1024 or more"],
])("serve explains %s", async (code, reason) => {
  const listen = (): Promise<never> => Promise.reject(Object.assign(new Error("listen failed"), { code }));
  const context = createFakeContext(fakeMirror({ listen }));
  expect(await runProgram(["serve", "--sample"], context)).toBe(1);
  expect(context.stderr.text).toBe(`error: Cannot listen on 127.0.0.1, port 8080: ${reason}\n`);
});

test.each([
  [["--port", "65536"], "Cannot use --port 65536; give a whole number from 0 to 65535"],
  [["--port", "http"], 'Cannot use --port "http"; give a whole number of at most 15 decimal digits, such as 8080'],
  [
    ["--upstream", "http://x"],
    "Cannot use --upstream with --sample: what comes from there is not synthetic; give --store",
  ],
  [["--archive-upstream", "http://x"], "Cannot use --archive-upstream without --upstream; give both"],
  [["--store", "x"], "Cannot serve a store and the sample at once; give --store or --sample"],
])("serve refuses %j", async (args, message) => {
  const context = createFakeContext(fakeMirror());
  expect(await runProgram(["serve", "--sample", ...args], context)).toBe(2);
  expect(context.stderr.text).toBe(`error: ${message}\n`);
});

test("serve hands the viewer's folder on", async () => {
  const folders: unknown[] = [];
  const createMirror = ({ viewer }: { viewer?: string }): object => {
    folders.push(viewer);
    return { fetch: async () => new Response(), close: async () => {} };
  };
  const context = createFakeContext(fakeMirror({ createMirror }));
  const code = runProgram(SAMPLE, context);
  context.interrupt("SIGTERM");
  await code;
  expect(folders).toEqual(["/nowhere/viewer"]);
});

test("serve goes on without the viewer, and says so", async () => {
  const { load } = fakeMirror();
  const viewer = (): Promise<never> => Promise.reject(new Error("Cannot find the viewer: it is not built"));
  const context = createFakeContext({ load: { ...load, viewer } });
  const code = runProgram(SAMPLE, context);
  context.interrupt("SIGTERM");
  expect(await code).toBe(0);
  expect(context.stderr.text).toBe("note: served without the viewer: Cannot find the viewer: it is not built\n");
  expect(context.stdout.text).toContain("  url   http://127.0.0.1:4711\n  curl");
});

test("serve warns when other machines can reach it", async () => {
  const context = createFakeContext(fakeMirror());
  const code = runProgram([...SAMPLE, "--host", "0.0.0.0"], context);
  context.interrupt("SIGTERM");
  await code;
  expect(context.stderr.text).toBe("note: other machines can reach it; it has no passwords\n");
});

test.each([
  [["--threads", "65"], "Cannot use --threads 65; give a whole number from 0 to 64"],
  [["--threads=-1"], "Cannot use --threads -1; give a whole number from 0 to 64"],
  [["--cache", "70000"], "Cannot use --cache 70000; give a whole number of MB from 0 to 65536"],
  [["--cache=-1"], "Cannot use --cache -1; give a whole number of MB from 0 to 65536"],
])("serve %j is refused before anything is opened", async (args, message) => {
  const { load } = fakeMirror({ listen: () => Promise.reject(new Error("must not listen")) });
  const context = createFakeContext({ load });
  expect(await runProgram([...SAMPLE, ...args], context)).toBe(2);
  expect(context.stderr.text).toContain(message);
});

test("serve hands the bounds of memory and threads on, in bytes", async () => {
  let images: unknown;
  const createMirror = (options: { images: unknown }): object => {
    images = options.images;
    return { fetch: async () => new Response(), close: async () => {} };
  };
  const context = createFakeContext(fakeMirror({ createMirror }));
  const code = runProgram([...SAMPLE, "--threads", "3", "--cache", "2"], context);
  await vi.waitFor(() => expect(context.stdout.text).not.toBe(""), 10_000);
  context.interrupt("SIGTERM");
  await code;
  expect(images).toEqual({ threads: 3, cacheBytes: 2 * 2 ** 20 });
});

test("serve --upstream makes a store, asks there for what it lacks, and says so", async () => {
  const folder = await temporaryFolder();
  const asked: string[] = [];
  const fetch = async (url: string): Promise<Response> => {
    asked.push(url);
    return Response.json({ success: true, msg: [] });
  };
  const context = createFakeContext({ fetch });
  const args = ["serve", "--store", join(folder, "new"), "--upstream", "http://up.test/", "--port", "0", "--verbose"];
  const code = runProgram(args, context);
  await vi.waitFor(() => expect(context.stdout.text).not.toBe(""), 10_000);
  expect(context.stdout.text).toContain("  asks  http://up.test/\n");
  const url = /http:\/\/127\.0\.0\.1:\d+/.exec(context.stdout.text)?.[0];
  const sources: unknown[] = [];
  for (let nth = 0; nth < 2; nth += 1) {
    const response = await globalThis.fetch(`${url}/api/v2/data/Gene/query.json`);
    sources.push(response.headers.get("x-brainatlas-source"), await response.json());
  }
  const body = { success: true, msg: [] };
  expect(sources).toEqual(["passed", body, "stored", body]);
  expect(asked).toEqual(["http://up.test/api/v2/data/Gene/query.json"]);
  expect(context.stderr.text).toContain("upstream /api/v2/data/Gene/query.json kept, 25 bytes\n");
  context.interrupt("SIGTERM");
  expect(await code).toBe(0);
});

test("serve refuses an --upstream that is no URL", async () => {
  const context = createFakeContext();
  const args = ["serve", "--store", join(await temporaryFolder(), "new"), "--upstream", "api.brain-map.org"];
  expect(await runProgram(args, context)).toBe(2);
  expect(context.stderr.text).toContain('Cannot use upstream "api.brain-map.org"; give an origin of http or https');
});
