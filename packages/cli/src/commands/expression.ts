import type { Command } from "commander";
import type { Context } from "../context.ts";
import { anyText, countFromOne, idsOrNames, nameList, oneOf } from "../option-values.ts";
import { SET_TEXT } from "../structure-set.ts";
import type { ExpressionOptions } from "./expression-run.ts";
import { addConnectionOptions, addGeneralOptions, addRowOptions, ROW_NOTES } from "./shared-options.ts";

const NOTES = `
Of several data sets of the gene, a coronal one is taken, else the first; --data-set
chooses, and "brainatlas datasets --gene Pdyn" lists them. Energy is the intensity of
the expressing pixels over all pixels of a structure, density their share. --plot
replaces a file of the same name.
${ROW_NOTES}

Examples:
  $ brainatlas expression Pdyn
  $ brainatlas expression Pdyn --plot pdyn.png
  $ brainatlas expression Pdyn --structures CA1,CA3,DG --measure density
  $ brainatlas expression Snca --data-set 986 --set 167587189 --format csv
  $ brainatlas expression Pdyn --api sample --plot pdyn.svg`;

/** Adds to the command what it takes and does. */
export function define(command: Command, context: Context, finish: (code: number) => void): void {
  command
    .argument(
      "<gene>",
      "acronym or id of the gene; case-sensitive: mouse has Pdyn where human has PDYN",
      anyText("gene"),
    )
    .description("Shows in which structures of the mouse brain a gene is expressed, strongest first.")
    .optionsGroup("Which:")
    .option("--data-set <id>", "the data set (default: a coronal one)", countFromOne("--data-set", 986))
    .option("--product <names>", "products of the data sets (default: Mouse)", idsOrNames("--product", "Mouse"))
    .option("--structures <names>", "acronyms or ids of structures", nameList("--structures", "CA1,CA3,DG"))
    .option("--set <set>", SET_TEXT, anyText("--set"))
    .option("--measure <name>", "energy or density (default: energy)", oneOf("--measure", ["energy", "density"]))
    .optionsGroup("Picture:")
    .option("--plot <file>", "draw the values as bars into a file: .svg or .png", anyText("--plot"));
  addRowOptions(command, { fields: "structure.acronym,expression_energy", limit: "most structures (default: all)" });
  command.addHelpText("after", NOTES);
  addConnectionOptions(command);
  addGeneralOptions(command);
  command.action(async (gene: string) => {
    const { run } = await import("./expression-run.ts");
    finish(await run(context, { ...command.opts<Omit<ExpressionOptions, "gene">>(), gene }));
  });
}
