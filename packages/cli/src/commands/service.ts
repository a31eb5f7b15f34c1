import type { Command } from "commander";
import type { Context } from "../context.ts";
import type { ServiceOptions } from "./service-run.ts";
import { addConnectionOptions, addGeneralOptions, addRowOptions, ROW_NOTES } from "./shared-options.ts";

const NOTES = `
The services compute their answers: searches for genes by where they are expressed,
for tracer experiments by where they lead, for values by probe and sample. Parameters
are those of the API. Values of a list have commas between them; numbers, acronyms
and words are written as they are. num_rows is the same as --limit.

The services for expression answer with one object of probes and samples: whole in
json and ndjson, one row for each probe and sample in the other formats.
${ROW_NOTES}

Examples:
  $ brainatlas service --list
  $ brainatlas service describe mouse_differential
  $ brainatlas service mouse_differential set=mouse structures1=8 structures2=315
  $ brainatlas service mouse_connectivity_target_spatial seed_point=6900,5050,6450 --all
  $ brainatlas service human_microarray_expression probes=1023146,1023147 donors=15496 --format csv
  $ brainatlas service mouse_correlation set=mouse row=68918934 --dry-run`;

/** Adds to the command what it takes and does. */
export function define(command: Command, context: Context, finish: (code: number) => void): void {
  command
    .usage(
      "[options] <name> [parameter=value...]\n       brainatlas service describe <name>\n       brainatlas service --list",
    )
    .argument("[words...]", "the service and its parameters, or describe and a service")
    .description("Runs a connected service of the API, and prints its rows.")
    .optionsGroup("Which:")
    .option("--list", "list the services")
    .optionsGroup("Rows:")
    .option("--all", "all rows, page by page");
  addRowOptions(command, { fields: "id,structure-abbrev", limit: "most rows (default: 50)" });
  command.option("--dry-run", "print the URL and send nothing").addHelpText("after", NOTES);
  addConnectionOptions(command);
  addGeneralOptions(command);
  command.action(async (words: string[]) => {
    const { run } = await import("./service-run.ts");
    finish(await run(context, { ...command.opts<Omit<ServiceOptions, "words">>(), words }));
  });
}
