import { PLANES, type PlaneName } from "./names.ts";
import type { FindOptions } from "./section-data-sets.ts";
import { checkFailed, idList, type Keys, keyList, nameList, type OneOrMore, textList } from "./values.ts";

/** Conditions on section data sets, checked; `undefined` ones were not given. */
export interface DataSetFilter {
  readonly failed: boolean | "any";
  readonly gene: Keys | undefined;
  readonly product: Keys | undefined;
  readonly planes: readonly PlaneName[] | undefined;
  readonly ages: readonly string[] | undefined;
  readonly treatments: readonly string[] | undefined;
  readonly specimenIds: readonly number[] | undefined;
  readonly spaceIds: readonly number[] | undefined;
}

/** Checks the options, and fills in what was not given. */
export function readFilter(options: FindOptions): DataSetFilter {
  const { gene, product, plane, age, treatment, specimenId, referenceSpaceId, failed = false } = options;
  const given = <In, Out>(value: In | undefined, read: (value: In) => Out): Out | undefined =>
    value === undefined ? undefined : read(value);
  const texts = (name: string) => (value: OneOrMore<string>) => textList(name, value);
  const ids = (name: string) => (value: OneOrMore<number>) => idList(name, value);
  return {
    failed: checkFailed(failed),
    gene: given(gene, (value) => keyList("gene", value)),
    product: given(product, (value) => keyList("product", value)),
    planes: given(plane, (value) => nameList("plane", value, PLANES)),
    ages: given(age, texts("age")),
    treatments: given(treatment, texts("treatment")),
    specimenIds: given(specimenId, ids("specimenId")),
    spaceIds: given(referenceSpaceId, ids("referenceSpaceId")),
  };
}
