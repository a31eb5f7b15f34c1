import { DEVELOPING_GENES } from "./gene-table.ts";
import { GENES_OF_EXPERIMENTS, SAMPLE_GENES, type SampleGene, sampleGene } from "./genes.ts";
import { DEVELOPING_AGE_NAMES, PRODUCT } from "./taxonomy.ts";

const CORONAL = 1;
const SAGITTAL = 2;

/** One in-situ hybridisation experiment. */
export interface IshExperiment {
  readonly id: number;
  readonly gene: SampleGene;
  readonly planeId: 1 | 2;
  readonly failed: boolean;
  /** Name of the donor's age. */
  readonly age: string;
  readonly productId: number;
  /** Name of the donor, which says that it is of the sample. */
  readonly donor: string;
}

/** Experiments that documentation names: data set, gene by acronym, plane. */
const DOCUMENTED: readonly (readonly [id: number, gene: string, planeId: 1 | 2])[] = [
  [69782969, "Pdyn", SAGITTAL],
  [71587929, "Sample1", SAGITTAL],
  [988, "Snca", SAGITTAL],
  [990, "Snca", SAGITTAL],
  [79904550, "Snca", SAGITTAL],
  [986, "Snca", CORONAL],
  [79908848, "Snca", CORONAL],
  [1612, "Gba", SAGITTAL],
  [1611, "Gba", CORONAL],
  [73834415, "Elf4", SAGITTAL],
  [77464840, "Elf4", SAGITTAL],
  [70238925, "Sample84193", SAGITTAL],
  [71147924, "Sample84193", SAGITTAL],
  [71213117, "Sample84193", SAGITTAL],
  [74047443, "Sample84193", CORONAL],
  [69289721, "Sample18608", SAGITTAL],
  [69289763, "Prox1", SAGITTAL],
];

const FIRST_ADULT_ID = 910_000_001;
const FIRST_DEVELOPING_ID = 911_000_001;

/** Adult experiments: those of documentation, then up to three for each further gene. */
export const ADULT_EXPERIMENTS: readonly IshExperiment[] = [
  ...DOCUMENTED.map(([id, acronym, planeId]) => adult(id, sampleGene(acronym), planeId, false)),
  ...GENES_OF_EXPERIMENTS.flatMap(madeUp),
];

/** Every gene has a sagittal experiment, every third a coronal one, every fifth a sagittal one that failed. */
function madeUp(gene: SampleGene, index: number): readonly IshExperiment[] {
  const id = FIRST_ADULT_ID + index * 10;
  return [
    adult(id, gene, SAGITTAL, false),
    ...(index % 3 === 0 ? [adult(id + 1, gene, CORONAL, false)] : []),
    ...(index % 5 === 0 ? [adult(id + 2, gene, SAGITTAL, true)] : []),
  ];
}

function adult(id: number, gene: SampleGene, planeId: 1 | 2, failed: boolean): IshExperiment {
  return { id, gene, planeId, failed, age: "P56", productId: PRODUCT.mouse, donor: `Sample-${gene.acronym}-${id}` };
}

/** Sagittal series of a few genes through all ages of the developing mouse. */
export const DEVELOPING_EXPERIMENTS: readonly IshExperiment[] = DEVELOPING_GENES.flatMap((acronym, row) =>
  DEVELOPING_AGE_NAMES.map((age, column) => ({
    id: FIRST_DEVELOPING_ID + row * 10 + column,
    gene: sampleGene(acronym),
    planeId: SAGITTAL,
    failed: row === 0 && column === 0,
    age,
    productId: PRODUCT.developingMouse,
    donor: `Sample-${acronym}-${age}`,
  })),
);

/**
 * Number that tells a gene from others wherever values are made up.
 *
 * @example geneNumber(SAMPLE_GENES[3]) // → 3
 */
export function geneNumber(gene: SampleGene): number {
  return SAMPLE_GENES.indexOf(gene);
}
