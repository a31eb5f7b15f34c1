import type { ModelRow } from "../../records/model-row.ts";
import { structureCenterRecords } from "./anatomy.ts";
import { atlasRecords } from "./atlases.ts";
import { cellRecords } from "./cells.ts";
import { connectivityRecords } from "./connectivity.ts";
import { annotationRecords } from "./developing.ts";
import { experimentRecords } from "./experiments.ts";
import { expressionRecords } from "./expression.ts";
import { fileRecords } from "./files.ts";
import { geneRecords } from "./genes.ts";
import { humanRecords } from "./human.ts";
import { imageRecords } from "./images.ts";
import { ontologyRecords } from "./ontology.ts";
import { physiologyRecords } from "./physiology.ts";
import { projectionRecords } from "./projection.ts";
import { structureSetRecords } from "./structure-sets.ts";
import { taxonomyRecords } from "./taxonomy.ts";

/**
 * The sample atlas as records of the service's database, family after family; the same every time.
 *
 * Ids, names and colours that documentation has are the public ones. All measurements are synthetic: computed from the
 * sample brain, or made up, under names that say so.
 *
 * A record has the columns of its model, null where nothing is known. Links that go by no column of it are stubs with an id
 * alone, nested under the association's name.
 *
 * @returns Records, made as they are asked for.
 * @example [...sampleRecords()].filter(({ model }) => model === "Organism").length // → 2
 */
export function* sampleRecords(): Generator<ModelRow> {
  yield* taxonomyRecords();
  yield* ontologyRecords();
  yield* structureSetRecords();
  yield* structureCenterRecords();
  yield* geneRecords();
  yield* atlasRecords();
  yield* experimentRecords();
  yield* annotationRecords();
  yield* connectivityRecords();
  yield* imageRecords();
  yield* cellRecords();
  yield* physiologyRecords();
  yield* humanRecords();
  yield* fileRecords();
  yield* expressionRecords();
  yield* projectionRecords();
}
