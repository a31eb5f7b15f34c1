import type { Command } from "commander";
import type { Context } from "../context.ts";
import { anyText, countFromOne, wholeNumber } from "../option-values.ts";
import { addGeneralOptions, STORE_FLAG, STORE_TEXT } from "./shared-options.ts";
import type { ViewOptions } from "./view-run.ts";

const NOTES = `
Without --api, --store and --sample it shows what $BRAINATLAS_API names, else the
store if it holds anything, else the sample; it says which. With --api the page asks
that server from your browser; all else works offline.

The address is on standard output, so that a program can read it. The browser is
opened unless standard output is not a terminal, CI is set, or there is no display.
It is served on 127.0.0.1 until Ctrl-C; "brainatlas serve" has the page at /view/, too,
and lets other machines in.

Examples:
  $ brainatlas view
  $ brainatlas view 100960224 --structure CA1 --sample
      a plate of the sample, with a structure selected
  $ brainatlas view --api https://api.brain-map.org --atlas 1
      the institute's own, over the network
  $ brainatlas view --store plates --port 8080 --no-open
      a folder filled by "brainatlas pull", at an address that stays the same`;

/** Adds to the command what it takes and does. */
export function define(command: Command, context: Context, finish: (code: number) => void): void {
  command
    .description("Opens a viewer of atlases in the browser: plates, structures, experiments.")
    .argument("[plate]", "id of a plate's image (default: the middle of the atlas)", countFromOne("plate", 100960224))
    .optionsGroup("What to look at:")
    .option("--api <url|sample>", "another server of the API, or the built-in synthetic atlas", anyText("--api"))
    .option(STORE_FLAG, STORE_TEXT, anyText("--store"))
    .option("--sample", "the built-in synthetic atlas")
    .optionsGroup("What to see first:")
    .option("--atlas <id>", "an atlas", countFromOne("--atlas", 1))
    .option("--structure <ids>", "structures, by id or acronym, with commas between them", anyText("--structure"))
    .optionsGroup("How:")
    .option("--port <n>", "port, 0 to 65535; 0 for any free one (default: 0)", wholeNumber("--port", 8080))
    .option("--open", "open the browser wherever this is")
    .option("--no-open", "open no browser")
    .addHelpText("after", NOTES);
  addGeneralOptions(command);
  command.action(async (plate: number | undefined) => {
    const { run } = await import("./view-run.ts");
    finish(await run(context, { ...command.opts<Omit<ViewOptions, "plate">>(), plate }));
  });
}
