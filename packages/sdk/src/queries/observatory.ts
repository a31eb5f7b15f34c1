import { rma } from "../rma/builder.ts";
import type { ModelQuery } from "../rma/builder-query.ts";
import type { UntypedModel } from "../rma/schema-types.ts";
import type { QueryOf } from "./model-types.ts";
import { idList, type OneOrMore, textList } from "./values.ts";
import { checkOf, explainedIds, listed, missingIds } from "./why-empty.ts";

export {
  type ContainerOptions,
  experimentContainers,
  type IsiOptions,
  isiExperiments,
  type OphysOptions,
  ophysExperiments,
  type SessionName,
  type WithContainer,
  type WithIsiContainer,
  type WithOphys,
} from "./observatory-experiments.ts";

/** Which stimulus mappings `stimulusMappings` gives. */
export interface MappingOptions {
  /** Id of the mapping. @default all */
  readonly ids?: OneOrMore<number> | undefined;
}

/** Which cells `cellMetrics` gives. */
export interface CellMetricOptions {
  /** Id of the cell specimen. @default all, some ten thousand */
  readonly cellSpecimenIds?: OneOrMore<number> | undefined;
  /** Id of the experiment container. @default all */
  readonly containerIds?: OneOrMore<number> | undefined;
}

/** Which containers `containerMetrics` is about. */
export interface ContainerMetricOptions {
  /** Id of the metric. @default all */
  readonly ids?: OneOrMore<number> | undefined;
}

/** Which columns `columnDefinitions` gives. */
export interface ColumnOptions {
  /** Model that the columns belong to, such as `ApiCamCellMetric`. @default all */
  readonly model?: OneOrMore<string> | undefined;
}

/**
 * Which metrics and pictures go with which stimulus.
 *
 * @throws {RangeError} If an id is no whole number above 0.
 * @example String(stimulusMappings({ ids: [15, 43] })) // → "model::ApiCamStimulusMapping,rma::criteria,[id$in15,43]"
 */
export function stimulusMappings({ ids }: MappingOptions = {}): QueryOf<"ApiCamStimulusMapping"> {
  const all = rma("ApiCamStimulusMapping");
  if (ids === undefined) return all;
  const wanted = idList("ids", ids);
  const advice = "observatory.stimulusMappings() lists what there is";
  return explainedIds("stimulus mapping", wanted, all.where("id", "in", wanted), advice);
}

/**
 * Tuning metrics of the cells, in the order of their ids.
 *
 * @throws {RangeError} If an id is no whole number above 0.
 * @example String(cellMetrics({ cellSpecimenIds: 517394843 })) // → "model::ApiCamCellMetric,rma::criteria,[cell_specimen_id$in517394843],rma::options[order$eq'cell_specimen_id']"
 */
export function cellMetrics({ cellSpecimenIds, containerIds }: CellMetricOptions = {}): QueryOf<"ApiCamCellMetric"> {
  // This table has no `id`, by which rows would be ordered otherwise.
  let query = rma("ApiCamCellMetric").orderBy("cell_specimen_id");
  if (cellSpecimenIds !== undefined) {
    query = query.where("cell_specimen_id", "in", idList("cellSpecimenIds", cellSpecimenIds));
  }
  if (containerIds === undefined) return query;
  const containers = idList("containerIds", containerIds);
  return query
    .where("experiment_container_id", "in", containers)
    .whenEmpty(
      missingIds(
        "experiment container",
        containers,
        rma("ExperimentContainer").where("id", "in", containers),
        "observatory.experimentContainers() lists what there is",
      ),
    );
}

/**
 * Metrics of experiment containers. Nothing is known of their columns.
 *
 * @throws {RangeError} If an id is no whole number above 0.
 * @example String(containerMetrics({ ids: 511510753 })) // → "model::ApiCamExperimentContainerMetric,rma::criteria,[id$in511510753]"
 */
export function containerMetrics({ ids }: ContainerMetricOptions = {}): ModelQuery<UntypedModel> {
  const all = rma.untyped("ApiCamExperimentContainerMetric");
  return ids === undefined ? all : all.where("id", "in", idList("ids", ids));
}

/**
 * What the columns of the tables for web applications mean. Nothing is known of its own columns but `api_class_name`.
 *
 * @throws {RangeError} If there is no model.
 * @example String(columnDefinitions({ model: "ApiCamCellMetric" })) // → "model::ApiColumnDefinition,rma::criteria,[api_class_name$in'ApiCamCellMetric']"
 */
export function columnDefinitions({ model }: ColumnOptions = {}): ModelQuery<UntypedModel> {
  const all = rma.untyped("ApiColumnDefinition");
  if (model === undefined) return all;
  const wanted = textList("model", model);
  return all
    .where("api_class_name", "in", wanted)
    .whenEmpty(
      checkOf(columnModels(), (rows) =>
        rows.length === 0
          ? undefined
          : `There are no definitions for ${listed(wanted)}, but for ${listed(rows.map((row) => row.api_class_name))} and maybe others`,
      ),
    );
}

/**
 * The models that `columnDefinitions` knows, each once.
 *
 * @example String(columnModels()) // → "model::ApiColumnDefinition,rma::options[tabular$eq'distinct api_class_name'][order$eq'api_class_name']"
 */
export function columnModels(): ModelQuery<UntypedModel, { api_class_name: unknown }> {
  return rma.untyped("ApiColumnDefinition").tabular("distinct api_class_name").orderBy("api_class_name");
}
