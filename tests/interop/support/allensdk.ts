import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { describe } from "vitest";
import type { Environment } from "./environment.ts";

const DRIVER = join(import.meta.dirname, "../driver.py");

/** One call of AllenSDK: an object is made, and methods are called one after the other, each on what the last one gave. */
export interface PythonCall {
  /** Class, with its module under `allensdk`: `api.queries.svg_api.SvgApi`. */
  readonly of: string;
  /** Arguments of the class beside the base URL. */
  readonly init?: PythonArguments;
  readonly steps: readonly (readonly [method: string, ...args: unknown[]])[];
}

/** Arguments by name; texts that start with `file:` are paths in a folder of the call's own. */
export type PythonArguments = Readonly<Record<string, unknown>>;

/** The last argument of a step, where it gives arguments by name. */
export function named(args: PythonArguments): { readonly named: PythonArguments } {
  return { named: args };
}

/** What a call gave. */
export interface PythonReply {
  /** The result; arrays of more than 64 values as `{ dtype, shape, sha256 }`, the hash of their values with the first axis fastest. */
  readonly value?: unknown;
  /** Files that it wrote. */
  readonly files?: Readonly<Record<string, { readonly size: number; readonly sha256: string }>>;
  /** URLs that it would have asked, where it only records. */
  readonly urls?: readonly string[];
  /** What it threw. */
  readonly error?: string;
}

/** AllenSDK in a process of its own, unmodified. */
export interface AllenSdk {
  call(call: PythonCall): Promise<PythonReply>;
  close(): Promise<void>;
}

/** How AllenSDK is started. */
export interface AllenSdkOptions {
  /** Origin that takes the place of both the API's and the download server's. */
  readonly baseUrl: string;
  /** Whether it only says what it would ask. */
  readonly recordUrls?: boolean;
}

/** Starts AllenSDK; calls are answered in turn. */
export async function startAllenSdk(
  python: string,
  { baseUrl, recordUrls = false }: AllenSdkOptions,
): Promise<AllenSdk> {
  const folder = await mkdtemp(join(tmpdir(), "brainatlas-allensdk-"));
  const child = spawn(python, ["-W", "ignore", DRIVER, baseUrl, folder, ...(recordUrls ? ["--record"] : [])], {
    cwd: folder,
    stdio: ["pipe", "pipe", "pipe"],
  });
  let complaints = "";
  child.stderr.on("data", (chunk) => {
    complaints += chunk;
  });
  const replies = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const next = async (): Promise<string> => {
    const { value, done } = await replies.next();
    if (done) throw new Error(`AllenSDK's process ended:\n${complaints}`);
    return value;
  };
  await next(); // It says that it is ready: loading it takes seconds.
  let last: Promise<unknown> = Promise.resolve();
  return {
    call(call) {
      const answer = last.then(async () => {
        child.stdin.write(`${JSON.stringify(call)}\n`);
        return JSON.parse(await next()) as PythonReply; // The driver writes nothing else.
      });
      last = answer.catch(() => {});
      return answer;
    },
    async close() {
      await ended(child);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function ended(child: ChildProcess): Promise<void> {
  child.stdin?.end();
  if (child.exitCode === null) await once(child, "close");
}

/** A group of tests that run AllenSDK; skipped, saying why, where there is no Python or no PyPI. */
export function describeAllenSdk(name: string, environment: Environment, body: (python: string) => void): void {
  if ("python" in environment) describe(name, () => body(environment.python));
  else describe.skip(`${name} (skipped: ${environment.missing})`, () => body(""));
}
