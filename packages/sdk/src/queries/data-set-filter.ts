import { PLANES, type PlaneName } from "./names.ts";
import { checkFailed, idList, type Keys, keyList, nameList, type OneOrMore, textList } from "./values.ts";

/** Which section data sets `find` gives; conditions add up. */
export interface FindOptions {
  /** Gene, by its acronym or id; acronyms are case-sensitive, and mouse has "Pdyn" where human has "PDYN". @default any */
  readonly gene?: OneOrMore<number> | OneOrMore<string> | undefined;
  /** Product, by its abbreviation, such as `Mouse`, or id. @default any */
  readonly product?: OneOrMore<number> | OneOrMore<string> | undefined;
  /** Plane of section. @default any */
  readonly plane?: OneOrMore<PlaneName> | undefined;
  /** Age of the donor by its name, such as `P56` or `E11.5`. @default any */
  readonly age?: OneOrMore<string> | undefined;
  /** Treatment by its name, such as `ISH` or `NISSL`; case-sensitive. @default any */
  readonly treatment?: OneOrMore<string> | undefined;
  /** Id of the specimen. @default any */
  readonly specimenId?: OneOrMore<number> | undefined;
  /** Id of the reference space: 9 of coronal sets, 10 of sagittal ones. @default any */
  readonly referenceSpaceId?: OneOrMore<number> | undefined;
  /** Whether sets that failed the quality control are left out (`false`), are the only ones (`true`), or are among them. @default false */
  readonly failed?: boolean | "any" | undefined;
}

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
