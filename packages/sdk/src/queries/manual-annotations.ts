import { rma } from "../rma/builder.ts";
import type { EmptyCheck } from "../rma/builder-stages.ts";
import type { ModelRow, QueryOf } from "./model-types.ts";
import { CALLS, type Call, PATTERNS, type Pattern } from "./names.ts";
import { idList, nameList, type OneOrMore, textList } from "./values.ts";
import { checkOf, listed } from "./why-empty.ts";

/** Which annotations `ofDataSet` gives. */
export interface AnnotationOptions {
  /** Id of the structure. @default all */
  readonly structureIds?: OneOrMore<number> | undefined;
}

/** What `dataSets` looks for; conditions add up. */
export interface AnnotatedDataSetOptions {
  /** Intensity of expression. @default any */
  readonly intensity?: OneOrMore<Call> | undefined;
  /** Density of expression. @default any */
  readonly density?: OneOrMore<Call> | undefined;
  /** Pattern of expression. @default any */
  readonly pattern?: OneOrMore<Pattern> | undefined;
  /** Age of the donor by its name, such as `E11.5`. @default any */
  readonly age?: OneOrMore<string> | undefined;
}

/** What comes with an annotated data set. */
export interface AnnotatedDataSet {
  specimen: (ModelRow<"Specimen"> & { donor: (ModelRow<"Donor"> & { age: ModelRow<"Age"> | null }) | null }) | null;
  probes: (ModelRow<"Probe"> & { gene: ModelRow<"Gene"> | null })[];
  plane_of_section: ModelRow<"PlaneOfSection"> | null;
}

/**
 * What annotators noted on the expression in structures, for data sets of the developing mouse.
 *
 * @throws {RangeError} If there is no id, or one that is no whole number above 0.
 * @example String(ofDataSet(100055044)) // → "model::ManualAnnotation,rma::criteria,[section_data_set_id$in100055044]"
 */
export function ofDataSet(
  dataSetIds: OneOrMore<number>,
  { structureIds }: AnnotationOptions = {},
): QueryOf<"ManualAnnotation"> {
  const query = rma("ManualAnnotation").where("section_data_set_id", "in", idList("dataSetIds", dataSetIds));
  if (structureIds === undefined) return query;
  return query.where("structure_id", "in", idList("structureIds", structureIds));
}

/**
 * Section data sets by what annotators noted on the expression in structures, with donor, probes and plane; ordered by gene and age.
 *
 * @throws {RangeError} If there is no id, or one that is no whole number above 0, or a call is unknown.
 * @example String(dataSets(112763676, { intensity: ["High", "Low"], age: "E11.5" })) // → "model::SectionDataSet,rma::criteria,manual_annotations[intensity_call$in'High','Low'](structure[id$in112763676]),rma::include,specimen(donor(age[name$in'E11.5'])),probes(gene),plane_of_section,rma::options[order$eq'genes.acronym,ages.embryonic$desc,ages.days,data_sets.id']"
 */
export function dataSets(
  structureIds: OneOrMore<number>,
  options: AnnotatedDataSetOptions = {},
): QueryOf<"SectionDataSet", AnnotatedDataSet> {
  const { intensity, density, pattern, age } = options;
  const structures = idList("structureIds", structureIds);
  const ages = age === undefined ? undefined : textList("age", age);
  return rma("SectionDataSet")
    .via("manual_annotations", (annotation) => {
      let scope = annotation;
      if (intensity !== undefined) scope = scope.where("intensity_call", "in", nameList("intensity", intensity, CALLS));
      if (density !== undefined) scope = scope.where("density_call", "in", nameList("density", density, CALLS));
      if (pattern !== undefined) scope = scope.where("pattern_call", "in", nameList("pattern", pattern, PATTERNS));
      return scope.via("structure", (structure) => structure.where("id", "in", structures));
    })
    .whenEmpty(checkAnnotations(structures))
    .include("specimen", (specimen) =>
      // The filter in the include restricts the data sets too.
      specimen.include("donor", (donor) =>
        donor.include("age", (each) => (ages === undefined ? each : each.where("name", "in", ages))),
      ),
    )
    .include("probes", (probe) => probe.include("gene"))
    .include("plane_of_section")
    .orderBy("genes.acronym")
    .orderBy("ages.embryonic", "desc")
    .orderBy("ages.days")
    .orderBy("data_sets.id");
}

/** Asks for annotations of the structures alone. */
function checkAnnotations(structures: readonly number[]): EmptyCheck {
  return checkOf(rma("ManualAnnotation").where("structure_id", "in", structures), (rows) =>
    rows.length === 0
      ? `No data set has annotations of structure ${listed(structures)}; give structures of graph 17, the developing mouse`
      : `There are annotations of structure ${listed(structures)}, but none that meet the other conditions; leave some of them out`,
  );
}
