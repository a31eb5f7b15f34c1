import type { AtlasResponse } from "@brainatlas/sdk";
import { type Api, type ApiOptions, openApi } from "../api.ts";
import type { Context } from "../context.ts";
import { EXIT } from "../exit.ts";
import { describeFailure } from "../failure.ts";
import { type Check, printChecks } from "../output/checks.ts";
import { detectGraphics, hasColour, hasTrueColour } from "../output/graphics.ts";
import { encodePng } from "../output/png.ts";
import { printBytes, printCount, printNumber } from "../output/quantities.ts";
import { roomOf } from "../output/room.ts";
import { storePlace } from "../store-directory.ts";
import { readVersion } from "../version.ts";
import { DOCTOR_LIMITS } from "./shared-options.ts";

/** Options of `brainatlas doctor`. */
export interface DoctorOptions extends ApiOptions {
  readonly store?: string | undefined;
  readonly json?: boolean | undefined;
}

/** A cheap answer of the API: one row of its smallest table. */
const PROBE_PATH = "/api/v2/data/Organism/1.json";
const OLDEST_NODE = [20, 19] as const;

/** Checks what the program needs. Returns the exit code. */
export async function run(context: Context, options: DoctorOptions): Promise<number> {
  const api = await openApi(context, {
    ...options,
    timeout: options.timeout ?? DOCTOR_LIMITS.timeoutS,
    retries: options.retries ?? DOCTOR_LIMITS.retries,
  });
  const checks = [
    checkRuntime(),
    await checkDecoder(context),
    await checkApi(context, api, options.api !== undefined),
    await checkStore(context, options.store),
    await checkViewer(context),
    checkTerminal(context),
  ];
  context.stdout.write(
    options.json === true
      ? `${JSON.stringify({ version: readVersion(), checks }, undefined, 2)}\n`
      : printChecks(checks, layoutOf(context)),
  );
  return checks.some((check) => check.state === "fail") ? EXIT.failed : EXIT.done;
}

function layoutOf(context: Context): { colour: boolean; columns: number } {
  return { colour: hasColour(context.env, context.stdout.isTTY === true), columns: roomOf(context) };
}

function checkRuntime(): Check {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  const isOld = major < OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor < OLDEST_NODE[1]);
  const detail = `brainatlas ${readVersion()} on Node ${process.versions.node}, ${process.platform} ${process.arch}`;
  if (isOld)
    return { name: "runtime", state: "fail", detail, advice: `install Node ${OLDEST_NODE.join(".")} or later` };
  return { name: "runtime", state: "ok", detail };
}

/** Decodes a picture of one pixel the way that every command does. */
async function checkDecoder(context: Context): Promise<Check> {
  const name = "decoder";
  try {
    const { BrainAtlas } = await context.load.sdk();
    const png = encodePng({ data: new Uint8ClampedArray([255, 0, 0, 255]), width: 1, height: 1 });
    const fetch = async (): Promise<Response> =>
      new Response(new Uint8Array(png), { headers: { "content-type": "image/png" } });
    const { data } = await (await new BrainAtlas({ fetch }).get("/")).pixels();
    if (data[0] !== 255 || data[1] !== 0) throw new Error("a red pixel came out in another colour");
    const { default: sharp } = await context.load.sharp();
    return { name, state: "ok", detail: `sharp ${sharp.versions.sharp}, libvips ${sharp.versions.vips}` };
  } catch (error) {
    const advice = "without it pictures are not shown, and there is no mirror and no sample";
    return { name, state: "fail", detail: describeFailure(error), advice };
  }
}

async function checkApi(context: Context, { kind, label, client }: Api, isNamed: boolean): Promise<Check> {
  const name = "API";
  const { signal } = context;
  const start = performance.now();
  try {
    if (kind === "sample") {
      const { width, height } = await client.atlasImage(100883869, { downsample: 6 }).pixels({ signal });
      return { name, state: "ok", detail: `${label} drew a plate of ${width} × ${height} pixels in ${since(start)}` };
    }
    const response = await client.get(PROBE_PATH, { signal, throwHttpErrors: false });
    const problem = findProblem(response, kind);
    if (problem !== undefined) throw new Error(problem);
    return { name, state: "ok", detail: `${label} answered in ${since(start)}` };
  } catch (error) {
    signal.throwIfAborted();
    return { name, state: isNamed ? "fail" : "warn", detail: describeFailure(error), advice: adviseOnApi(context) };
  }
}

function findProblem(response: AtlasResponse, kind: Api["kind"]): string | undefined {
  const { status, statusText, mediaType, url } = response;
  // A mirror says so of what it does not hold, and that is an answer.
  const isAnswer = response.ok || (kind === "mirror" && response.headers.has("x-brainatlas-source"));
  if (!isAnswer) return `${url} answers ${status} ${statusText}`;
  return mediaType === "application/json"
    ? undefined
    : `${url} answers with ${mediaType || "no type"} where JSON was expected`;
}

function adviseOnApi({ env }: Context): string {
  const proxy = ["HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy"].find((name) => (env[name] ?? "") !== "");
  const offline = 'work offline with "--api sample", or serve a store with "brainatlas serve"';
  return proxy === undefined
    ? offline
    : `${offline}; ${proxy} is set, and Node uses it only from version 24, with NODE_USE_ENV_PROXY=1`;
}

async function checkStore(context: Context, option: string | undefined): Promise<Check> {
  const name = "store";
  const { directory, isChosen } = storePlace(context, option);
  try {
    const { isStore, openStore } = await context.load.mirror();
    if (!isChosen && !(await isStore(directory))) {
      return { name, state: "ok", detail: `none yet; "brainatlas store import FILE" makes it at ${directory}` };
    }
    const store = await openStore(directory);
    const { entries, records, sizeBytes } = await store.info().finally(() => store.close());
    const sum = (counts: Readonly<Record<string, number>>): number =>
      Object.values(counts).reduce((total, each) => total + each, 0);
    return {
      name,
      state: "ok",
      detail: `${directory}: ${printCount(sum(entries), "entry", "entries")}, ${printBytes(sizeBytes)}, ${printNumber(sum(records))} rows`,
    };
  } catch (error) {
    return { name, state: "fail", detail: describeFailure(error) };
  }
}

async function checkViewer({ load }: Context): Promise<Check> {
  const name = "viewer";
  try {
    return { name, state: "ok", detail: await load.viewer() };
  } catch (error) {
    return {
      name,
      state: "warn",
      detail: describeFailure(error),
      advice: "all but the page at /view/ works without it",
    };
  }
}

function checkTerminal({ env, stdout }: Context): Check {
  const name = "terminal";
  const isTerminal = stdout.isTTY === true;
  const graphics = detectGraphics(env, isTerminal);
  const size = `${stdout.columns ?? 80} × ${stdout.rows ?? 24} characters`;
  if (!isTerminal) return { name, state: "ok", detail: "standard output is not a terminal; pictures are not shown" };
  if (graphics === "none")
    return { name, state: "ok", detail: `${size}; pictures are not shown, unless --show says how` };
  const colours = hasTrueColour(env) ? "24-bit colours" : "256 colours";
  return {
    name,
    state: "ok",
    detail: `${size}; pictures are shown as ${graphics === "blocks" ? `blocks in ${colours}` : graphics}`,
  };
}

function since(start: number): string {
  return `${Math.round(performance.now() - start)} ms`;
}
