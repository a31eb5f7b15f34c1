/** A model whose rows join two others, and the table of pairs that says the same. */
export interface LinkingModel {
  readonly table: string;
  /** Columns of the table of pairs, and of the row, for either side. */
  readonly sides: readonly [LinkSide, LinkSide];
}

interface LinkSide {
  readonly link: string;
  readonly key: string;
}

/** The service answers associations "through" such rows; here they are pairs, which the rows are to make. */
export const LINKING_MODELS: Readonly<Record<string, LinkingModel>> = {
  StructureSetsStructure: {
    table: "links_structure_sets_structures",
    sides: [
      { link: "structure_sets_id", key: "structure_set_id" },
      { link: "structures_id", key: "structure_id" },
    ],
  },
  DonorConditionValue: {
    table: "links_conditions_donors",
    sides: [
      { link: "conditions_id", key: "condition_id" },
      { link: "donors_id", key: "donor_id" },
    ],
  },
};
