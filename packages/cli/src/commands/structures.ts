import type { Command } from "commander";
import type { Context } from "../context.ts";
import { anyText, wholeNumber } from "../option-values.ts";
import { ROW_FORMATS } from "../output/row-printer.ts";
import { addConnectionOptions, addGeneralOptions, addRowOptions, hintAtHelp, ROW_NOTES } from "./shared-options.ts";
import type { StructuresFindOptions } from "./structures-find-run.ts";
import type { StructuresShowOptions } from "./structures-show-run.ts";
import type { StructuresTreeOptions } from "./structures-tree-run.ts";

const GRAPHS = `
Graphs: 1 mouse, 10 human, 15 glioblastoma, 16 developing human, 17 developing
mouse, 8 non-human primate.`;

const EXAMPLES = `
Examples:
  $ brainatlas structures find hippocamp
  $ brainatlas structures tree HPF --depth 2
  $ brainatlas structures show CA1
  $ brainatlas help structures tree`;

const FIND_EXAMPLES = `
The best match is first: the id; the acronym; the name; what begins so; what
contains it. Case does not count, but that the very acronym comes first.
${GRAPHS}
${ROW_NOTES}

Examples:
  $ brainatlas structures find CA1
  $ brainatlas structures find "visual area" --limit 5
  $ brainatlas structures find 382 --json
  $ brainatlas structures find cerebellum --graph 10 --fields id,acronym,name`;

const TREE_EXAMPLES = `
A line of the tree: acronym, name, id, and how many structures lie in it that
--depth leaves out. In json the structures are nested, each in the "children" of
another; the other formats have one row a structure, with its "depth".
${GRAPHS}

Examples:
  $ brainatlas structures tree --depth 2
  $ brainatlas structures tree HPF
  $ brainatlas structures tree 1089 --format csv > hippocampus.csv
  $ brainatlas structures tree --graph 10 --json`;

const SHOW_EXAMPLES = `
${GRAPHS.trimStart()}

Examples:
  $ brainatlas structures show CA1
  $ brainatlas structures show 382 --json
  $ brainatlas structures show 4005 --graph 10`;

/** Adds to the command what it takes and does. */
export function define(command: Command, context: Context, finish: (code: number) => void): void {
  command
    .description("Finds brain structures of an ontology, and shows how they lie in each other.")
    .helpOption("-h, --help", "print this text")
    .addHelpText("after", EXAMPLES);
  hintAtHelp(command);
  defineFind(command.command("find"), context, finish);
  defineTree(command.command("tree"), context, finish);
  defineShow(command.command("show"), context, finish);
}

function defineFind(command: Command, context: Context, finish: (code: number) => void): void {
  command
    .argument("<text>", "id, acronym or name, or a part of these", anyText("text"))
    .summary("find structures by id, acronym or name")
    .description("Finds structures by id, acronym or name.");
  addGraphOption(command);
  addRowOptions(command, { fields: "id,acronym,color_hex_triplet", limit: "most structures (default: all)" });
  command.addHelpText("after", FIND_EXAMPLES);
  addConnectionOptions(command);
  addGeneralOptions(command);
  command.action(async (text: string) => {
    const { run } = await import("./structures-find-run.ts");
    finish(await run(context, { ...command.opts<Omit<StructuresFindOptions, "text">>(), text }));
  });
}

function defineTree(command: Command, context: Context, finish: (code: number) => void): void {
  command
    .argument("[structure]", "id or acronym of the structure to begin at (default: the root)", anyText("structure"))
    .summary("print structures as a tree")
    .description("Prints structures as a tree.");
  addGraphOption(command);
  command.option("--depth <n>", "levels below the first, from 0 (default: all)", wholeNumber("--depth", 2));
  addRowOptions(command, { fields: "id,acronym,depth", formats: ["tree", ...ROW_FORMATS], defaultFormat: "tree" });
  command.addHelpText("after", TREE_EXAMPLES);
  addConnectionOptions(command);
  addGeneralOptions(command);
  command.action(async (structure: string | undefined) => {
    const { run } = await import("./structures-tree-run.ts");
    finish(await run(context, { ...command.opts<Omit<StructuresTreeOptions, "structure">>(), structure }));
  });
}

function defineShow(command: Command, context: Context, finish: (code: number) => void): void {
  command
    .argument("<structure>", "id, acronym or name of the structure", anyText("structure"))
    .summary("print what is known of a structure")
    .description("Prints what is known of a structure: colour, level, path, parent and children.");
  addGraphOption(command);
  command.optionsGroup("Output:").option("--json", "print one JSON object").addHelpText("after", SHOW_EXAMPLES);
  addConnectionOptions(command);
  addGeneralOptions(command);
  command.action(async (structure: string) => {
    const { run } = await import("./structures-show-run.ts");
    finish(await run(context, { ...command.opts<Omit<StructuresShowOptions, "structure">>(), structure }));
  });
}

function addGraphOption(command: Command): void {
  command
    .optionsGroup("Which:")
    .option("--graph <id>", "id of the ontology's structure graph (default: 1, mouse)", wholeNumber("--graph", 1));
}
