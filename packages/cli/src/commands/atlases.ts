import type { Command } from "commander";
import type { Context } from "../context.ts";
import type { AtlasesOptions } from "./atlases-run.ts";
import { addConnectionOptions, addGeneralOptions, addRowOptions, ROW_NOTES } from "./shared-options.ts";

const EXAMPLES = `
The image_type is that of the coloured plates; the id of the structure graph is for
--graph of "brainatlas structures", the id of the atlas for "brainatlas plates".
${ROW_NOTES}

Examples:
  $ brainatlas atlases
  $ brainatlas atlases --fields id,name,structure_graph.id --format csv
  $ brainatlas atlases --api sample --json`;

/** Adds to the command what it takes and does. */
export function define(command: Command, context: Context, finish: (code: number) => void): void {
  command.description("Lists the atlases: name, type of the coloured plates, ontology.");
  addRowOptions(command, { fields: "id,structure_graph.name", limit: "most atlases (default: all)" });
  command.addHelpText("after", EXAMPLES);
  addConnectionOptions(command);
  addGeneralOptions(command);
  command.action(async () => {
    const { run } = await import("./atlases-run.ts");
    finish(await run(context, command.opts<AtlasesOptions>()));
  });
}
