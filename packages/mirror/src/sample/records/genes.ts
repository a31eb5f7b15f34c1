import type { ModelRow } from "../../records/model-row.ts";
import { DEVELOPING_GENES, DOCUMENTED_GENES, FURTHER_GENES, type GeneRow } from "./gene-table.ts";
import type { ExpressionPattern } from "./patterns.ts";
import { FIRST_SAMPLE_ID, record, stubs } from "./record.ts";
import { HUMAN, MOUSE, PRODUCT } from "./taxonomy.ts";

/** A gene of the sample. */
export interface SampleGene {
  readonly id: number;
  readonly acronym: string;
  readonly name: string;
  readonly entrezId: number | null;
  readonly pattern: ExpressionPattern;
  readonly aliases: readonly string[];
}

/** Genes that documentation names by id and not by acronym. */
const GENES_BY_ID = [18608, 84193] as const;
const CHROMOSOMES = [...Array.from({ length: 19 }, (_, index) => `${index + 1}`), "X", "Y"];

function geneOf([acronym, name, entrezId, pattern, aliases = []]: GeneRow, index: number): SampleGene {
  return { id: FIRST_SAMPLE_ID + index, acronym, name, entrezId, pattern, aliases };
}

function nameless(id: number): SampleGene {
  const name = `gene ${id}, whose name the sample does not know (synthetic)`;
  return { id, acronym: `Sample${id}`, name, entrezId: null, pattern: "sparse", aliases: [] };
}

/** Genes of the mouse. Ids are the sample's own but for those of documentation. */
export const SAMPLE_GENES: readonly SampleGene[] = [
  ...[...DOCUMENTED_GENES, ...FURTHER_GENES].map(geneOf),
  ...GENES_BY_ID.map(nameless),
];

/** Genes that the sample makes experiments up for. */
export const GENES_OF_EXPERIMENTS: readonly SampleGene[] = SAMPLE_GENES.slice(
  DOCUMENTED_GENES.length,
  DOCUMENTED_GENES.length + FURTHER_GENES.length,
);

/**
 * Gene with an acronym.
 *
 * @throws {RangeError} If the sample has no such gene.
 * @example sampleGene("Pdyn").entrezId // → 18610
 */
export function sampleGene(acronym: string): SampleGene {
  const found = SAMPLE_GENES.find((gene) => gene.acronym === acronym);
  if (found === undefined) throw new RangeError(`Cannot find the gene "${acronym}": not in the sample`);
  return found;
}

/** The one human gene: documentation looks its probes up. */
export const HUMAN_GENE_ID = 900_010_001;

/** Chromosomes of the mouse, genes and their aliases. */
export function* geneRecords(): Generator<ModelRow> {
  for (const [index, name] of CHROMOSOMES.entries()) {
    yield record("Chromosome", { id: index + 1, name, organism_id: MOUSE });
  }
  let aliasId = FIRST_SAMPLE_ID;
  for (const { id, acronym, name, entrezId, aliases } of SAMPLE_GENES) {
    const productIds = DEVELOPING_GENES.includes(acronym) ? [PRODUCT.mouse, PRODUCT.developingMouse] : [PRODUCT.mouse];
    yield gene({ id, acronym, name, entrez_id: entrezId, organism_id: MOUSE }, productIds);
    for (const alias of aliases) yield record("GeneAlias", { id: aliasId++, gene_id: id, acronym: alias });
  }
  const name = "solute carrier family 6 member 2";
  yield gene({ id: HUMAN_GENE_ID, acronym: "SLC6A2", name, organism_id: HUMAN }, [PRODUCT.humanMicroarray]);
}

function gene(columns: Readonly<Record<string, unknown>>, productIds: readonly number[]): ModelRow {
  return record("Gene", { ...columns, type: "NcbiGene", products: stubs(...productIds) });
}
