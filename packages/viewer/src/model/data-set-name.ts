import { withoutTurns } from "./plain-words.ts";

/** What the name of a data set is made of. */
export interface DataSetFacts {
  readonly id: number;
  /** Servers may leave it out, as they may the products. */
  readonly genes?: readonly ({ readonly acronym: string | null } | null)[] | null;
  readonly products?: readonly ({ readonly name: string | null } | null)[] | null;
}

/** Whether a data set is a tracer experiment: of a product of connectivity, and of no gene. */
export function isProjection({ genes, products }: DataSetFacts): boolean {
  return (
    (genes?.[0]?.acronym ?? undefined) === undefined &&
    products?.some((product) => product?.name?.includes("Connectivity")) === true
  );
}

/** Name of a data set, such as "Pdyn, sagittal, 69782969". */
export function dataSetName(facts: DataSetFacts, plane: string | undefined): string {
  const what = facts.genes?.[0]?.acronym ?? (isProjection(facts) ? "Projection" : "Data set");
  return withoutTurns([what, plane, facts.id].filter(Boolean).join(", "));
}
