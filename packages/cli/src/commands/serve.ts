import type { Command } from "commander";
import type { Context } from "../context.ts";
import { anyText, wholeNumber } from "../option-values.ts";
import type { ServeOptions } from "./serve-run.ts";
import { addGeneralOptions, STORE_FLAG, STORE_TEXT } from "./shared-options.ts";

const EXAMPLES = `
Examples:
  $ brainatlas serve --sample
      the synthetic atlas, on http://127.0.0.1:8080
  $ brainatlas serve --store plates --port 0
      a folder filled by "brainatlas store import", on any free port
  $ brainatlas image 100883869 --downsample 4 --api http://127.0.0.1:8080
      a picture from it, in another terminal
  $ brainatlas serve --store plates --upstream https://api.brain-map.org
      asks the service for what the folder lacks, and keeps it there

It answers the paths of api.brain-map.org: programs made for that need only
another host. At /view/ is a page to look at it with, which "brainatlas view" opens.
Without --upstream it makes no request of its own, and only reads. Ctrl-C stops it.

With --upstream, pictures, drawings and files that are held are given from the
store. Queries are asked of the upstream once a day; when it fails, the last answer
is given, or one computed from the rows held: x-brainatlas-stale says since when it
is stale, x-brainatlas-upstream what failed. Data of the Allen Brain Atlas belong to
the Allen Institute for Brain Science and are under its Terms of Use.`;

/** Adds to the command what it takes and does. */
export function define(command: Command, context: Context, finish: (code: number) => void): void {
  command
    .description("Serves a mirror of the API on a port, offline or before an upstream.")
    .optionsGroup("What to serve:")
    .option(STORE_FLAG, STORE_TEXT, anyText("--store"))
    .option("--sample", "the built-in synthetic atlas instead of a store")
    .option(
      "--upstream <url>",
      "who is asked for what the store lacks; the answers are kept in it (default: nobody)",
      anyText("--upstream"),
    )
    .option(
      "--archive-upstream <url>",
      "who is asked for volumes (default: https://download.alleninstitute.org if the upstream is the institute's, else the upstream)",
      anyText("--archive-upstream"),
    )
    .optionsGroup("Where:")
    .option("--port <n>", "port, 0 to 65535; 0 for any free one (default: 8080)", wholeNumber("--port", 8080))
    .option("--host <address>", "interface; 0.0.0.0 lets other machines in (default: 127.0.0.1)", anyText("--host"))
    .optionsGroup("How much it may use:")
    .option(
      "--threads <n>",
      "threads that make pictures, 0 to 64; 0 makes them beside all else (default: one a processor, 8 at most)",
      wholeNumber("--threads", 2),
    )
    .option(
      "--cache <MB>",
      "memory for finished pictures, in MB; 0 keeps none (default: 16)",
      wholeNumber("--cache", 32),
    )
    .addHelpText("after", EXAMPLES);
  addGeneralOptions(command);
  command.action(async () => {
    const { run } = await import("./serve-run.ts");
    finish(await run(context, command.opts<ServeOptions>()));
  });
}
