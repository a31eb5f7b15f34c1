import { rma } from "../rma/builder.ts";
import type { ModelRow, QueryOf } from "./model-types.ts";
import type { TypedFile, WithReconstructions, WithRecording } from "./specimens.ts";
import { idList, nameList, type OneOrMore } from "./values.ts";
import { explainedIds } from "./why-empty.ts";

/** Ids of the templates of biophysical models. */
const BIOPHYSICAL = { perisomatic: 329230710, allActive: 491455321 } as const;
/** Ids of the templates of generalised leaky integrate-and-fire models, by their level. */
const GLIF = { 1: 395310469, 2: 395310479, 3: 395310475, 4: 471355161, 5: 395310498 } as const;

/** Which biophysical models `biophysical` gives. */
export interface BiophysicalOptions {
  /** Id of the specimen. @default all */
  readonly specimenIds?: OneOrMore<number> | undefined;
  /** Kind of the model. @default both */
  readonly kind?: OneOrMore<keyof typeof BIOPHYSICAL> | undefined;
}

/** Which GLIF models `glif` gives. */
export interface GlifOptions {
  /** Id of the specimen. @default all */
  readonly specimenIds?: OneOrMore<number> | undefined;
  /** Level from 1 (leaky integrate and fire) to 5. @default all */
  readonly level?: OneOrMore<keyof typeof GLIF> | undefined;
}

/** The files of a model. */
export interface WithFiles {
  well_known_files: TypedFile[];
}

/** All that a simulation of a model needs. */
export interface WithSimulation extends WithFiles {
  neuronal_model_template: (ModelRow<"NeuronalModelTemplate"> & WithFiles) | null;
  specimen:
    | (ModelRow<"Specimen"> & WithRecording & WithReconstructions & { ephys_sweeps: ModelRow<"EphysSweep">[] })
    | null;
}

/**
 * Biophysical models.
 *
 * @throws {RangeError} If an id is no whole number above 0, or a kind is unknown.
 * @example String(biophysical({ specimenIds: 386049446 })) // → "model::NeuronalModel,rma::criteria,[neuronal_model_template_id$in329230710,491455321][specimen_id$in386049446]"
 */
export function biophysical({ specimenIds, kind }: BiophysicalOptions = {}): QueryOf<"NeuronalModel"> {
  const all = Object.keys(BIOPHYSICAL) as (keyof typeof BIOPHYSICAL)[]; // Its keys are those of the table.
  const kinds = kind === undefined ? all : nameList("kind", kind, all);
  return ofTemplates(
    kinds.map((name) => BIOPHYSICAL[name]),
    specimenIds,
  );
}

/**
 * Generalised leaky integrate-and-fire models.
 *
 * @throws {RangeError} If an id is no whole number above 0, or a level is none from 1 to 5.
 * @example String(glif({ specimenIds: 386049446, level: [1, 3] })) // → "model::NeuronalModel,rma::criteria,[neuronal_model_template_id$in395310469,395310475][specimen_id$in386049446]"
 */
export function glif({ specimenIds, level }: GlifOptions = {}): QueryOf<"NeuronalModel"> {
  const levels = level === undefined ? [1, 2, 3, 4, 5] : idList("level", level);
  return ofTemplates(levels.map(glifTemplate), specimenIds);
}

function glifTemplate(level: number): number {
  const id = Object.entries(GLIF).find(([key]) => key === String(level))?.[1];
  if (id !== undefined) return id;
  throw new RangeError(`Cannot use level ${level}; give a whole number from 1 to 5`);
}

function ofTemplates(
  templateIds: readonly number[],
  specimenIds: OneOrMore<number> | undefined,
): QueryOf<"NeuronalModel"> {
  const all = rma("NeuronalModel").where("neuronal_model_template_id", "in", templateIds);
  if (specimenIds === undefined) return all;
  return all.where("specimen_id", "in", idList("specimenIds", specimenIds));
}

/**
 * Neuronal models by their ids, with their files: the parameters of a fit, or the configuration of a neuron.
 *
 * @throws {RangeError} If there is no id, or one that is no whole number above 0.
 * @example String(byId(472451419)) // → "model::NeuronalModel,rma::criteria,[id$in472451419],rma::include,well_known_files(well_known_file_type)"
 */
export function byId(ids: OneOrMore<number>): QueryOf<"NeuronalModel", WithFiles> {
  return models(ids).include("well_known_files", (file) => file.include("well_known_file_type"));
}

function models(ids: OneOrMore<number>): QueryOf<"NeuronalModel"> {
  const wanted = idList("ids", ids);
  const advice = "neuronalModels.biophysical() and .glif() list what there is";
  return explainedIds("neuronal model", wanted, rma("NeuronalModel").where("id", "in", wanted), advice);
}

/**
 * Neuronal models by their ids, with all that a simulation needs: files of the model and of its template, recording,
 * reconstructions and sweeps of the cell.
 *
 * @throws {RangeError} If there is no id, or one that is no whole number above 0.
 * @example String(forSimulation(472451419)) // → "model::NeuronalModel,rma::criteria,[id$in472451419],rma::include,neuronal_model_template(well_known_files(well_known_file_type)),specimen(ephys_result(well_known_files(well_known_file_type)),neuron_reconstructions(well_known_files(well_known_file_type)),ephys_sweeps),well_known_files(well_known_file_type)"
 */
export function forSimulation(ids: OneOrMore<number>): QueryOf<"NeuronalModel", WithSimulation> {
  return models(ids)
    .include("neuronal_model_template", (template) =>
      template.include("well_known_files", (file) => file.include("well_known_file_type")),
    )
    .include("specimen", (cell) =>
      cell
        .include("ephys_result", (result) =>
          result.include("well_known_files", (file) => file.include("well_known_file_type")),
        )
        .include("neuron_reconstructions", (reconstruction) =>
          reconstruction.include("well_known_files", (file) => file.include("well_known_file_type")),
        )
        .include("ephys_sweeps"),
    )
    .include("well_known_files", (file) => file.include("well_known_file_type"));
}

/** The models of a cell, with their templates, files and runs. */
export interface WithModels {
  neuronal_models: (ModelRow<"NeuronalModel"> & {
    well_known_files: ModelRow<"WellKnownFile">[];
    neuronal_model_template: ModelRow<"NeuronalModelTemplate"> | null;
    neuronal_model_runs: Record<string, unknown>[];
  })[];
}

/**
 * Cells with their GLIF models: files, templates, and the runs of each with their files.
 *
 * @throws {RangeError} If there is no id, or one that is no whole number above 0.
 * @example String(glifOfSpecimens(386049446)) // → "model::Specimen,rma::criteria,[id$in386049446],rma::include,neuronal_models(well_known_files,neuronal_model_template[id$in395310469,395310479,395310475,471355161,395310498],neuronal_model_runs(well_known_files))"
 */
export function glifOfSpecimens(specimenIds: OneOrMore<number>): QueryOf<"Specimen", WithModels> {
  return rma("Specimen")
    .where("id", "in", idList("specimenIds", specimenIds))
    .include("neuronal_models", (model) =>
      model
        .include("well_known_files")
        .include("neuronal_model_template", (template) => template.where("id", "in", Object.values(GLIF)))
        .include("neuronal_model_runs", (run) => run.include("well_known_files")),
    );
}

/**
 * The templates of neuronal models.
 *
 * @example String(templates()) // → "model::NeuronalModelTemplate"
 */
export function templates(): QueryOf<"NeuronalModelTemplate"> {
  return rma("NeuronalModelTemplate");
}
