import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "../../scripts/lib/setup.mjs";

/** As its README advises where glibc gives out the memory: what is let go of goes back to the system, rather than into its heaps. */
const MEMORY = { MALLOC_MMAP_THRESHOLD_: "262144" };
const PROGRAM = join(ROOT, "packages", "cli", "dist", "main.js");

/** The built mirror in a process of its own, with its threads. */
export interface MirrorProgram {
  readonly origin: string;
  readonly pid: number;
  /** What it has written to its standard error so far. */
  stderr(): string;
  isRunning(): boolean;
  /** Memory that it has now, in MB; `undefined` where the system does not tell. */
  memoryMb(): number | undefined;
  stop(): Promise<void>;
}

/** Starts `brainatlas serve` on any port. */
export async function startMirrorProgram(args: readonly string[]): Promise<MirrorProgram> {
  const child = spawn(process.execPath, [PROGRAM, "serve", "--port", "0", ...args], {
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, ...MEMORY, NO_COLOR: "1" },
  });
  const ended = once(child, "close");
  let [said, errors] = ["", ""];
  child.stderr.on("data", (text) => {
    errors += text;
  });
  const origin = await new Promise<string>((resolve, reject) => {
    child.stdout.on("data", (text) => {
      said += text;
      const [url] = /http:\/\/127\.0\.0\.1:\d+/.exec(said) ?? [];
      if (url !== undefined) resolve(url);
    });
    child.on("close", () => reject(new Error(`The mirror ended: ${said}${errors}`)));
  });
  const pid = child.pid ?? 0;
  return {
    origin,
    pid,
    stderr: () => errors,
    isRunning: () => child.exitCode === null && child.signalCode === null,
    memoryMb: () => memoryOf(pid),
    async stop() {
      child.kill("SIGTERM");
      await ended;
    },
  };
}

function memoryOf(pid: number): number | undefined {
  try {
    const [, kib] = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8")) ?? [];
    return kib === undefined ? undefined : Number(kib) / 1024;
  } catch {
    return undefined;
  }
}
