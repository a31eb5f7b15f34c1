import type { Command } from "commander";
import type { Context } from "../context.ts";
import { anyText } from "../option-values.ts";
import type { DoctorOptions } from "./doctor-run.ts";
import { addConnectionOptions, addGeneralOptions, DOCTOR_LIMITS, STORE_FLAG, STORE_TEXT } from "./shared-options.ts";

const NOTES = `
Each line is ok, warn or fail. The exit code is 1 if one is fail: something that
is needed, or that --api or --store names, does not work. An API that is not
named and does not answer is a warning.

Examples:
  $ brainatlas doctor
  $ brainatlas doctor --api sample --json`;

/** Adds to the command what it takes and does. */
export function define(command: Command, context: Context, finish: (code: number) => void): void {
  command
    .description("Checks what the program needs: runtime, picture decoder, API, store, viewer and terminal.")
    .optionsGroup("Store:")
    .option(STORE_FLAG, STORE_TEXT, anyText("--store"))
    .optionsGroup("Output:")
    .option("--json", "print one JSON object")
    .addHelpText("after", NOTES);
  addConnectionOptions(command, DOCTOR_LIMITS);
  addGeneralOptions(command);
  command.action(async () => {
    const { run } = await import("./doctor-run.ts");
    finish(await run(context, command.opts<DoctorOptions>()));
  });
}
