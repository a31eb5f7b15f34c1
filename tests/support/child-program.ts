import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import { build, type Plugin } from "esbuild";
import { onTestFinished } from "vitest";
import { temporaryFolder } from "./temporary.ts";

/** Packages stay where they are installed: one of them is no JavaScript. */
const INSTALLED: Plugin = {
  name: "installed",
  setup({ onResolve }) {
    onResolve({ filter: /^(libsql|kysely|sharp)/ }, ({ path }) => ({
      path: import.meta.resolve(path),
      external: true,
    }));
  },
};

/**
 * Makes one file of a program, given as TypeScript that may import the project's sources by their paths, and of these sources.
 *
 * @param folder Where the program seems to lie: its imports are relative to it.
 * @param outfile Where it is written to: its name ends in .mjs.
 */
export async function bundleProgram(source: string, folder: string, outfile: string): Promise<void> {
  await build({
    stdin: { contents: source, resolveDir: folder, loader: "ts" },
    outfile,
    bundle: true,
    platform: "node",
    format: "esm",
    conditions: ["@brainatlas/source"],
    plugins: [INSTALLED],
  });
}

/** Runs such a program in a process of its own. It ends with the test. */
export async function startProgram(source: string, folder: string, args: readonly string[]): Promise<ChildProcess> {
  const outfile = join(await temporaryFolder(), "program.mjs");
  await bundleProgram(source, folder, outfile);
  const child = spawn(process.execPath, [outfile, ...args], { stdio: ["ignore", "pipe", "inherit"] });
  onTestFinished(() => void child.kill("SIGKILL"));
  return child;
}

/** Waits until a program has written a text. */
export async function untilWritten(child: ChildProcess, text: string): Promise<void> {
  let written = "";
  for await (const chunk of child.stdout ?? []) {
    written += chunk;
    if (written.includes(text)) return;
  }
  throw new Error(`the program ended without writing "${text}": ${written}`);
}

/** Waits until a program has ended. */
export function untilEnded(child: ChildProcess): Promise<{ code: number | null; signal: NodeJS.Signals | null }> {
  return new Promise((resolve) => child.on("close", (code, signal) => resolve({ code, signal })));
}
