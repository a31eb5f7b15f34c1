import type { ExpressionVolume, ProjectionVolume } from "@brainatlas/sdk/volume";
import type { Command } from "commander";
import type { Context } from "../context.ts";
import { anyText, nameList, oneOf, wholeNumber } from "../option-values.ts";
import type { GridOptions } from "./grid-run.ts";
import { addConnectionOptions, addGeneralOptions } from "./shared-options.ts";
import { RESOLUTIONS } from "./volume.ts";

// Here as well as in the SDK, which help is not to load; by their types.
const VOLUMES: readonly ExpressionVolume[] = ["energy", "density", "intensity", "injection"];
const IMAGES: readonly ProjectionVolume[] = [
  "projection_density",
  "projection_energy",
  "injection_fraction",
  "injection_density",
  "injection_energy",
  "data_mask",
];

const EXAMPLES = `
An expression experiment has one zip, with energy and the record of the data set
unless --include names volumes; −1 stands for no data. A tracer experiment has one
NRRD file for each --projection and --resolution.

Examples:
  $ brainatlas grid 69289763
      energy of an expression experiment, as grid-69289763.zip
  $ brainatlas grid 69289763 --include energy,intensity --info
      two volumes, and what they are like
  $ brainatlas grid 181777177 --projection injection_fraction --resolution 25
      as grid-181777177-injection_fraction-25.nrrd
  $ brainatlas grid 69289763 --dry-run
      the URL alone; nothing is sent

A file of the same name is replaced, in one step, when the new one is complete and
is what it is to be. "brainatlas volume" looks into it.`;

/** Adds to the command what it takes and does. */
export function define(command: Command, context: Context, finish: (code: number) => void): void {
  command
    .argument("<dataset>", "id of the experiment, a SectionDataSet", wholeNumber("dataset", 69289763))
    .description("Downloads the voxel grids of an experiment: gene expression, or projections of a tracer.")
    .optionsGroup("Which:")
    .option(
      "--include <names>",
      `volumes of an expression experiment: ${VOLUMES.join(", ")}`,
      nameList("--include", "energy,intensity"),
    )
    .option(
      "--projection <name>",
      `a volume of a tracer experiment: ${IMAGES.join(", ")}`,
      oneOf("--projection", IMAGES),
    )
    .option(
      "--resolution <µm>",
      `edge of its voxels: ${RESOLUTIONS.join(", ")} (default: 100)`,
      oneOf("--resolution", RESOLUTIONS),
    )
    .optionsGroup("Output:")
    .option(
      "-o, --out <file>",
      "file or folder; - for the bytes on standard output (default: a name made of the options)",
      anyText("--out"),
    )
    .option("--info", "print what the volumes are like")
    .option("--dry-run", "print the URL and send nothing")
    .addHelpText("after", EXAMPLES);
  addConnectionOptions(command);
  addGeneralOptions(command);
  command.action(async (dataSetId: number) => {
    const { run } = await import("./grid-run.ts");
    const { resolution, ...options } = command.opts<
      Omit<GridOptions, "dataSetId" | "resolution"> & { resolution?: string }
    >();
    const resolutionUm =
      resolution === undefined ? {} : { resolution: Number(resolution) as GridOptions["resolution"] };
    finish(await run(context, { ...options, ...resolutionUm, dataSetId }));
  });
}
