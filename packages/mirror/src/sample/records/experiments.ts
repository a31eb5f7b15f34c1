import type { ModelRow } from "../../records/model-row.ts";
import { SAMPLE_DATA_SETS, type SampleDataSet } from "../data-sets.ts";
import { alignment3dRecord } from "./alignments.ts";
import { animalRecords } from "./animals.ts";
import { ADULT_EXPERIMENTS, DEVELOPING_EXPERIMENTS, type IshExperiment } from "./experiment-table.ts";
import { record, stubs } from "./record.ts";
import { ANTISENSE, ISH_TREATMENT } from "./taxonomy.ts";

const THICKNESS_UM = { adult: 25, developing: 20 } as const;
const CORONAL_SPACE = 9;
/** Adult sagittal data lie in the flipped space, but for those that the sample draws. */
const SAGITTAL_SPACE = 10;

/** In-situ hybridisation: for each experiment its animal, its probe and its data set. */
export function* experimentRecords(): Generator<ModelRow> {
  for (const experiment of [...ADULT_EXPERIMENTS, ...DEVELOPING_EXPERIMENTS]) {
    const { id, gene, age, donor } = experiment;
    yield* animalRecords({ dataSetId: id, name: donor, age, isIsh: true });
    yield record("Probe", {
      id,
      name: `Sample-RP-${id}`,
      label: `Probe of ${donor} (synthetic)`,
      orientation_id: ANTISENSE,
      gene_id: gene.id,
      probe_type: "RNA",
      products: stubs(experiment.productId),
    });
    const drawn = SAMPLE_DATA_SETS.find((set) => set.id === id);
    yield dataSet(experiment, drawn);
    if (drawn !== undefined) yield alignment3dRecord(drawn);
  }
}

function dataSet(experiment: IshExperiment, drawn: SampleDataSet | undefined): ModelRow {
  const { id, gene, planeId, failed, age, productId } = experiment;
  const isAdult = age === "P56";
  const space = planeId === 1 ? CORONAL_SPACE : SAGITTAL_SPACE;
  return record("SectionDataSet", {
    id,
    specimen_id: id,
    plane_of_section_id: planeId,
    failed,
    // Masks are there where the sample has pictures.
    expression: drawn !== undefined,
    section_thickness: drawn?.section_thickness ?? (isAdult ? THICKNESS_UM.adult : THICKNESS_UM.developing),
    reference_space_id: drawn?.reference_space_id ?? (isAdult ? space : null),
    storage_directory: `/external/sample/set_${id}/`,
    genes: stubs(gene.id),
    probes: stubs(id),
    products: stubs(productId),
    treatments: stubs(ISH_TREATMENT),
  });
}
