/** One recorded cell of the sample. */
export interface SampleCell {
  /** Specimen; donor, features and results bear the same id, each in its own table. */
  readonly id: number;
  /** Layer of the primary visual area that it lies in. */
  readonly layer: string;
  readonly dendrite: "aspiny" | "sparsely spiny" | "spiny";
  readonly line: string;
  /** NeuronReconstruction of it. */
  readonly reconstructionId?: number;
  /** NeuronalModel of it. */
  readonly modelId?: number;
}

/** Ids of documentation where it has them; all that the records say of the cells is made up. */
export const CELLS: readonly SampleCell[] = [
  {
    id: 386049446,
    layer: "4",
    dendrite: "aspiny",
    line: "Pvalb-IRES-Cre",
    reconstructionId: 491459171,
    modelId: 472451419,
  },
  { id: 480114344, layer: "5", dendrite: "spiny", line: "Rbp4-Cre_KL100", reconstructionId: 900_000_002 },
  {
    id: 930_000_001,
    layer: "2/3",
    dendrite: "spiny",
    line: "Cux2-IRES-Cre",
    reconstructionId: 900_000_005,
    modelId: 900_000_003,
  },
  { id: 930_000_002, layer: "5", dendrite: "aspiny", line: "Sst-IRES-Cre", reconstructionId: 900_000_004 },
  { id: 930_000_003, layer: "6a", dendrite: "spiny", line: "Emx1-IRES-Cre" },
  { id: 930_000_004, layer: "2/3", dendrite: "sparsely spiny", line: "Sst-IRES-Cre", modelId: 900_000_006 },
];

/** Kinds of model, one record each: clients find models by these ids. */
export const MODEL_TEMPLATES: readonly (readonly [id: number, name: string])[] = [
  [329230710, "Biophysical - perisomatic"],
  [491455321, "Biophysical - all active"],
  [395310469, "Leaky Integrate and Fire (LIF)"],
];
