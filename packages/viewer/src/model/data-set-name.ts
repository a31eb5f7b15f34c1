/** What the name of a data set is made of. */
export interface DataSetFacts {
  readonly id: number;
  readonly genes: readonly { readonly acronym: string | null }[];
  readonly products: readonly { readonly name: string | null }[];
}

/** Whether a data set is a tracer experiment: of a product of connectivity, and of no gene. */
export function isProjection({ genes, products }: DataSetFacts): boolean {
  return (genes[0]?.acronym ?? undefined) === undefined && products.some(({ name }) => name?.includes("Connectivity"));
}

/** Name of a data set, such as "Pdyn, sagittal, 69782969". */
export function dataSetName(facts: DataSetFacts, plane: string | undefined): string {
  const what = facts.genes[0]?.acronym ?? (isProjection(facts) ? "Projection" : "Data set");
  return [what, plane, facts.id].filter(Boolean).join(", ");
}
