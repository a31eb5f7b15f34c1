#!/usr/bin/env node
import { homedir } from "node:os";
import { type Context, INSTALLED, Interrupt } from "./context.ts";
import { runProgram } from "./program.ts";

const controller = new AbortController();

/** The first signal ends what is under way; a second one ends the process at once. */
function endOn(signalName: "SIGINT" | "SIGTERM", exitCode: number): void {
  process.on(signalName, () => {
    if (controller.signal.aborted) process.exit(exitCode);
    controller.abort(new Interrupt(signalName));
  });
}
endOn("SIGINT", 130);
endOn("SIGTERM", 143);

let needsReader = true;

// A reader that has had enough (`| head`) is no failure.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE" && !needsReader) return;
  if (error.code === "EPIPE") process.exit(0);
  process.stderr.write(`error: Cannot write to standard output: ${error.message}\n`);
  process.exit(1);
});

const context: Context = {
  // Opened when it is read: most commands do not, and an open one keeps the process.
  get stdin() {
    return process.stdin;
  },
  stdout: process.stdout,
  stderr: process.stderr,
  env: process.env,
  cwd: process.cwd(),
  homeDirectory: homedir(),
  platform: process.platform,
  outliveReader: () => {
    needsReader = false;
  },
  signal: controller.signal,
  fetch: undefined,
  load: INSTALLED,
};

runProgram(process.argv.slice(2), context).then((code) => {
  process.exitCode = code;
});
