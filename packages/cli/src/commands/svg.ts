import type { Command } from "commander";
import type { Context } from "../context.ts";
import { anyText, idsOrNames, nameList, numberList, wholeNumber } from "../option-values.ts";
import { addConnectionOptions, addGeneralOptions, addRowOptions } from "./shared-options.ts";
import type { SvgOptions } from "./svg-request.ts";

const NOTES = `
Pixels are those of the full resolution, right and down from the corner of the section's
box. A structure stands for all that lie in it: its own regions are often not drawn, but
those of its parts. Regions lie on one another, and the area of one holds what is painted
over it: do not add up those of structures that lie in each other. Without --at and --list,
--json prints one JSON object about the file. A file of the same name is replaced.

Groups of regions: 28 adult mouse, 159226751 its fibre tracts, 32 developing mouse.
Graphs: 1 mouse, 10 human, 16 developing human, 17 developing mouse.

Examples:
  $ brainatlas svg 100960224
      the whole drawing, as drawing-100960224.svg
  $ brainatlas svg 100960224 --structures HPF,TH --downsample 4
      hippocampus and thalamus, as drawing-100960224-ds4-structures1089_549.svg
  $ brainatlas svg 100960224 --groups 28 --out - | magick svg:- plate.png
      the text alone, for another program
  $ brainatlas svg 100960224 --at 7000,3000 --at 6500,2000
      what is painted at two points, the topmost first
  $ brainatlas svg 100960224 --list --api sample
      which structures are drawn, how large, and where
  $ brainatlas svg 112282603 --list --graph 10
      the same of a plate of the human brain`;

/** Adds to the command what it takes and does. */
export function define(command: Command, context: Context, finish: (code: number) => void): void {
  const readPoint = numberList("--at", 2, "7000,3000");
  command
    .argument("<id>", "id of the plate, a whole number", wholeNumber("id", 100960224))
    .description("Downloads the drawing of a plate as SVG, or says which structures it shows.")
    .optionsGroup("Drawing:")
    .option("--downsample <n>", "halvings of both dimensions, 0 to 30 (default: 0)", wholeNumber("--downsample", 4))
    .option(
      "--groups <ids>",
      "groups of regions, with commas between them (default: all)",
      idsOrNames("--groups", "28"),
    )
    .option(
      "--structures <names>",
      "ids or acronyms of structures, with what lies in them (default: all)",
      nameList("--structures", "HPF,549"),
    )
    .option("--graph <id>", "structure graph of the acronyms (default: 1, mouse)", wholeNumber("--graph", 1))
    .optionsGroup("Rows instead of the drawing:")
    .option(
      "--at <x,y>",
      "the structures at a point; may be given several times",
      (text: string, before: readonly (readonly number[])[] = []) => [...before, readPoint(text)],
    )
    .option("--list", "the structures that are drawn: number of regions, area in px², box");
  addRowOptions(command, { fields: "id,acronym" });
  command
    .option(
      "-o, --out <file>",
      "file or folder; - for the text on standard output (default: a name made of the parameters)",
      anyText("--out"),
    )
    .option("--dry-run", "print the URL and send nothing")
    .addHelpText("after", NOTES);
  addConnectionOptions(command);
  addGeneralOptions(command);
  command.action(async (id: number) => {
    const { run } = await import("./svg-run.ts");
    finish(await run(context, { ...command.opts<Omit<SvgOptions, "id">>(), id }));
  });
}
