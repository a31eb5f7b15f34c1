import { rma } from "../rma/builder.ts";
import type { QueryOf } from "./model-types.ts";
import { checkBoolean, checkName, idList, nameList, type OneOrMore, textList } from "./values.ts";
import { checkOf, listed } from "./why-empty.ts";

export { ephysFeatures, type FeatureOptions, morphologyFeatures } from "./cell-features.ts";

const SPECIES = { mouse: "Mus musculus", human: "Homo Sapiens" } as const;
const DENDRITES = ["spiny", "aspiny", "sparsely spiny"] as const;
const MODELS = { perisomatic: "m__biophys_perisomatic", allActive: "m__biophys_all_active", glif: "m__glif" } as const;

/** Which cells `find` gives; conditions add up. */
export interface CellOptions {
  /** Species of the donor. @default any */
  readonly species?: keyof typeof SPECIES | undefined;
  /** Area of the cortex by its acronym, without the layer, such as `VISp`. @default any */
  readonly area?: OneOrMore<string> | undefined;
  /** Layer of the cortex as the service writes it, such as `5` or `2/3`. @default any */
  readonly layer?: OneOrMore<string> | undefined;
  /** Transgenic line of the donor, such as `Sst-IRES-Cre`. @default any */
  readonly line?: OneOrMore<string> | undefined;
  /** Status of the reporter, such as `positive`. @default any */
  readonly reporterStatus?: OneOrMore<string> | undefined;
  /** Type of the dendrite. @default any */
  readonly dendriteType?: OneOrMore<(typeof DENDRITES)[number]> | undefined;
  /** Whether the cell must have a reconstruction. @default false */
  readonly reconstructed?: boolean | undefined;
  /** Model that the cell must have. @default any, or none */
  readonly model?: keyof typeof MODELS | undefined;
}

/**
 * Cells of the Cell Types Database that meet all of the conditions, with their most important features, a row each.
 *
 * @throws {RangeError} If a list is empty, or a name is unknown.
 * @example String(find({ species: "mouse", area: "VISp", reconstructed: true })) // → "model::ApiCellTypesSpecimenDetail,rma::criteria,[donor__species$il'Mus musculus'][structure_parent__acronym$in'VISp'][nr__reconstruction_type$nenull],rma::options[order$eq'specimen__id']"
 */
export function find(options: CellOptions = {}): QueryOf<"ApiCellTypesSpecimenDetail"> {
  const { species, area, layer, line, reporterStatus, dendriteType, reconstructed = false, model } = options;
  let query = cells();
  // The service writes the species in more than one case.
  if (species !== undefined) query = query.where("donor__species", "il", SPECIES[keyOf("species", species, SPECIES)]);
  if (area !== undefined) query = query.where("structure_parent__acronym", "in", textList("area", area));
  if (layer !== undefined) query = query.where("structure__layer", "in", textList("layer", layer));
  if (line !== undefined) query = query.where("line_name", "in", textList("line", line));
  if (reporterStatus !== undefined) {
    query = query.where("cell_reporter_status", "in", textList("reporterStatus", reporterStatus));
  }
  if (dendriteType !== undefined) {
    query = query.where("tag__dendrite_type", "in", nameList("dendriteType", dendriteType, DENDRITES));
  }
  if (checkBoolean("reconstructed", reconstructed)) query = query.where("nr__reconstruction_type", "ne", null);
  if (model !== undefined) query = query.where(MODELS[keyOf("model", model, MODELS)], "gt", 0);
  return typeof area === "string" ? explainedByArea(query, area) : query;
}

/** This table has no `id`, by which rows would be ordered otherwise. */
function cells(): QueryOf<"ApiCellTypesSpecimenDetail"> {
  return rma("ApiCellTypesSpecimenDetail").orderBy("specimen__id");
}

function keyOf<Name extends string>(name: string, value: Name, table: Readonly<Record<Name, string>>): Name {
  return checkName(name, value, Object.keys(table) as Name[]); // Its keys are those of the table.
}

/** Asks for cells of the area in any case, and without the other conditions. */
function explainedByArea(
  query: QueryOf<"ApiCellTypesSpecimenDetail">,
  area: string,
): QueryOf<"ApiCellTypesSpecimenDetail"> {
  return query.whenEmpty(
    checkOf(cells().where("structure_parent__acronym", "il", area.trim()), (rows) => {
      const found = rows.map((row) => row.structure_parent__acronym);
      if (rows.length === 0)
        return `No cell is of area "${area}"; give the acronym of a cortical area without its layer`;
      return found.includes(area)
        ? `There are cells of area "${area}", but none that meet the other conditions; leave some of them out`
        : `No cell is of area "${area}", but there are some of ${listed(found)}; give it in that spelling`;
    }),
  );
}

/**
 * Cells by the ids of their specimens.
 *
 * @throws {RangeError} If there is no id, or one that is no whole number above 0.
 * @example String(bySpecimenId(324466858)) // → "model::ApiCellTypesSpecimenDetail,rma::criteria,[specimen__id$in324466858],rma::options[order$eq'specimen__id']"
 */
export function bySpecimenId(specimenIds: OneOrMore<number>): QueryOf<"ApiCellTypesSpecimenDetail"> {
  const wanted = idList("specimenIds", specimenIds);
  const query = cells().where("specimen__id", "in", wanted);
  return query.whenEmpty(
    checkOf(rma("Specimen").where("id", "in", wanted), (rows) =>
      rows.length === 0
        ? `There is no specimen ${listed(wanted)}; cells.find() lists the cells that there are`
        : `Specimen ${listed(rows.map((row) => row.id))} is no cell of the Cell Types Database; cells.find() lists them`,
    ),
  );
}
