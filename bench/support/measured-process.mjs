// A process that does its work and ends, measured as a whole.
import { spawn } from "node:child_process";
import { text } from "node:stream/consumers";
import { ownPeakMb, reapedCpuMs } from "./proc.mjs";

/** Between two looks at its memory, whose peak only grows. */
const LOOK_MS = 50;

/**
 * Runs a program to its end. No other child of this process may end meanwhile.
 *
 * @param {string} program
 * @param {readonly string[]} args
 * @param {object} [options]
 * @param {string} [options.input] What it reads on standard input.
 * @param {NodeJS.ProcessEnv} [options.env] In addition to that of this process.
 * @returns {Promise<{ seconds: number, cpuSeconds: number, peakMb: number }>}
 * @throws {Error} If it fails, as whoever fails is not fast.
 */
export async function measureProcess(program, args, { input = "", env = {} } = {}) {
  const [cpuMs, startMs] = [reapedCpuMs(), performance.now()];
  const child = spawn(program, args, { stdio: ["pipe", "ignore", "pipe"], env: { ...process.env, ...env } });
  let peakMb = 0;
  const look = setInterval(() => {
    peakMb = Math.max(peakMb, ownPeakMb(child.pid ?? -1));
  }, LOOK_MS);
  child.stdin.on("error", () => {}); // It ended before it had read all; its exit code says why.
  child.stdin.end(input);
  const said = text(child.stderr);
  try {
    const code = await new Promise((resolve, reject) => child.once("error", reject).once("exit", resolve));
    const seconds = (performance.now() - startMs) / 1000;
    if (code !== 0) throw new Error(`Cannot measure ${program}: it ended with ${code}: ${(await said).slice(-500)}`);
    return { seconds, cpuSeconds: (reapedCpuMs() - cpuMs) / 1000, peakMb };
  } finally {
    clearInterval(look);
  }
}
