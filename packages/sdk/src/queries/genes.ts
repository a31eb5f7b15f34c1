import { rma } from "../rma/builder.ts";
import type { EmptyCheck } from "../rma/builder-stages.ts";
import type { ModelRow, QueryOf } from "./model-types.ts";
import { ORGANISMS, type OrganismName } from "./names.ts";
import { productIn } from "./scopes.ts";
import { checkName, idList, keyList, type OneOrMore, textList } from "./values.ts";
import { CHECKED_ROWS, checkOf, explained, explainedIds } from "./why-empty.ts";

/** Where `byAcronym` looks. */
export interface GeneOptions {
  /** Organism, by its common name or id. @default any */
  readonly organism?: OrganismName | number | undefined;
}

/** Which genes `inOrganism` gives. */
export interface OrganismOptions {
  /** Id of the chromosome. @default any */
  readonly chromosomeIds?: OneOrMore<number> | undefined;
}

/**
 * Genes by their acronyms; case-sensitive: mouse has "Pdyn" where human has "PDYN".
 *
 * @throws {RangeError} If there is no acronym, or an organism of that name.
 * @example String(byAcronym("Pdyn", { organism: "mouse" })) // → "model::Gene,rma::criteria,[organism_id$in2][acronym$in'Pdyn']"
 */
export function byAcronym(acronyms: OneOrMore<string>, { organism }: GeneOptions = {}): QueryOf<"Gene"> {
  const wanted = textList("acronyms", acronyms);
  const ids = organism === undefined ? undefined : organismIds(organism);
  const all = ids === undefined ? rma("Gene") : rma("Gene").where("organism_id", "in", ids);
  return explained(all.where("acronym", "in", wanted), checkAcronym(wanted, ids));
}

function organismIds(organism: OrganismName | OneOrMore<number>): readonly number[] {
  if (typeof organism !== "string") return idList("organism", organism);
  const names = Object.keys(ORGANISMS) as OrganismName[]; // Its keys are those of the table.
  return [ORGANISMS[checkName("organism", organism, names)]];
}

/** Asks for the acronym in any case, of any organism. */
function checkAcronym(acronyms: readonly string[], ids: readonly number[] | undefined): EmptyCheck | undefined {
  const [acronym, ...others] = acronyms;
  // The query language has no list of patterns.
  if (acronym === undefined || others.length > 0) return undefined;
  return checkOf(rma("Gene").where("acronym", "il", acronym.trim()).include("organism"), (rows) => {
    if (rows.length === 0) return `No gene of any organism has acronym "${acronym}", in any case of letters`;
    const fits = rows.some((row) => row.acronym === acronym && (ids?.includes(row.organism_id ?? 0) ?? true));
    if (fits || rows.length >= CHECKED_ROWS) return undefined;
    const found = rows.map((row) => `"${row.acronym}" of ${row.organism?.name ?? `organism ${row.organism_id}`}`);
    return `No gene has acronym "${acronym}"${ids ? " in that organism" : ""}, but there is ${[...new Set(found)].join(", ")}; give one of these`;
  });
}

/**
 * Genes by their ids, which are the service's own and not those of Entrez.
 *
 * @throws {RangeError} If there is no id, or one that is no whole number above 0.
 * @example String(byId(15).include("organism")) // → "model::Gene,rma::criteria,[id$in15],rma::include,organism"
 */
export function byId(ids: OneOrMore<number>): QueryOf<"Gene"> {
  const wanted = idList("ids", ids);
  const advice = "genes.byEntrezId() takes ids of Entrez, genes.byAcronym() acronyms";
  return explainedIds("gene", wanted, rma("Gene").where("id", "in", wanted), advice);
}

/**
 * Genes by their ids in NCBI Entrez.
 *
 * @throws {RangeError} If there is no id, or one that is no whole number above 0.
 * @example String(byEntrezId(18610)) // → "model::Gene,rma::criteria,[entrez_id$in18610]"
 */
export function byEntrezId(entrezIds: OneOrMore<number>): QueryOf<"Gene"> {
  return rma("Gene").where("entrez_id", "in", idList("entrezIds", entrezIds));
}

/**
 * The genes of products, by the products' ids or abbreviations.
 *
 * @throws {RangeError} If there is no product, or an id that is no whole number above 0.
 * @throws {TypeError} If ids and abbreviations are mixed.
 * @example String(ofProduct(1)) // → "model::Gene,rma::criteria,products[id$in1]"
 */
export function ofProduct(products: OneOrMore<number> | OneOrMore<string>): QueryOf<"Gene"> {
  return rma("Gene").via("products", productIn(keyList("products", products)));
}

/**
 * The genes of organisms, by a common name or ids, with their chromosomes.
 *
 * @throws {RangeError} If there is no id, or one that is no whole number above 0, or a name is unknown.
 * @example String(inOrganism("mouse", { chromosomeIds: 12 })) // → "model::Gene,rma::criteria,[organism_id$in2][chromosome_id$in12],rma::include,chromosome"
 */
export function inOrganism(
  organism: OrganismName | OneOrMore<number>,
  { chromosomeIds }: OrganismOptions = {},
): QueryOf<"Gene", { chromosome: ModelRow<"Chromosome"> | null }> {
  const all = rma("Gene").where("organism_id", "in", organismIds(organism));
  const query =
    chromosomeIds === undefined ? all : all.where("chromosome_id", "in", idList("chromosomeIds", chromosomeIds));
  return query.include("chromosome");
}
