import type { Command } from "commander";
import type { Context } from "../context.ts";
import { anyText, countFromOne } from "../option-values.ts";
import type { FileOptions } from "./file-run.ts";
import { addConnectionOptions, addGeneralOptions, addRowOptions } from "./shared-options.ts";

const EXAMPLES = `
A file is saved under the name that the service gives it. What breaks off goes on where
it did, if the server knows how; a file has its name only when it is complete. A file
of the same name is replaced, but for one of the same run: then the name has the id too.
--info saves the file as well; one that is no reconstruction is saved and told.

Examples:
  $ brainatlas file 491459173 --info
      save the reconstruction of a neuron (SWC), and print its measures
  $ brainatlas file --owner 491459171 --list
      which files a record has
  $ brainatlas file --owner 491459171 --type 3DNeuronReconstruction -o neurons/
      those of a type, into a folder
  $ brainatlas file 491459173 --api sample --out - | head
      the bytes alone, for another program`;

/** Adds to the command what it takes and does. */
export function define(command: Command, context: Context, finish: (code: number) => void): void {
  command
    .argument("[ids...]", "ids of files, from 1")
    .description("Downloads well-known files: reconstructions, recordings, parameters of models.")
    .optionsGroup("Which:")
    .option("--owner <id>", "the files of a record, by its id", countFromOne("--owner", 491459171))
    .option("--type <name>", "of these, the files of a type, such as 3DNeuronMarker", anyText("--type"))
    .option("--list", "list them and download nothing");
  addRowOptions(command, { fields: "id,well_known_file_type.name" });
  command
    .option(
      "-o, --out <file>",
      "file or folder; - for the bytes on standard output (default: this folder)",
      anyText("--out"),
    )
    .option("--info", "save a reconstruction, and print its measures too")
    .addHelpText("after", EXAMPLES);
  addConnectionOptions(command);
  addGeneralOptions(command);
  command.action(async (texts: readonly string[]) => {
    const ids = texts.map(countFromOne("id", 491459173));
    const { run } = await import("./file-run.ts");
    finish(await run(context, { ...command.opts<Omit<FileOptions, "ids">>(), ids }));
  });
}
