import { rma } from "../rma/builder.ts";
import type { EmptyCheck } from "../rma/builder-stages.ts";
import type { DataSetFilter } from "./data-set-filter.ts";
import type { ModelRow, QueryOf } from "./model-types.ts";
import { geneIn } from "./scopes.ts";
import type { Keys } from "./values.ts";
import { CHECKED_ROWS, checkOf, listed, missingIds, missingName } from "./why-empty.ts";

/** A data set with what conditions are on. */
interface Candidate extends ModelRow<"SectionDataSet"> {
  readonly genes: readonly ModelRow<"Gene">[];
  readonly products: readonly ModelRow<"Product">[];
  readonly treatments: readonly ModelRow<"Treatment">[];
  readonly plane_of_section: ModelRow<"PlaneOfSection"> | null;
  readonly specimen: { readonly donor: { readonly age: ModelRow<"Age"> | null } | null } | null;
}

/** The one question that most likely tells why no data set meets the conditions. */
export function checkDataSets(filter: DataSetFilter): EmptyCheck | undefined {
  const { gene, specimenIds, treatments, product, ages } = filter;
  if (gene !== undefined) return checkGene(filter, gene);
  if (specimenIds !== undefined) return checkSpecimens(filter, specimenIds);
  // Treatments come in capitals: the likeliest slip of those that are left.
  if (treatments !== undefined) {
    return missingName("treatment", treatments, (name) => rma("Treatment").where("name", "il", name), "leave it out");
  }
  if (product !== undefined) return checkProduct(product);
  if (ages === undefined) return undefined;
  return missingName("age", ages, (name) => rma("Age").where("name", "il", name), "ages.all() lists what there is");
}

/** Asks for the data sets of the gene, in any case of its acronym, and without the other conditions. */
function checkGene(filter: DataSetFilter, gene: Keys): EmptyCheck | undefined {
  const [acronym, ...others] = "names" in gene ? gene.names : [];
  // The query language has no list of patterns.
  if (others.length > 0) return undefined;
  const sets = rma("SectionDataSet").via("genes", (each) =>
    acronym === undefined ? geneIn(gene)(each) : each.where("acronym", "il", acronym.trim()),
  );
  const label = acronym === undefined ? `gene ${"ids" in gene ? gene.ids.join(", ") : ""}` : `gene "${acronym}"`;
  return checkOf(withDetails(sets), (rows: readonly Candidate[]) => {
    if (rows.length === 0)
      return `No section data set is of ${label}; genes.byAcronym() and .byId() tell whether it is there`;
    const own = rows.filter((row) => acronym === undefined || row.genes.some((each) => each.acronym === acronym));
    if (own.length > 0) return explainConditions(filter, label, own, rows.length >= CHECKED_ROWS);
    const found = listed(rows.flatMap((row) => row.genes.map((each) => each.acronym)));
    return `No section data set is of ${label}, but there are some of ${found}; give the acronym in that spelling`;
  });
}

function checkSpecimens(filter: DataSetFilter, ids: readonly number[]): EmptyCheck {
  const label = `specimen ${ids.join(", ")}`;
  const sets = rma("SectionDataSet").where("specimen_id", "in", ids);
  return checkOf(withDetails(sets), (rows: readonly Candidate[]) =>
    rows.length === 0
      ? `No section data set is of ${label}; specimens.byId() tells whether it is there`
      : explainConditions(filter, label, rows, rows.length >= CHECKED_ROWS),
  );
}

/** With what conditions are on. */
function withDetails(sets: QueryOf<"SectionDataSet">) {
  return sets
    .include("genes")
    .include("products")
    .include("treatments")
    .include("plane_of_section")
    .include("specimen", (specimen) => specimen.include("donor", (donor) => donor.include("age")));
}

/** Takes the conditions one by one, and stops at the one that leaves nothing. */
function explainConditions(
  { failed, product, planes, ages, treatments, spaceIds }: DataSetFilter,
  label: string,
  rows: readonly Candidate[],
  more: boolean,
): string | undefined {
  type Condition = [what: string, wanted: readonly unknown[] | undefined, values: (row: Candidate) => unknown[]];
  const byName = product !== undefined && "names" in product;
  const conditions: Condition[] = [
    [
      "product",
      product && ("ids" in product ? product.ids : product.names),
      (row) => row.products.map((each) => (byName ? each.abbreviation : each.id)),
    ],
    ["plane", planes, (row) => [row.plane_of_section?.name]],
    ["age", ages, (row) => [row.specimen?.donor?.age?.name]],
    ["treatment", treatments, (row) => row.treatments.map((each) => each.name)],
    ["reference space", spaceIds, (row) => [row.reference_space_id]],
  ];
  let left = rows;
  for (const [what, wanted, values] of conditions) {
    const fit = left.filter((row) => wanted === undefined || values(row).some((value) => wanted.includes(value)));
    if (fit.length === 0) {
      const found = listed(left.flatMap(values)) || "none";
      return `None of the ${more ? `first ${rows.length} ` : ""}data sets of ${label} is of ${what} ${listed(wanted ?? [])}; those that fit so far have ${found}`;
    }
    left = fit;
  }
  if (failed === "any" || more || left.some((row) => row.failed === failed)) return undefined;
  const state = failed ? "passed" : "failed";
  return `What fits of ${label} ${state} the quality control (data set ${listed(left.map((row) => row.id))}); pass failed: "any" to get it too`;
}

/** Asks for the products of these ids, or of abbreviations like the one given. */
export function checkProduct(product: Keys): EmptyCheck | undefined {
  const advice = "products.all() lists what there is";
  const products = rma("Product");
  if ("ids" in product) return missingIds("product", product.ids, products.where("id", "in", product.ids), advice);
  const ask = (pattern: string) => products.where("abbreviation", "il", pattern);
  return missingName("product", product.names, ask, advice, (row) => row.abbreviation);
}
