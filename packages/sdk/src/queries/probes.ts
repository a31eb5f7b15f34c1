import { rma } from "../rma/builder.ts";
import type { QueryOf } from "./model-types.ts";
import { geneIn, productIn } from "./scopes.ts";
import { checkText, idList, keyList, type OneOrMore } from "./values.ts";
import { checkOf, explainedIds } from "./why-empty.ts";

/** Which probes `ofGene` gives. */
export interface ProbeOptions {
  /** Product, by its abbreviation, such as `HumanMA`, or id. @default any */
  readonly product?: OneOrMore<number> | OneOrMore<string> | undefined;
  /** Type of the probe, such as `DNA` or `RNA`. @default any */
  readonly type?: string | undefined;
}

/**
 * The probes of genes, by the genes' acronyms or ids.
 *
 * @throws {RangeError} If there is no gene, or an id that is no whole number above 0.
 * @throws {TypeError} If ids and acronyms are mixed.
 * @example String(ofGene("SLC6A2", { product: "HumanMA", type: "DNA" })) // → "model::Probe,rma::criteria,[probe_type$eq'DNA'],products[abbreviation$in'HumanMA'],gene[acronym$in'SLC6A2']"
 */
export function ofGene(
  genes: OneOrMore<number> | OneOrMore<string>,
  { product, type }: ProbeOptions = {},
): QueryOf<"Probe"> {
  const keys = keyList("genes", genes);
  let query = rma("Probe");
  if (type !== undefined) query = query.where("probe_type", "eq", checkText("type", type));
  if (product !== undefined) {
    const products = keyList("product", product);
    query = query.via("products", productIn(products));
  }
  query = query.via("gene", geneIn(keys));
  const acronym = "names" in keys && keys.names.length === 1 ? keys.names[0] : undefined;
  return acronym === undefined ? query : explainedByGene(query, acronym);
}

/** Asks for probes of the gene in any case of its acronym, and without the other conditions. */
function explainedByGene(query: QueryOf<"Probe">, acronym: string): QueryOf<"Probe"> {
  const relaxed = rma("Probe")
    .via("gene", (gene) => gene.where("acronym", "il", acronym.trim()))
    .include("gene");
  return query.whenEmpty(
    checkOf(relaxed, (rows) => {
      if (rows.length === 0)
        return `No probe is of a gene "${acronym}", in any case of letters; genes.byAcronym() looks for it`;
      const found = [...new Set(rows.flatMap((row) => row.gene?.acronym ?? []))];
      return found.includes(acronym)
        ? `There are probes of gene "${acronym}", but none that meet the other conditions; leave some of them out`
        : `No probe is of a gene "${acronym}", but there are some of "${found.join('", "')}"; give the acronym in that spelling`;
    }),
  );
}

/**
 * Probes by their ids.
 *
 * @throws {RangeError} If there is no id, or one that is no whole number above 0.
 * @example String(byId(1023146)) // → "model::Probe,rma::criteria,[id$in1023146]"
 */
export function byId(ids: OneOrMore<number>): QueryOf<"Probe"> {
  const wanted = idList("ids", ids);
  return explainedIds("probe", wanted, rma("Probe").where("id", "in", wanted), "probes.ofGene() finds those of a gene");
}
