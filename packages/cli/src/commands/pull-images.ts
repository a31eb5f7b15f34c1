import type { Command } from "commander";
import { UsageError } from "../errors.ts";
import { anyText } from "../option-values.ts";
import type { AtlasPlanOptions } from "../pull/plan/atlas.ts";
import type { DataSetPlanOptions } from "../pull/plan/data-sets.ts";
import { addPictureOptions, addPullOptions, type RunRequest, readIds } from "./pull-options.ts";

/** Adds to `pull` what brings an atlas. */
export function defineAtlas(command: Command, pull: RunRequest): void {
  command
    .argument("<atlas>", "id or name of an atlas", anyText("atlas"))
    .summary("plates, drawings, records and ontology of an atlas")
    .description("Pulls an atlas: its plates, their drawings, its records and its ontology.")
    .optionsGroup("Which:")
    .option(
      "--annotation",
      "the coloured plates as the service has them, too; without, a mirror draws them from the drawings",
    );
  addPictureOptions(command);
  addPullOptions(command);
  command.addHelpText(
    "after",
    `
A plate at full resolution has some tens of MB: an atlas, some GB. Each --downsample more
takes a quarter of that. --dry-run says how many pixels there are.

Examples:
  $ brainatlas pull atlas 1 --dry-run
  $ brainatlas pull atlas "Mouse, P56, Coronal" --downsample 2
  $ brainatlas pull atlas 2 --to sagittal --downsample 3 --annotation`,
  );
  command.action((atlas: string) => {
    const { annotation } = command.opts<AtlasPlanOptions>();
    return pull(command, { what: "atlas", atlas, annotation });
  });
}

/** Adds to `pull` what brings experiments. */
export function defineDataSet(command: Command, pull: RunRequest): void {
  command
    .argument("<ids...>", "ids of section data sets, from 1")
    .summary("sections of experiments, and their records")
    .description("Pulls experiments: their sections and their records.")
    .optionsGroup("Which:")
    .option("--expression", "the expression masks too")
    .option("--projection", "the projection masks too")
    .option("--no-unionizes", "leave out the values by structure: some thousand rows a data set");
  addPictureOptions(command);
  addPullOptions(command);
  command.addHelpText(
    "after",
    `
Examples:
  $ brainatlas pull dataset 69782969 --expression --downsample 2
  $ brainatlas pull dataset 100141599 --projection --downsample 4 --to tracer`,
  );
  command.action((texts: readonly string[]) => {
    const { expression, projection, unionizes } = command.opts<DataSetPlanOptions>();
    return pull(command, { what: "dataset", ids: readIds(texts, 69782969), expression, projection, unionizes });
  });
}

/** Adds to `pull` what brings drawings. */
export function defineDrawings(command: Command, pull: RunRequest): void {
  command
    .argument("[ids...]", "ids of images, from 1")
    .summary("drawings of plates")
    .description("Pulls the drawings of plates, whole, as SVG.")
    .optionsGroup("Which:")
    .option("--atlas <atlas>", "all drawings of an atlas, by its id or name", anyText("--atlas"));
  addPullOptions(command);
  command.addHelpText(
    "after",
    `
Examples:
  $ brainatlas pull svg 100960224 100883869 --to drawings
  $ brainatlas pull svg --atlas 1`,
  );
  command.action((texts: readonly string[]) => {
    const { atlas } = command.opts<{ atlas?: string }>();
    const ids = readIds(texts, 100960224);
    if (ids.length > 0 === (atlas !== undefined)) {
      throw new UsageError(
        `Cannot tell which drawings are meant; give ${atlas === undefined ? "" : "either "}ids or --atlas`,
      );
    }
    return pull(command, { what: "svg", of: atlas ?? ids });
  });
}
