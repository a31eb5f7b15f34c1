import type { Command } from "commander";
import type { Context } from "../context.ts";
import { anyText, countFromOne, idsOrNames, nameList, numberList, wholeNumber } from "../option-values.ts";
import { SET_TEXT } from "../structure-set.ts";
import type { MatrixOptions } from "./connectivity-matrix-run.ts";
import type { SearchOptions } from "./connectivity-search-run.ts";
import type { UnionizesOptions } from "./connectivity-unionizes-run.ts";
import type { ExperimentsOptions } from "./experiment-filter.ts";
import { addConnectionOptions, addGeneralOptions, addRowOptions, hintAtHelp, ROW_NOTES } from "./shared-options.ts";

const EXAMPLES = `
Examples:
  $ brainatlas connectivity experiments --structure MOs
  $ brainatlas connectivity search --source Isocortex --target TH
  $ brainatlas connectivity unionizes 126862385
  $ brainatlas connectivity matrix 126862385 100141599 --format csv
  $ brainatlas help connectivity search`;

const EXPERIMENTS_NOTES = `
The structure is that of the injection's center, and the finest that there is; --below
takes those that lie in it, too. Names are checked by the structure graph. Coordinates are µm of the reference space, from
anterior, superior and left; volumes are mm³.
${ROW_NOTES}

Examples:
  $ brainatlas connectivity experiments --structure VISp,VISl
  $ brainatlas connectivity experiments --structure Isocortex --below --all --format csv
  $ brainatlas connectivity experiments --line Syt6-Cre_KI148 --json`;

const SEARCH_NOTES = `
One of four searches, which the API computes:
  --source     experiments by the structures of the injection, largest first; with
               --target those that project there, and how much
  --through    experiments whose projection passes through a point, with its density
  --near       experiments by the distance of their injection from a point
  --like       experiments by how their projections correlate with those of one, over
               the structures of --target
--source narrows the other searches, too. Points are µm of the reference space, from
anterior, superior and left.
${ROW_NOTES}

Examples:
  $ brainatlas connectivity search --source Isocortex --wild-type
  $ brainatlas connectivity search --source VISp --target TH --hemisphere left
  $ brainatlas connectivity search --through 6900,5050,6450 --all --format csv
  $ brainatlas connectivity search --near 6900,5050,6450 --limit 5
  $ brainatlas connectivity search --like 112670853 --target TH`;

const UNIONIZES_NOTES = `
A row for each structure: most first, by --measure. Volumes are mm³; hemisphere is
hemisphere_id in words.
${ROW_NOTES}

Examples:
  $ brainatlas connectivity unionizes 126862385
  $ brainatlas connectivity unionizes 126862385 --structures TH,LGd --hemisphere left,right
  $ brainatlas connectivity unionizes 126862385 --injection --json`;

const MATRIX_NOTES = `
A row for each experiment, a column for each structure and hemisphere; a cell is empty
where there is no value.
${ROW_NOTES}

Examples:
  $ brainatlas connectivity matrix 126862385 100141599 > matrix.csv
  $ brainatlas connectivity matrix 126862385 --structures TH,HY --hemisphere both
  $ brainatlas connectivity matrix 126862385 --set 167587189 --measure projection_density`;

const MEASURES = "projection_volume, projection_density, projection_energy or another column of the rows";

/** Adds to the command what it takes and does. */
export function define(command: Command, context: Context, finish: (code: number) => void): void {
  command
    .description("Finds tracer experiments of the mouse connectivity atlas, and compares their projections.")
    .helpOption("-h, --help", "print this text")
    .addHelpText("after", EXAMPLES);
  hintAtHelp(command);
  defineExperiments(command.command("experiments"), context, finish);
  defineSearch(command.command("search"), context, finish);
  defineUnionizes(command.command("unionizes"), context, finish);
  defineMatrix(command.command("matrix"), context, finish);
}

function defineExperiments(command: Command, context: Context, finish: (code: number) => void): void {
  command
    .summary("list experiments by the injection")
    .description("Lists tracer experiments by their injection.")
    .optionsGroup("Which:")
    .option("--id <ids>", "ids of experiments", idsOrNames("--id", "126862385"))
    .option("--structure <names>", "acronyms or ids of structures", nameList("--structure", "VISp,VISl"))
    .option("--below", "those that lie in the structures, too")
    .option("--line <names>", "transgenic lines", nameList("--line", "Syt6-Cre_KI148"))
    .option("--strain <names>", "strains of the mouse", nameList("--strain", "C57BL/6J"))
    .option("--product <ids>", "ids of products: 5, 31 or another", idsOrNames("--product", "5"))
    .optionsGroup("Rows:")
    .option("--all", "all rows, page by page");
  addRowOptions(command, { fields: "data_set_id,structure_abbrev", limit: "most experiments (default: 50)" });
  command.addHelpText("after", EXPERIMENTS_NOTES);
  addConnectionOptions(command);
  addGeneralOptions(command);
  command.action(async () => {
    const { run } = await import("./connectivity-experiments-run.ts");
    finish(await run(context, command.opts<ExperimentsOptions>()));
  });
}

function defineSearch(command: Command, context: Context, finish: (code: number) => void): void {
  const point = "6900,5050,6450";
  command
    .summary("search experiments by source, target, place or likeness")
    .description("Searches tracer experiments by source, target, place or likeness.")
    .optionsGroup("Which:")
    .option("--source <names>", "structures of the injection, and those below them", idsOrNames("--source", "VISp"))
    .option("--target <names>", "structures that are projected to", idsOrNames("--target", "TH"))
    .option("--through <x,y,z>", "a point that the projection passes through", numberList("--through", 3, point))
    .option("--near <x,y,z>", "a point that the injection is near to", numberList("--near", 3, point))
    .option("--like <id>", "an experiment", countFromOne("--like", 112670853))
    .option("--hemisphere <name>", "hemisphere of the target: left or right", anyText("--hemisphere"))
    .option("--line <names>", "transgenic lines, by names or ids", idsOrNames("--line", "Syt6-Cre_KI148"))
    .option("--wild-type", "mice without a transgenic line alone")
    .option("--primary-only", "where the center of the injection is in the source")
    .option("--product <ids>", "ids of products: 5, 31 or another", idsOrNames("--product", "5"))
    .optionsGroup("Rows:")
    .option("--all", "all rows, page by page");
  addRowOptions(command, { fields: "id,structure-abbrev", limit: "most experiments (default: 50)" });
  command.option("--dry-run", "print the URL and send nothing").addHelpText("after", SEARCH_NOTES);
  addConnectionOptions(command);
  addGeneralOptions(command);
  command.action(async () => {
    const { run } = await import("./connectivity-search-run.ts");
    finish(await run(context, command.opts<SearchOptions>()));
  });
}

function defineUnionizes(command: Command, context: Context, finish: (code: number) => void): void {
  command
    .argument("<id...>", "ids of experiments", collect)
    .summary("print projections by structure")
    .description("Prints the projections of experiments by structure.");
  addMeasureOptions(command, "both");
  command.optionsGroup("Rows:").option("--all", "all rows, page by page");
  addRowOptions(command, { fields: "structure.acronym,projection_volume", limit: "most rows (default: 50)" });
  command.addHelpText("after", UNIONIZES_NOTES);
  addConnectionOptions(command);
  addGeneralOptions(command);
  command.action(async (ids: number[]) => {
    const { run } = await import("./connectivity-unionizes-run.ts");
    finish(await run(context, { ...command.opts<Omit<UnionizesOptions, "ids">>(), ids }));
  });
}

function defineMatrix(command: Command, context: Context, finish: (code: number) => void): void {
  command
    .argument("<id...>", "ids of experiments", collect)
    .summary("print projections as a matrix of experiments and structures")
    .description("Prints projections as a matrix of experiments and structures.");
  addMeasureOptions(command, "left,right");
  command.option("--set <set>", SET_TEXT, anyText("--set"));
  addRowOptions(command, { fields: '"experiment,TH left"', defaultFormat: "table in a terminal, else csv" });
  command.addHelpText("after", MATRIX_NOTES);
  addConnectionOptions(command);
  addGeneralOptions(command);
  command.action(async (ids: number[]) => {
    const { run } = await import("./connectivity-matrix-run.ts");
    finish(await run(context, { ...command.opts<Omit<MatrixOptions, "ids">>(), ids }));
  });
}

function addMeasureOptions(command: Command, hemispheres: string): void {
  command
    .optionsGroup("What:")
    .option("--structures <names>", "acronyms or ids of structures", nameList("--structures", "TH,HY"))
    .option(
      "--hemisphere <names>",
      `left, right or both together (default: ${hemispheres})`,
      nameList("--hemisphere", "left,right"),
    )
    .option("--injection", "the injection site, in place of the rest")
    .option("--measure <name>", `${MEASURES} (default: projection_volume)`, anyText("--measure"));
}

/** Gathers the ids of an argument that may come several times. */
function collect(text: string, before: number[] | undefined): number[] {
  return [...(before ?? []), wholeNumber("id", 126862385)(text)];
}
