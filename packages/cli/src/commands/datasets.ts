import type { Command } from "commander";
import type { Context } from "../context.ts";
import { anyText, idsOrNames, nameList } from "../option-values.ts";
import type { DatasetsOptions } from "./datasets-run.ts";
import { addConnectionOptions, addGeneralOptions, addRowOptions, ROW_NOTES } from "./shared-options.ts";

const EXAMPLES = `
Conditions add up. Those that take several values, with commas between them, are
met by any of these. Acronyms are case-sensitive: mouse has Pdyn where human has PDYN.
${ROW_NOTES}

Examples:
  $ brainatlas datasets --gene Pdyn --plane sagittal
  $ brainatlas datasets --gene Snca,Gba --product Mouse --fields id,genes.acronym
  $ brainatlas datasets --gene 18608 --json
  $ brainatlas datasets --product DevMouse --age E11.5,E13.5 --all --format csv`;

/** Adds to the command what it takes and does. */
export function define(command: Command, context: Context, finish: (code: number) => void): void {
  command
    .description("Lists data sets of sections: experiments in situ and others, by gene, product, plane and age.")
    .optionsGroup("Which:")
    .option("--gene <names>", "acronyms or ids of genes, such as Pdyn", idsOrNames("--gene", "Pdyn"))
    .option("--product <names>", "abbreviations or ids of products, such as Mouse", idsOrNames("--product", "Mouse"))
    .option("--plane <name>", "plane of section: coronal, sagittal or another of the service's", anyText("--plane"))
    .option("--age <names>", "ages of the donor, such as P56 or E11.5", nameList("--age", "P56,E11.5"))
    .option("--treatment <names>", "treatments, such as ISH or NISSL; case-sensitive", nameList("--treatment", "ISH"))
    .option("--failed", "those that failed the quality control too")
    .optionsGroup("Rows:")
    .option("--all", "all rows, page by page");
  addRowOptions(command, { fields: "id,genes.acronym", limit: "most data sets (default: 50)" });
  command.addHelpText("after", EXAMPLES);
  addConnectionOptions(command);
  addGeneralOptions(command);
  command.action(async () => {
    const { run } = await import("./datasets-run.ts");
    finish(await run(context, command.opts<DatasetsOptions>()));
  });
}
