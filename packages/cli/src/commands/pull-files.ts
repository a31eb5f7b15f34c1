import type { Command } from "commander";
import { anyText, countFromOne, nameList, oneOf } from "../option-values.ts";
import type { GridPlanOptions } from "../pull/plan/grids.ts";
import type { RmaPlanOptions } from "../pull/plan/rma.ts";
import type { VolumePlanOptions } from "../pull/plan/volume.ts";
import type { NAMED_VOLUMES } from "../volumes.ts";
import { addPullOptions, addRecordOptions, type RunRequest, readIds } from "./pull-options.ts";

// Here as well as beside the reader of volumes, which help is not to load; by its type.
const VOLUMES: (typeof NAMED_VOLUMES)[number][] = ["template", "annotation", "nissl"];

/** Adds to `pull` what brings grids. */
export function defineGrid(command: Command, pull: RunRequest): void {
  command
    .argument("<ids...>", "ids of section data sets, from 1")
    .summary("voxel grids of experiments")
    .description("Pulls the voxel grids of experiments: zips of expression, NRRD of projections.")
    .optionsGroup("Which:")
    .option(
      "--include <names>",
      "volumes of expression: energy, density, intensity (default: the service's choice, energy)",
      nameList("--include", "energy,density"),
    )
    .option(
      "--projection <names>",
      "volumes of a tracer experiment (default: projection_density)",
      nameList("--projection", "projection_density,data_mask"),
    )
    .option(
      "--resolution <µm>",
      "edge of a voxel of a tracer experiment: 10, 25, 50 or 100 (default: 100)",
      countFromOne("--resolution", 25),
    );
  addPullOptions(command);
  command.addHelpText(
    "after",
    `
Examples:
  $ brainatlas pull grid 69289763
  $ brainatlas pull grid 126862385 --projection injection_fraction --to grids`,
  );
  command.action((texts: readonly string[]) => {
    const { include, projection, resolution } = command.opts<GridPlanOptions>();
    return pull(command, { what: "grid", ids: readIds(texts, 69289763), include, projection, resolution });
  });
}

/** Adds to `pull` what brings volumes. */
export function defineVolume(command: Command, pull: RunRequest): void {
  command
    .argument("<volume>", VOLUMES.join(", "), oneOf("volume", VOLUMES))
    .summary("a reference volume")
    .description("Pulls a volume of reference space, as NRRD.")
    .optionsGroup("Which:")
    .option("--resolution <µm>", "edge of a voxel: 10, 25, 50 or 100 (default: 25)", countFromOne("--resolution", 25))
    .option("--release <name>", "release of the annotation (default: ccf_2017)", anyText("--release"));
  addPullOptions(command);
  command.addHelpText(
    "after",
    `
At 25 µm the template has some 30 MB and the annotation 4 MB; at 10 µm, ten times that.

Examples:
  $ brainatlas pull volume annotation --resolution 100
  $ brainatlas pull volume template --resolution 100 --to volumes`,
  );
  command.action((volume: string) => {
    const { resolution, release } = command.opts<VolumePlanOptions>();
    return pull(command, { what: "volume", volume, resolution, release });
  });
}

/** Adds to `pull` what brings well-known files. */
export function defineFile(command: Command, pull: RunRequest): void {
  command
    .argument("<ids...>", "ids of well-known files, from 1")
    .summary("well-known files")
    .description("Pulls well-known files: reconstructions, recordings, parameters of models.");
  addPullOptions(command);
  command.addHelpText("after", "\nExample:\n  $ brainatlas pull file 491459173 496607103 --to cells");
  command.action((texts: readonly string[]) => pull(command, { what: "file", ids: readIds(texts, 491459173) }));
}

/** Adds to `pull` what brings ontologies. */
export function defineOntology(command: Command, pull: RunRequest): void {
  command
    .argument("<ids...>", "ids of structure graphs: 1 adult mouse, 10 human, 17 developing mouse")
    .summary("structure graphs")
    .description("Pulls structure graphs: all structures with their sets.");
  addRecordOptions(command);
  command.addHelpText(
    "after",
    `
Examples:
  $ brainatlas pull ontology 1
  $ brainatlas pull ontology 1 10 --to ontologies`,
  );
  command.action((texts: readonly string[]) => pull(command, { what: "ontology", ids: readIds(texts, 1) }));
}

/** Adds to `pull` what brings rows. */
export function defineRma(command: Command, pull: RunRequest): void {
  command
    .argument("<query>", 'the query, as "brainatlas rma" takes it', anyText("query"))
    .summary("all rows of a query")
    .description("Pulls all rows that a query has, complete, page by page.")
    .optionsGroup("Which:")
    .option("--limit <n>", "most rows (default: all, or the query's num_rows)", countFromOne("--limit", 1000));
  addRecordOptions(command);
  command.addHelpText(
    "after",
    `
Put the query in single quotes: in double ones a shell takes $eq1 for a variable.

Examples:
  $ brainatlas pull rma 'model::Gene,rma::criteria,products[id$eq1]'
  $ brainatlas pull rma 'Structure[graph_id$eq1]' --to rows`,
  );
  command.action((query: string) => {
    const { limit } = command.opts<RmaPlanOptions>();
    return pull(command, { what: "rma", query, limit });
  });
}
