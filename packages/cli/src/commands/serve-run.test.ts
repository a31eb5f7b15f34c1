import { expect, test, vi } from "vitest";
import { createFakeContext } from "../fake-context.test-kit.ts";
import { runProgram } from "../program.ts";

const SAMPLE = ["serve", "--sample", "--port", "0"];

/** A mirror package that listens nowhere. */
function fakeMirror(changes: object = {}): { load: { mirror(): Promise<never> }; close: ReturnType<typeof vi.fn> } {
  const close = vi.fn(async () => {});
  const parts = {
    createMirror: () => ({ fetch: async () => new Response() }),
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
  await vi.waitFor(() => expect(context.stdout.text).not.toBe(""));
  expect(context.stdout.text).toBe(
    [
      "Serving the sample atlas, which is synthetic and not data of the Allen Institute",
      "  url   http://127.0.0.1:4711",
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

test("serve is done when it is told to stop", async () => {
  const { load, close } = fakeMirror();
  const context = createFakeContext({ load });
  const code = runProgram(SAMPLE, context);
  context.interrupt("SIGTERM");
  expect(await code).toBe(0);
  expect(close).toHaveBeenCalledOnce();
});

/** A store that holds a picture of a section, rows and answers, as far as it is told to. */
function fakeStore(held: { picture?: boolean; records?: Record<string, number>; answer?: boolean }): object {
  return {
    createMirror: () => ({
      fetch: async (url: string) =>
        Response.json({ success: true, msg: url.includes("/SectionImage/query.json") ? [{ id: 7 }] : [] }),
    }),
    openStore: async () => ({
      info: async () => ({ entries: { picture: 2, drawing: 0, answer: 0 }, records: held.records ?? {} }),
      async *list(kind: string) {
        if (kind === "picture" && held.picture) yield { name: "/a", details: { downsample: 5 } };
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
      "Serving the store /plates: 1,200 rows, 2 pictures, 0 drawings, 0 recorded answers\n",
      'curl -L -o plate.jpg "http://127.0.0.1:4711/api/v2/section_image_download/7?downsample=5"\n',
      "brainatlas image 7 --service section --downsample 5 --api http://127.0.0.1:4711\n",
    ],
  ],
  [
    { records: { Structure: 1 } },
    [
      "Serving the store /plates: 1 row, ",
      'curl "http://127.0.0.1:4711/api/v2/data/Structure/query.json"\n',
      "brainatlas rma Structure --api http://127.0.0.1:4711\n",
    ],
  ],
  [{ answer: true }, ['curl -L -o plate.jpg "http://127.0.0.1:4711/cgi-bin/imageservice?path=/a"\n  stop']],
  [{}, ["Serving the store /plates: 0 rows, ", "  url   http://127.0.0.1:4711\n  stop"]],
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
    'error: Cannot serve without a store: there is none at "/home/someone/.local/share/brainatlas/store"; give --sample, or --store\nhint: "brainatlas store import FILE" makes a store\n',
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
  [["--store", "x"], "Cannot serve a store and the sample at once; give --store or --sample"],
])("serve refuses %j", async (args, message) => {
  const context = createFakeContext(fakeMirror());
  expect(await runProgram(["serve", "--sample", ...args], context)).toBe(2);
  expect(context.stderr.text).toBe(`error: ${message}\n`);
});

test("serve warns when other machines can reach it", async () => {
  const context = createFakeContext(fakeMirror());
  const code = runProgram([...SAMPLE, "--host", "0.0.0.0"], context);
  context.interrupt("SIGTERM");
  await code;
  expect(context.stderr.text).toBe("note: other machines can reach it; it has no passwords\n");
});
