import type { Command } from "commander";
import type { Context } from "../context.ts";
import { countFromOne } from "../option-values.ts";
import type { PlatesOptions } from "./plates-run.ts";
import { addConnectionOptions, addGeneralOptions, addRowOptions, ROW_NOTES } from "./shared-options.ts";

const EXAMPLES = `
The resolution is in µm a full-resolution pixel, width and height in such pixels.
${ROW_NOTES}

Examples:
  $ brainatlas plates --annotated
  $ brainatlas plates --atlas 2 --fields id,section_number
  $ brainatlas plates --atlas 2 --format csv > plates.csv
  $ brainatlas plates --annotated --fields id --format tsv | tail -n +2 |
      xargs -n 1 brainatlas image --downsample 4 --annotation`;

/** Adds to the command what it takes and does. */
export function define(command: Command, context: Context, finish: (code: number) => void): void {
  command
    .description("Lists the plates of an atlas, in the order of sections.")
    .optionsGroup("Which:")
    .option(
      "--atlas <id>",
      'id of the atlas, as "brainatlas atlases" lists it (default: 1, coronal mouse)',
      countFromOne("--atlas", 1),
    )
    .option("--annotated", "only plates with a drawing of the structures");
  addRowOptions(command, { fields: "id,section_number", limit: "most plates (default: all)" });
  command.addHelpText("after", EXAMPLES);
  addConnectionOptions(command);
  addGeneralOptions(command);
  command.action(async () => {
    const { run } = await import("./plates-run.ts");
    finish(await run(context, command.opts<PlatesOptions>()));
  });
}
