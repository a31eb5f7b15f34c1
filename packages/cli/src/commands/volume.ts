import type { AnnotationRelease, ResolutionUm, SlicePlane } from "@brainatlas/sdk/volume";
import type { Command } from "commander";
import type { Context } from "../context.ts";
import { anyText, decimalNumber, nameList, numberList, oneOf, positiveNumber, wholeNumber } from "../option-values.ts";
import { SHOW_MODES } from "../output/graphics.ts";
import { addConnectionOptions, addGeneralOptions, addRowOptions, hintAtHelp } from "./shared-options.ts";
import type { VolumeInfoOptions } from "./volume-info-run.ts";
import type { VolumeLabelOptions } from "./volume-label-rows.ts";
import type { VolumeSliceOptions } from "./volume-slice-run.ts";

// Here as well as in the SDK, which help is not to load; by their types.
const RELEASES: readonly AnnotationRelease[] = [
  "ccf_2022",
  "ccf_2017",
  "ccf_2016",
  "ccf_2015",
  "mouse_2011",
  "devmouse_2012",
];
export const RESOLUTIONS: readonly `${ResolutionUm}`[] = ["10", "25", "50", "100"];
const PLANES: readonly SlicePlane[] = ["coronal", "horizontal", "sagittal"];
const KINDS = ["labels", "values"] as const;

const VOLUMES = `
A volume is annotation, template or nissl, the reference volumes of the mouse, or a
file: .nrrd, .nhdr, .mhd, .mha, or the .zip of a grid. ./annotation is a file.

Axes are those of the reference space: anterior to posterior, superior to inferior,
left to right; µm from the corner of the first voxel.`;

const EXAMPLES = `
Examples:
  $ brainatlas volume info annotation --resolution 100
  $ brainatlas volume slice annotation --axis coronal --at 6600 --out slice.png
  $ brainatlas volume label annotation --at 6600,4000,5700
  $ brainatlas help volume slice`;

const INFO_EXAMPLES = `${VOLUMES}

Examples:
  $ brainatlas volume info annotation
  $ brainatlas volume info template --resolution 50 --json
  $ brainatlas volume info gridAnnotation.zip
  $ brainatlas volume info ./energy.mhd --json`;

const SLICE_EXAMPLES = `${VOLUMES}

Labels have the colours of their structures, from --api or from a file; where there
is none, the picture is transparent. Values are shades of grey. A file of the same
name is replaced.

Examples:
  $ brainatlas volume slice annotation --axis coronal --at 6600
      a plate of the annotation, as annotation-25-coronal-264.png
  $ brainatlas volume slice annotation --resolution 50 --axis sagittal --index 80 --api sample
      of the synthetic atlas, offline
  $ brainatlas volume slice template --axis horizontal --at 4000 --window 0,400
      the template; 400 and more is white
  $ brainatlas volume slice grid.zip --name energy --axis coronal --index 33 --show blocks`;

const LABEL_EXAMPLES = `${VOLUMES}

One point is told in words, or by --json as one object. Several points, --points and
--format give rows: the columns of the point, then structure_id, structure_acronym and
structure_name, or value. The volume is read once. No data is no value.

Examples:
  $ brainatlas volume label annotation --at 6600,4000,5700
  $ brainatlas volume label annotation_25.nrrd --at 6600,4000,5700 --structures 1.json
  $ brainatlas volume label template --at 6600,4000,5700 --json
  $ brainatlas volume label annotation --points cells.csv --format csv
  $ brainatlas sync image-to-reference 100960224 --points cells.csv \\
      | brainatlas volume label annotation --points -`;

type Finish = (code: number) => void;

/** Adds to the command what it takes and does. */
export function define(command: Command, context: Context, finish: Finish): void {
  command
    .description("Looks into volumes: what they are, slices of them, and what is at a point.")
    .helpOption("-h, --help", "print this text")
    .addHelpText("after", EXAMPLES);
  hintAtHelp(command);
  defineInfo(command.command("info"), context, finish);
  defineSlice(command.command("slice"), context, finish);
  defineLabel(command.command("label"), context, finish);
}

function defineInfo(command: Command, context: Context, finish: Finish): void {
  addVolumeArgument(command)
    .summary("print what is known of a volume")
    .description("Prints size, spacing, type and range of a volume, and of an annotation the number of its labels.");
  addVolumeOptions(command);
  command.optionsGroup("Output:").option("--json", "print one JSON object").addHelpText("after", INFO_EXAMPLES);
  addConnectionOptions(command);
  addGeneralOptions(command);
  command.action(async (volume: string) => {
    const { run } = await import("./volume-info-run.ts");
    finish(await run(context, { ...readOptions<VolumeInfoOptions>(command), volume }));
  });
}

function defineSlice(command: Command, context: Context, finish: Finish): void {
  addVolumeArgument(command)
    .summary("draw a slice as a PNG")
    .description("Draws a slice of a volume as a PNG, one pixel a voxel.");
  command
    .optionsGroup("Slice:")
    .option("--axis <plane>", `${PLANES.join(", ")} (default: coronal)`, oneOf("--axis", PLANES))
    .option("--at <µm>", "position along the axis (default: the middle)", decimalNumber("--at", 6600, "µm"))
    .option("--index <n>", "the same as the number of the slice, from 0", wholeNumber("--index", 264))
    .option(
      "--window <a,b>",
      "the values that are black and white (default: those of the slice)",
      numberList("--window", 2, "0,400"),
    );
  addVolumeOptions(command);
  addStructureOptions(command);
  command
    .optionsGroup("Output:")
    .option(
      "-o, --out <file>",
      "file or folder; - for the bytes on standard output (default: a name made of the options)",
      anyText("--out"),
    )
    .option(
      "--show <how>",
      `show the picture in the terminal: ${SHOW_MODES.join(", ")} (default: auto)`,
      oneOf("--show", SHOW_MODES),
    )
    .addHelpText("after", SLICE_EXAMPLES);
  addConnectionOptions(command);
  addGeneralOptions(command);
  command.action(async (volume: string) => {
    const { run } = await import("./volume-slice-run.ts");
    finish(await run(context, { ...readOptions<VolumeSliceOptions>(command), volume }));
  });
}

function defineLabel(command: Command, context: Context, finish: Finish): void {
  const readPoint = numberList("--at", 3, "6600,4000,5700");
  addVolumeArgument(command)
    .summary("print what is at a point")
    .description("Prints the value of a volume at a point, and of an annotation the structure.")
    .optionsGroup("Where:")
    .option("--at <x,y,z>", "point in µm; may be given several times", (text: string, before: number[][] = []) => [
      ...before,
      readPoint(text),
    ])
    .option("--points <file>", "table of points; - for standard input", anyText("--points"))
    .option(
      "--columns <names>",
      "columns of the coordinates (default: x,y,z, or x_um,y_um,z_um)",
      nameList("--columns", "x,y,z"),
    );
  addVolumeOptions(command);
  addStructureOptions(command);
  addRowOptions(command, { fields: "structure_id,structure_acronym", defaultFormat: "words of one point, else rows" });
  command.addHelpText("after", LABEL_EXAMPLES);
  addConnectionOptions(command);
  addGeneralOptions(command);
  command.action(async (volume: string) => {
    const { run } = await import("./volume-label-run.ts");
    finish(await run(context, { ...readOptions<VolumeLabelOptions>(command), volume }));
  });
}

function addVolumeArgument(command: Command): Command {
  return command.argument("<volume>", "annotation, template, nissl or a file", anyText("volume"));
}

function addVolumeOptions(command: Command): void {
  command
    .optionsGroup("Which:")
    .option(
      "--resolution <µm>",
      `of a reference volume: ${RESOLUTIONS.join(", ")} (default: 25)`,
      oneOf("--resolution", RESOLUTIONS),
    )
    .option(
      "--release <name>",
      `of the annotation: ${RELEASES.join(", ")} (default: ccf_2017)`,
      oneOf("--release", RELEASES),
    )
    .option("--name <volume>", "which volume of a zip (default: the only one)", anyText("--name"))
    .option("--spacing <µm>", "edge of a voxel, for a file that gives none", positiveNumber("--spacing", 25, "µm"))
    .option(
      "--as <what>",
      `what values are: ${KINDS.join(", ")} (default: labels where "annotation" is in the name)`,
      oneOf("--as", KINDS),
    );
}

function addStructureOptions(command: Command): void {
  command
    .optionsGroup("Structures:")
    .option(
      "--structures <file>",
      "file of a structure graph in JSON (default: asked of --api)",
      anyText("--structures"),
    )
    .option("--graph <id>", "id of the structure graph (default: 1, mouse)", wholeNumber("--graph", 1));
}

/** The options as they are meant: a resolution is a number. */
function readOptions<Options>(command: Command): Options {
  const { resolution, ...options } = command.opts<{ resolution?: string }>();
  // The options above are those of the type.
  return { ...options, ...(resolution === undefined ? {} : { resolution: Number(resolution) }) } as Options;
}
