import { checkCount } from "../check.ts";
import { rma } from "../rma/builder.ts";
import type { ModelRow, QueryOf } from "./model-types.ts";
import { CONNECTIVITY_PRODUCTS } from "./names.ts";
import { byId } from "./section-data-sets.ts";
import { idList, type OneOrMore, textList } from "./values.ts";
import { checkOf, listed } from "./why-empty.ts";

/** Which experiments `experiments` gives; conditions add up. */
export interface ExperimentOptions {
  /** Id of the experiment: that of its section data set. @default all, some 3000 */
  readonly ids?: OneOrMore<number> | undefined;
  /** Acronym of the structure of the injection's center, such as `VISp`; not of those below it. @default any */
  readonly structure?: OneOrMore<string> | undefined;
  /** Id of the structure of the injection's center, in place of its acronym; give those below it too where they count. @default any */
  readonly structureIds?: OneOrMore<number> | undefined;
  /** Transgenic line, such as `Syt6-Cre_KI148`. @default any */
  readonly transgenicLine?: OneOrMore<string> | undefined;
  /** Strain of the mouse, such as `C57BL/6J`. @default any */
  readonly strain?: OneOrMore<string> | undefined;
  /** Id of the product. @default any */
  readonly productIds?: OneOrMore<number> | undefined;
}

/** Which data sets `dataSets` gives. */
export interface DataSetOptions {
  /** Id of the data set. @default all */
  readonly ids?: OneOrMore<number> | undefined;
}

/** What comes with an experiment in `detail`. */
export interface ExperimentDetail {
  /** With `stereotaxic_injections`, of which no columns are known. */
  specimen: (ModelRow<"Specimen"> & { stereotaxic_injections: Record<string, unknown>[] }) | null;
  equalization: ModelRow<"Equalization"> | null;
  sub_images: ModelRow<"SubImage">[];
}

/** What comes with an experiment in `injectionSummary`. */
export interface InjectionSummary {
  specimen:
    | (ModelRow<"Specimen"> & {
        donor:
          | (ModelRow<"Donor"> & {
              transgenic_mouse:
                | (ModelRow<"TransgenicMouse"> & { transgenic_lines: ModelRow<"TransgenicLine">[] })
                | null;
            })
          | null;
        injections: (ModelRow<"Injection"> & {
          structure: ModelRow<"Structure"> | null;
          age: ModelRow<"Age"> | null;
        })[];
      })
    | null;
  equalization: ModelRow<"Equalization"> | null;
  products: ModelRow<"Product">[];
}

/** What comes with an experiment in `projectionImage`. */
export interface ProjectionImage {
  equalization: ModelRow<"Equalization"> | null;
  sub_images: ModelRow<"SubImage">[];
}

/**
 * Connectivity experiments with their injections, a row each; coordinates of injections are µm of reference space, volumes mm³.
 *
 * @throws {RangeError} If a list is empty, or an id is no whole number above 0.
 * @throws {TypeError} If structures are given by ids and acronyms.
 * @example String(experiments({ structure: "MOs" })) // → "model::ApiConnectivity,rma::criteria,[structure_abbrev$in'MOs'],rma::options[order$eq'data_set_id']"
 */
export function experiments(options: ExperimentOptions = {}): QueryOf<"ApiConnectivity"> {
  const { ids, structure, structureIds, transgenicLine, strain, productIds } = options;
  if (structure !== undefined && structureIds !== undefined) {
    throw new TypeError("Cannot use structure and structureIds together; give one of them");
  }
  // This table has no `id`, by which rows would be ordered otherwise.
  const all = rma("ApiConnectivity").orderBy("data_set_id");
  let query = all;
  if (ids !== undefined) query = query.where("data_set_id", "in", idList("ids", ids));
  if (structure !== undefined) query = query.where("structure_abbrev", "in", textList("structure", structure));
  if (structureIds !== undefined) query = query.where("structure_id", "in", idList("structureIds", structureIds));
  if (transgenicLine !== undefined) {
    query = query.where("transgenic_line", "in", textList("transgenicLine", transgenicLine));
  }
  if (strain !== undefined) query = query.where("strain", "in", textList("strain", strain));
  if (productIds !== undefined) query = query.where("product_id", "in", idList("productIds", productIds));
  if (typeof structure !== "string") return query;
  return query.whenEmpty(
    checkOf(all.where("structure_abbrev", "il", structure.trim()), (rows) => {
      const found = rows.map((row) => row.structure_abbrev);
      if (rows.length === 0) {
        return `No injection has its center in structure "${structure}"; give a structure of the finest level, or search with the service mouse_connectivity_injection_structure`;
      }
      return found.includes(structure)
        ? `There are injections in structure "${structure}", but none that meet the other conditions; leave some of them out`
        : `No injection has its center in structure "${structure}", but there are some in ${listed(found)}; give it in that spelling`;
    }),
  );
}

/**
 * The section data sets of the connectivity atlas that did not fail.
 *
 * @throws {RangeError} If an id is no whole number above 0.
 * @example String(dataSets()) // → "model::SectionDataSet,rma::criteria,[failed$eqfalse],products[id$in5,31]"
 */
export function dataSets({ ids }: DataSetOptions = {}): QueryOf<"SectionDataSet"> {
  const all = rma("SectionDataSet")
    .where("failed", "eq", false)
    .via("products", (product) => product.where("id", "in", CONNECTIVITY_PRODUCTS));
  if (ids === undefined) return all;
  const wanted = idList("ids", ids);
  return all.where("id", "in", wanted).whenEmpty(
    checkOf(rma("SectionDataSet").where("id", "in", wanted).include("products"), (rows) => {
      if (rows.length === 0)
        return `There is no section data set ${listed(wanted)}; connectivity.experiments() lists them`;
      if (rows.some((row) => row.failed !== true && row.products.some(isConnectivity))) return undefined;
      if (rows.some((row) => row.products.some(isConnectivity))) {
        return `Section data set ${listed(wanted)} failed the quality control; sectionDataSets.byId() gives it all the same`;
      }
      const products = listed(rows.flatMap((row) => row.products.map((product) => product.abbreviation)));
      return `Section data set ${listed(wanted)} is none of the connectivity atlas, but of product ${products || "none"}; use sectionDataSets.byId()`;
    }),
  );
}

function isConnectivity(product: ModelRow<"Product">): boolean {
  return CONNECTIVITY_PRODUCTS.some((id) => id === product.id);
}

/**
 * An experiment with its stereotaxic injections, colour bounds and images, these in the order of sections.
 *
 * @throws {RangeError} If the id is no whole number above 0.
 * @example String(detail(126862385)) // → "model::SectionDataSet,rma::criteria,[id$in126862385],rma::include,specimen(stereotaxic_injections(primary_injection_structure,structures,stereotaxic_injection_coordinates)),equalization,sub_images,rma::options[order$eq'sub_images.section_number']"
 */
export function detail(id: number): QueryOf<"SectionDataSet", ExperimentDetail> {
  return byId(id)
    .include("specimen", (specimen) =>
      specimen.include("stereotaxic_injections", (injection) =>
        injection
          .include("primary_injection_structure")
          .include("structures")
          .include("stereotaxic_injection_coordinates"),
      ),
    )
    .include("equalization")
    .include("sub_images")
    .orderBy("sub_images.section_number");
}

/**
 * An experiment with the donor's transgenic lines, the injections as the experimenter noted them, colour bounds and products.
 *
 * @throws {RangeError} If the id is no whole number above 0.
 * @example String(injectionSummary(126862385)) // → "model::SectionDataSet,rma::criteria,[id$in126862385],rma::include,specimen(donor(transgenic_mouse(transgenic_lines)),injections(structure,age)),equalization,products"
 */
export function injectionSummary(id: number): QueryOf<"SectionDataSet", InjectionSummary> {
  return byId(id)
    .include("specimen", (specimen) =>
      specimen
        .include("donor", (donor) => donor.include("transgenic_mouse", (mouse) => mouse.include("transgenic_lines")))
        .include("injections", (injection) => injection.include("structure").include("age")),
    )
    .include("equalization")
    .include("products");
}

/**
 * An experiment with its colour bounds and the one image of a section.
 *
 * @param sectionNumber Number of the section in its specimen.
 * @throws {RangeError} If the id is no whole number above 0, or the section's number none of 0 or more.
 * @example String(projectionImage(126862385, 71)) // → "model::SectionDataSet,rma::criteria,[id$in126862385],rma::include,equalization,sub_images[section_number$eq71]"
 */
export function projectionImage(id: number, sectionNumber: number): QueryOf<"SectionDataSet", ProjectionImage> {
  const section = checkCount("sectionNumber", sectionNumber, 0);
  return byId(id)
    .include("equalization")
    .include("sub_images", (image) => image.where("section_number", "eq", section));
}

/**
 * The injections of specimens, as the experimenter noted them, with the structures.
 *
 * @throws {RangeError} If there is no id, or one that is no whole number above 0.
 * @example String(injections(113817886)) // → "model::Injection,rma::criteria,[specimen_id$in113817886],rma::include,structure"
 */
export function injections(
  specimenIds: OneOrMore<number>,
): QueryOf<"Injection", { structure: ModelRow<"Structure"> | null }> {
  return rma("Injection").where("specimen_id", "in", idList("specimenIds", specimenIds)).include("structure");
}
