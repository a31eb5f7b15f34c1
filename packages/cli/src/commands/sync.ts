import type { SectionPlaneName } from "@brainatlas/sdk/sync";
import type { Command } from "commander";
import type { Context } from "../context.ts";
import { UsageError } from "../errors.ts";
import { anyText, nameList, numberList, oneOf, positiveNumber, wholeNumber } from "../option-values.ts";
import { SHOW_MODES } from "../output/graphics.ts";
import { addConnectionOptions, addGeneralOptions, addRowOptions, hintAtHelp, ROW_NOTES } from "./shared-options.ts";
import type { SyncRegisterOptions } from "./sync-register-run.ts";
import type { SyncPointOptions, SyncService } from "./sync-rows.ts";
import type { SyncStructuresOptions } from "./sync-structures-run.ts";

// Here as well as in the SDK, which help is not to load; by its type.
const PLANES: readonly SectionPlaneName[] = ["coronal", "sagittal", "horizontal"];

const EXAMPLES = `
Images are in pixels of the full resolution, right and down from the corner of the
section's box. Reference space is in µm: x to posterior, y to inferior, z to the right.
Which space a data set is in, its record says (reference_space_id); those of the adult
mouse are 9 and 10, which have left and right exchanged.

Examples:
  $ brainatlas sync image-to-reference 100883869 --at 1000,2000
  $ brainatlas sync reference-to-image 9 --at 6085,3670,4883 --data-sets 100048576
  $ brainatlas sync image-to-atlas 69750516 --points cells.csv --atlas 1 --format csv
  $ brainatlas sync structure-to-image 100048576 --structures HPF,TH
  $ brainatlas sync register 69750516 --spacing 25 --out section.png
  $ brainatlas help sync reference-to-image`;

const POINT_NOTES = `
Points of --points come as csv or tsv with names of columns above them, or as ndjson;
other columns go along. Points of --at are asked of the service, one request each. Those
of --points are computed here, by the service's own arithmetic, from alignments that are
asked for once; memory does not grow with their number. --local and --remote say
otherwise.
A target that is not there, or in which no image is found, has empty cells; notes tell.
${ROW_NOTES}`;

/** Adds to the command what it takes and does. */
export function define(command: Command, context: Context, finish: (code: number) => void): void {
  command
    .description("Maps points between images of data sets and reference space.")
    .helpOption("-h, --help", "print this text")
    .addHelpText("after", EXAMPLES);
  hintAtHelp(command);
  for (const spec of POINT_COMMANDS) definePoints(command.command(spec.service), spec, context, finish);
  defineStructures(command.command("structure-to-image"), context, finish);
  defineRegister(command.command("register"), context, finish);
}

/** A command that maps points. */
interface PointCommand {
  readonly service: SyncService;
  readonly argument: readonly [name: string, text: string];
  readonly what: string;
  readonly dimensions: 2 | 3;
  /** The option that says where points are looked for. */
  readonly target?: readonly [flags: string, text: string, read: (text: string) => unknown];
  readonly example: string;
}

const IMAGE = ["<image>", "id of the image that points are of"] as const;
const DATA_SETS = [
  "--data-sets <ids>",
  "ids of data sets, with commas between them",
  idList("--data-sets", "67810540,69782969"),
] as const;

const POINT_COMMANDS: readonly PointCommand[] = [
  {
    service: "image-to-reference",
    argument: IMAGE,
    what: "points of an image in reference space",
    dimensions: 2,
    example: `
  $ brainatlas sync image-to-reference 100883869 --at 1000,2000
  $ brainatlas sync image-to-reference 100883869 --points cells.csv --format csv
  $ brainatlas sync image-to-reference 100883869 --points - --columns px,py < cells.tsv`,
  },
  {
    service: "reference-to-image",
    argument: ["<space>", "id of the reference space of points: 9 or 10 for the adult mouse"],
    what: "points of reference space on images",
    dimensions: 3,
    target: DATA_SETS,
    example: `
  $ brainatlas sync reference-to-image 9 --at 6085,3670,4883 --data-sets 100048576,126862385
  $ brainatlas sync reference-to-image 9 --points - --columns x_um,y_um,z_um \\
      --data-sets 100048576 < points.csv`,
  },
  {
    service: "image-to-image",
    argument: IMAGE,
    what: "points of an image on other data sets",
    dimensions: 2,
    target: DATA_SETS,
    example: `
  $ brainatlas sync image-to-image 68173101 --at 6208,2368 --data-sets 67810540,69782969`,
  },
  {
    service: "image-to-image-2d",
    argument: IMAGE,
    what: "points of an image on others of its specimen",
    dimensions: 2,
    target: ["--images <ids>", "ids of images, with commas between them", idList("--images", "68173103,68173105")],
    example: `
  $ brainatlas sync image-to-image-2d 68173101 --at 6208,2368 --images 68173103,68173105`,
  },
  {
    service: "image-to-atlas",
    argument: IMAGE,
    what: "points of an image on the plates of an atlas",
    dimensions: 2,
    target: ["--atlas <id>", "id of the atlas", wholeNumber("--atlas", 1)],
    example: `
  $ brainatlas sync image-to-atlas 69750516 --at 6208,2368 --atlas 1 --api sample`,
  },
];

function definePoints(
  command: Command,
  { service, argument, what, dimensions, target, example }: PointCommand,
  context: Context,
  finish: (code: number) => void,
): void {
  const [at, columns] = dimensions === 2 ? ["x,y", "x,y"] : ["x,y,z", "x,y,z"];
  const read = numberList("--at", dimensions, dimensions === 2 ? "1000,2000" : "6085,3670,4883");
  command
    .argument(...argument, wholeNumber(argument[0].slice(1, -1), 100883869))
    .summary(`find ${what}`)
    .description(`Finds ${what}.`)
    .optionsGroup("Points:")
    .option(`--at <${at}>`, "a point; may be given several times", (text: string, before: number[][] = []) => [
      ...before,
      read(text),
    ])
    .option("--points <file>", "table of points; - for standard input", anyText("--points"))
    .option(
      "--columns <names>",
      `columns of the coordinates (default: ${columns}${dimensions === 3 ? ", or x_um,y_um,z_um" : ""})`,
      nameList("--columns", columns),
    );
  if (target !== undefined) {
    const [flags, text, readTarget] = target;
    command.optionsGroup("Where:").requiredOption(flags, text, readTarget);
  }
  command
    .optionsGroup("How:")
    .option("--local", "compute here, from the alignments (default with --points)")
    .option("--remote", "ask the service for each point (default with --at)");
  addRowOptions(command, {
    fields: service === "image-to-reference" ? "x_um,y_um,z_um" : "section_image_id,x_px,y_px",
  });
  command.addHelpText("after", `${POINT_NOTES}\n\nExamples:${example}`);
  addConnectionOptions(command);
  addGeneralOptions(command);
  command.action(async (id: number) => {
    const { run } = await import("./sync-run.ts");
    finish(await run(context, { ...command.opts<Omit<SyncPointOptions, "id" | "service">>(), id, service }));
  });
}

function defineStructures(command: Command, context: Context, finish: (code: number) => void): void {
  command
    .argument("<data-set>", "id of the data set", wholeNumber("data-set", 100048576))
    .summary("find the section that shows each structure")
    .description("Finds the section of a data set that is nearest to the middle of each structure.")
    .optionsGroup("Which:")
    .requiredOption(
      "--structures <names>",
      "acronyms or ids of structures, with commas between them",
      nameList("--structures", "HPF,315"),
    )
    .option("--graph <id>", "structure graph of the acronyms (default: 1, mouse)", wholeNumber("--graph", 1));
  addRowOptions(command, { fields: "structure_id,section_image_id" });
  command.addHelpText(
    "after",
    `${ROW_NOTES}

Examples:
  $ brainatlas sync structure-to-image 100048576 --structures HPF,TH
  $ brainatlas sync structure-to-image 126862385 --structures 315,698,1089 --json`,
  );
  addConnectionOptions(command);
  addGeneralOptions(command);
  command.action(async (dataSet: number) => {
    const { run } = await import("./sync-structures-run.ts");
    finish(await run(context, { ...command.opts<Omit<SyncStructuresOptions, "dataSet">>(), dataSet }));
  });
}

function defineRegister(command: Command, context: Context, finish: (code: number) => void): void {
  command
    .argument("<image>", "id of the image", wholeNumber("image", 69750516))
    .summary("bring a section onto the grid of reference space")
    .description("Brings the picture of a section onto the grid of its reference space, as a PNG.")
    .optionsGroup("Grid:")
    .option("--spacing <µm>", "edge of a pixel (default: 25)", positiveNumber("--spacing", 25, "µm"))
    .option("--plane <name>", `${PLANES.join(", ")} (default: the section's own)`, oneOf("--plane", PLANES))
    .option(
      "--region <left,top,width,height>",
      "part of the plane, in µm (default: the whole adult mouse brain)",
      numberList("--region", 4, "0,0,11400,8000"),
    )
    .optionsGroup("Picture:")
    .option("--annotation", "the drawn and coloured plate of an atlas, not the bare stain")
    .option(
      "--interpolation <how>",
      "nearest or linear (default: linear)",
      oneOf("--interpolation", ["nearest", "linear"] as const),
    )
    .option(
      "--downsample <n>",
      "tier that is taken (default: with pixels about as large as the grid's)",
      wholeNumber("--downsample", 4),
    )
    .optionsGroup("Output:")
    .option(
      "-o, --out <file>",
      "file or folder; - for the bytes on standard output (default: a name made of the parameters)",
      anyText("--out"),
    )
    .option(
      "--show <how>",
      `show the picture in the terminal: ${SHOW_MODES.join(", ")} (default: auto)`,
      oneOf("--show", SHOW_MODES),
    )
    .option("--json", "print one JSON object: size, axes, origin and spacing")
    .addHelpText(
      "after",
      `
A coronal section has z to the right and y down, a sagittal one x and y, a horizontal one
z and x. The section is tilted a little: each pixel shows the point of it with the
pixel's two coordinates. What the picture of the section does not show is transparent. A file of
the same name is replaced.

Examples:
  $ brainatlas sync register 69750516 --spacing 25 --out section.png
  $ brainatlas sync register 100960224 --annotation --interpolation nearest --spacing 10
  $ brainatlas sync register 69750516 --region 6000,2000,2000,2000 --spacing 2 --json`,
    );
  addConnectionOptions(command);
  addGeneralOptions(command);
  command.action(async (id: number) => {
    const { run } = await import("./sync-register-run.ts");
    finish(await run(context, { ...command.opts<Omit<SyncRegisterOptions, "id">>(), id }));
  });
}

/** Reads ids with commas between them. */
function idList(name: string, example: string): (text: string) => number[] {
  const read = nameList(name, example);
  return (text) =>
    read(text).map((each) => {
      if (/^\d{1,15}$/.test(each)) return Number(each);
      throw new UsageError(
        `Cannot use ${name} ${JSON.stringify(each)}; give ids with commas between them, such as ${example}`,
      );
    });
}
