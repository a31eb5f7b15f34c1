import type { Command } from "commander";
import type { Context } from "../context.ts";
import { anyText, countFromOne, oneOf, positiveNumber, wholeNumber } from "../option-values.ts";
import { addGeneralOptions, hintAtHelp, STORE_FLAG, STORE_TEXT } from "./shared-options.ts";
import type { StoreImportOptions } from "./store-import-run.ts";
import type { StoreInfoOptions } from "./store-info-run.ts";
import { KINDS } from "./store-kinds.ts";
import type { StoreListOptions } from "./store-list-run.ts";
import type { StoreSampleOptions } from "./store-sample-run.ts";
import { defineUpkeep } from "./store-upkeep.ts";

const IMPORT_EXAMPLES = `
What a file is, its content says:
  picture    JPEG, PNG or TIFF. The digits that its name starts with are the id
             of the image, unless --id says it. It is stored as a pyramid of tiles: as
             JPEG of quality 85, or without loss if it has 16 bits a channel.
  drawing    SVG, as the API serves it. Its coloured plate is drawn from it.
  exchange   JSON with request, final_url and body_file: answered again as it was recorded.
  graph      a structure graph as the API serves it, JSON or XML. The digits that its
             name starts with are its id, unless it says its own, or --graph does.
  rows       of any model, as the API answers them (JSON, XML or CSV), or as tsv or
             ndjson. Where neither they nor their columns tell the model, give --model,
             or the --query that they answer; flat rows (tabular) need the query.
  store      what "brainatlas store export" wrote: a whole store, or a part of one.
Each but the last may be packed with gzip. Given out again as they are:
  volume     NRRD, by its name and the size of its voxels: annotation_25.nrrd,
             average_template_50.nrrd, ara_nissl_50.nrrd, structure_385.nrrd, or
             projection_density_100.nrrd and the like, with --id for the data set.
  grid       the zip of an expression experiment. It says of which data set it is, or
             the digits that its name starts with, or --id.
  mesh       OBJ; the digits that its name starts with are the id of the structure.
  neuron     SWC; the digits that its name starts with are the id of the file.
  any other  with --file or --path. Files of any length are copied as they are.

Examples:
  $ brainatlas store import 100883869.tif --resolution 1.047
  $ brainatlas store import plate.jpg --id 100883869 --downsample 4 --annotation
  $ brainatlas store import recordings/*.json --store plates
  $ brainatlas store import structure_graph_download_1.json.gz
  $ brainatlas store import unionizes.csv --model StructureUnionize
  $ brainatlas store import annotation_25.nrrd 385.obj 69289763.zip
  $ brainatlas store import projection_density_100.nrrd --id 158375425
  $ brainatlas store import cell.nwb --file 491198851
  $ brainatlas store import atlas-1.tar`;

const SAMPLE_EXAMPLES = `
Without ids it renders all images that the atlas has: about a minute and 40 MB at the
default downsample; each step less takes four times as long. The records are those of the
whole atlas, whatever the ids: queries, synchronisation and manifests are answered as by
"serve --sample". Images that were not rendered, volumes and grids are not mirrored.
None of it is real: the store is marked, and a mirror that serves it says so of every
answer. So it is to be a folder of its own, and other files are not imported into it.

Examples:
  $ brainatlas store sample --store sample
  $ brainatlas store sample 100883869 100960224 --downsample 0 --store sample
  $ brainatlas serve --store sample`;

const EXAMPLES = `
Examples:
  $ brainatlas store import 100883869.tif
  $ brainatlas store list --kind picture
  $ brainatlas store info --json
  $ brainatlas help store import`;

/** Adds to the command what it takes and does. */
export function define(command: Command, context: Context, finish: (code: number) => void): void {
  command
    .description('Fills, shows and looks after a store: a folder that "brainatlas serve" answers from.')
    .helpOption("-h, --help", "print this text")
    .addHelpText("after", EXAMPLES);
  hintAtHelp(command);
  defineImport(command.command("import"), context, finish);
  defineList(command.command("list"), context, finish);
  defineInfo(command.command("info"), context, finish);
  defineSample(command.command("sample"), context, finish);
  defineUpkeep(command, context, finish);
}

function defineImport(command: Command, context: Context, finish: (code: number) => void): void {
  command
    .argument(
      "<files...>",
      "pictures, drawings, recorded exchanges, structure graphs, rows, volumes, exports, or other files",
    )
    .summary("put files into a store")
    .description(
      "Puts files into a store, which is made if there is none. A file that is bad does not stop the others.",
    )
    .optionsGroup("Store:")
    .option(STORE_FLAG, STORE_TEXT, anyText("--store"))
    .optionsGroup("What the files do not say of themselves:")
    .option(
      "--id <n>",
      "id of the image, data set, structure or file, from 1; for one file",
      wholeNumber("--id", 100883869),
    )
    .option(
      "--model <name>",
      "model of rows, or class of an image: AtlasImage, SectionImage or SubImage (default: what the file or the store says, else AtlasImage)",
      anyText("--model"),
    )
    .option("--query <query>", "the query that rows answer, as RMA or as a URL", anyText("--query"))
    .option("--graph <id>", "id of a structure graph", wholeNumber("--graph", 1))
    .option(
      "--downsample <n>",
      "how often a picture's dimensions were halved, 0 to 16 (default: 0)",
      wholeNumber("--downsample", 4),
    )
    .option("--annotation", "a picture is the drawn and coloured plate, not the bare stain")
    .option(
      "--resolution <µm>",
      "µm a full-resolution pixel, for a record made on the way",
      positiveNumber("--resolution", 1.047, "µm"),
    )
    .option("--image-type <text>", "kind of the coloured plate (default: Atlas - Adult Mouse)", anyText("--image-type"))
    .option(
      "--release <name>",
      "release of an annotation (default: that of its folder, else ccf_2017)",
      anyText("--release"),
    )
    .option("--file <id>", "a file of any kind is this well-known file", countFromOne("--file", 491459173))
    .option("--path <path>", "a file of any kind is served at this path of the API or the archive", anyText("--path"))
    .optionsGroup("Output:")
    .option("--json", "print one JSON object")
    .addHelpText("after", IMPORT_EXAMPLES);
  addGeneralOptions(command);
  command.action(async (files: string[]) => {
    const { run } = await import("./store-import-run.ts");
    finish(await run(context, { ...command.opts<Omit<StoreImportOptions, "files">>(), files }));
  });
}

function defineList(command: Command, context: Context, finish: (code: number) => void): void {
  command
    .summary("list what a store holds")
    .description("Lists what a store holds.")
    .optionsGroup("Store:")
    .option(STORE_FLAG, STORE_TEXT, anyText("--store"))
    .option("--kind <kind>", `only entries of this kind: ${KINDS.join(", ")}`, oneOf("--kind", KINDS))
    .optionsGroup("Output:")
    .option("--json", "print one JSON array");
  addGeneralOptions(command);
  command.action(async () => {
    const { run } = await import("./store-list-run.ts");
    finish(await run(context, command.opts<StoreListOptions>()));
  });
}

function defineInfo(command: Command, context: Context, finish: (code: number) => void): void {
  command
    .summary("say where a store is and how much it holds")
    .description("Says where a store is and how much it holds.")
    .optionsGroup("Store:")
    .option(STORE_FLAG, STORE_TEXT, anyText("--store"))
    .optionsGroup("Output:")
    .option("--json", "print one JSON object");
  addGeneralOptions(command);
  command.action(async () => {
    const { run } = await import("./store-info-run.ts");
    finish(await run(context, command.opts<StoreInfoOptions>()));
  });
}

function defineSample(command: Command, context: Context, finish: (code: number) => void): void {
  command
    .argument("[ids...]", "ids of its AtlasImages and SectionImages, from 1")
    .summary("put images of the built-in synthetic atlas into a store")
    .description(
      "Renders images of the built-in synthetic atlas into a store, as if they had been imported: pictures as pyramids of tiles, drawings, and the records of the whole atlas.",
    )
    .optionsGroup("Store:")
    .option(STORE_FLAG, STORE_TEXT, anyText("--store"))
    .optionsGroup("What to render:")
    .option(
      "--downsample <n>",
      "how often the dimensions are halved, 0 to 16 (default: 3)",
      wholeNumber("--downsample", 3),
    )
    .optionsGroup("Output:")
    .option("--json", "print one JSON object")
    .addHelpText("after", SAMPLE_EXAMPLES);
  addGeneralOptions(command);
  command.action(async (texts: readonly string[]) => {
    const ids = texts.map(countFromOne("id", 100883869));
    const { run } = await import("./store-sample-run.ts");
    finish(await run(context, { ...command.opts<Omit<StoreSampleOptions, "ids">>(), ids }));
  });
}
