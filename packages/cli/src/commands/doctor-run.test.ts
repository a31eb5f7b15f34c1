import { expect, test } from "vitest";
import { createFakeContext, type FakeOptions } from "../fake-context.test-kit.ts";
import { runProgram } from "../program.ts";

/** Without a store, and with an API that answers its one question. */
const HEALTHY: FakeOptions = {
  fetch: async () => Response.json({ success: true, msg: [] }),
  load: { mirror: async () => ({ isStore: async () => false }) as never },
};

interface Report {
  version: string;
  checks: { name: string; state: string; detail: string; advice?: string }[];
}

async function examine(args: readonly string[], options: FakeOptions): Promise<{ code: number; report: Report }> {
  const context = createFakeContext(options);
  const code = await runProgram(["doctor", "--json", ...args], context);
  return { code, report: JSON.parse(context.stdout.text) as Report };
}

const stateOf = ({ checks }: Report, name: string): string | undefined =>
  checks.find((check) => check.name === name)?.state;

test("doctor finds everything well", async () => {
  const { code, report } = await examine([], HEALTHY);
  expect(code).toBe(0);
  expect(report.checks.map(({ name, state }) => [name, state])).toEqual([
    ["runtime", "ok"],
    ["decoder", "ok"],
    ["API", "ok"],
    ["store", "ok"],
    ["viewer", "ok"],
    ["terminal", "ok"],
  ]);
});

test("doctor warns of an API that does not answer, and fails if it was named", async () => {
  const offline = { ...HEALTHY, fetch: () => Promise.reject(new Error("no network")) };
  const unnamed = await examine([], offline);
  expect([unnamed.code, stateOf(unnamed.report, "API")]).toEqual([0, "warn"]);
  const named = await examine(["--api", "http://127.0.0.1:9"], offline);
  expect([named.code, stateOf(named.report, "API")]).toEqual([1, "fail"]);
});

test("doctor does not take a page of maintenance for an answer", async () => {
  const page = (status: number) => async (): Promise<Response> =>
    new Response("<h1>Maintenance</h1>", { status, headers: { "content-type": "text/html" } });
  const { report } = await examine([], { ...HEALTHY, fetch: page(200) });
  expect(report.checks[2]?.detail).toMatch(/answers with text\/html where JSON was expected$/);
  const down = await examine([], { ...HEALTHY, fetch: page(500) });
  expect(down.report.checks[2]?.detail).toMatch(/answers 500 Internal Server Error$/);
});

test("doctor knows that Node passes proxies by", async () => {
  const offline = {
    ...HEALTHY,
    fetch: () => Promise.reject(new Error("no network")),
    env: { HTTPS_PROXY: "http://proxy" },
  };
  const { report } = await examine([], offline);
  expect(report.checks[2]?.advice).toContain("HTTPS_PROXY is set");
});

test("doctor warns of a viewer that is not built", async () => {
  const viewer = (): Promise<never> => Promise.reject(new Error("Cannot find the viewer: it is not built"));
  const { code, report } = await examine([], { ...HEALTHY, load: { ...HEALTHY.load, viewer } });
  expect([code, stateOf(report, "viewer")]).toEqual([0, "warn"]);
});

test("doctor fails without a decoder, and with a store that is none", async () => {
  const broken: FakeOptions = {
    ...HEALTHY,
    env: { BRAINATLAS_STORE: "/elsewhere" },
    load: {
      sharp: () => Promise.reject(new Error("no sharp")),
      mirror: async () => ({ openStore: () => Promise.reject(new Error("it is none")) }) as never,
    },
  };
  const { code, report } = await examine([], broken);
  expect([code, stateOf(report, "decoder"), stateOf(report, "store")]).toEqual([1, "fail", "fail"]);
});

test("doctor prints lines, in colour on a terminal that has them", async () => {
  const plain = createFakeContext(HEALTHY);
  await runProgram(["doctor"], plain);
  expect(plain.stdout.text).toMatch(/^ok {4}runtime {3}brainatlas \d/);
  expect(plain.stdout.text).not.toContain("\u001b");

  const terminal = { terminal: { columns: 90, rows: 24 } };
  const coloured = createFakeContext({
    ...HEALTHY,
    ...terminal,
    env: { TERM: "xterm-256color", COLORTERM: "truecolor" },
  });
  await runProgram(["doctor"], coloured);
  expect(coloured.stdout.text).toContain("\u001b[32mok");
  expect(coloured.stdout.text).toContain("90 × 24 characters; pictures are shown as blocks in 24-bit colours\n");

  const noColour = createFakeContext({ ...HEALTHY, ...terminal, env: { TERM: "xterm", NO_COLOR: "1" } });
  await runProgram(["doctor"], noColour);
  expect(noColour.stdout.text).not.toContain("\u001b");
});
