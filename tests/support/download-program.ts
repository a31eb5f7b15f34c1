import { type ChildProcess, spawn } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { DownloadItem, DownloadOptions } from "@brainatlas/sdk/node";
import { ROOT } from "../../scripts/lib/setup.mjs";
import { bundleProgram, untilEnded } from "./child-program.ts";

/** Downloads what a file lists, and says at the end what came of it; nothing more, so that it can be killed at any time. */
const SOURCE = `
import { readFileSync } from "node:fs";
import { downloadAll } from "@brainatlas/sdk/node";

const { items, options } = JSON.parse(readFileSync(process.argv[2], "utf8"));
try {
  const { fetched, kept, failures } = await downloadAll(items, options);
  const failed = failures.map(({ item, reason }) => ({ name: item.name, reason }));
  console.log(JSON.stringify({ fetched, kept, failed }));
} catch (error) {
  console.log(JSON.stringify({ error: String(error?.message ?? error), code: error?.code }));
}
`;

/** What a run in a process of its own said at its end. */
export interface ProgramOutcome {
  readonly fetched?: number;
  readonly kept?: number;
  readonly failed?: readonly { readonly name: string; readonly reason: string }[];
  readonly error?: string;
  readonly code?: string;
}

/** A program that downloads, ready to be started any number of times. */
export interface DownloadProgram {
  start(items: readonly DownloadItem[], options: DownloadOptions, process?: ProcessOptions): Promise<DownloadRun>;
}

/** What its process is like. */
export interface ProcessOptions {
  /** A command of the shell that comes before it, and holds for it. */
  readonly shell?: string;
  /** Who runs it. */
  readonly uid?: number;
}

/** One run of it. */
export interface DownloadRun {
  readonly child: ChildProcess;
  /** What it said, once it has ended; `undefined` when it was killed before. */
  readonly outcome: Promise<ProgramOutcome | undefined>;
}

/** Makes the program in a folder, from the project's sources. */
export async function makeDownloadProgram(folder: string): Promise<DownloadProgram> {
  const path = join(folder, "download.mjs");
  await bundleProgram(SOURCE, ROOT, path);
  let runs = 0;
  return {
    async start(items, options, { shell = "", uid } = {}) {
      runs += 1;
      const list = join(folder, `run-${runs}.json`);
      await writeFile(list, JSON.stringify({ items, options }));
      const command = `${shell} exec "$0" "$1" "$2"`;
      const child = spawn("sh", ["-c", command, process.execPath, path, list], {
        stdio: ["ignore", "pipe", "inherit"],
        ...(uid !== undefined && { uid }),
      });
      return { child, outcome: readOutcome(child) };
    },
  };
}

async function readOutcome(child: ChildProcess): Promise<ProgramOutcome | undefined> {
  let said = "";
  child.stdout?.on("data", (chunk) => {
    said += chunk;
  });
  await untilEnded(child);
  return said.endsWith("\n") ? JSON.parse(said) : undefined;
}
