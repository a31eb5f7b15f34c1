import { type RawBuilder, sql } from "kysely";
import { type Catalogue, KEY } from "../records/catalogue.ts";
import type { ServiceRow } from "../rma/service-answer.ts";
import { readSeed } from "./compared-structures.ts";
import { type ComparedRows, correlate, ranked } from "./correlation.ts";
import { readMouseStructures } from "./mouse-structures.ts";
import type { Parameters } from "./parameters.ts";
import type { Service } from "./service.ts";
import { answerPage } from "./service-page.ts";
import { idsSql, type ServiceRecords } from "./service-records.ts";

const CORONAL = 1;

/**
 * Ids of data sets with expression by structure, in SQL: those that did not fail, in the set `mouse_coronal` those of coronal
 * sections alone. What else a set leaves out is not known.
 */
function dataSetsOf(parameters: Parameters): RawBuilder<unknown> {
  const plane = parameters.text("set") === "mouse_coronal" ? sql` and plane_of_section_id = ${CORONAL}` : sql``;
  return sql`(select id from data_sets where failed is not 1${plane})`;
}

/** `mouse_correlation`: data sets by how much their expression energies in the domain are like those of one. */
export const correlateExpression: Service = async ({ catalogue, records, parameters, page }) => {
  await records.require("StructureUnionize");
  const structures = await readMouseStructures(records);
  const compared: ComparedRows = { table: "structure_unionizes", where: sql`1` };
  const found = await correlate(records, {
    ...compared,
    ...(await readSeed(records, compared, parameters, structures)),
    column: "expression_energy",
    dataSets: dataSetsOf(parameters),
  });
  return answerPage(ranked(found, parameters.text("sort_order")), page, async (some) => {
    const genes = await readGenes(records, catalogue, some);
    return some.map(({ id, r }) => ({ ...genes(id), r }));
  });
};

/**
 * `mouse_differential`: data sets by how many times their expression energy in the target structures is that in the contrast
 * structures, the most first. Of several structures the mean counts, by their sizes; data sets without expression in the contrast,
 * or without pixels on either side, have no such number, and are left out.
 *
 * A threshold is a pair of percents; of what is not documented. Here it bounds the share of pixels that express, and only where it
 * is given.
 */
export const compareExpression: Service = async ({ catalogue, records, parameters, page }) => {
  await records.require("StructureUnionize");
  const structures = await readMouseStructures(records);
  const side = (number: 1 | 2): RawBuilder<unknown> => {
    const ids = structures.topsOf(structures.idsOf(parameters.all(`structures${number}`)));
    return meansSql(ids, parameters.numbers(`threshold${number}`));
  };
  const rows = await records.all(sql`
    with contrast as materialized (${side(1)}), target as materialized (${side(2)})
    select section_data_set_id, target.energy / contrast.energy as fold
    from contrast join target using (section_data_set_id)
    where contrast.energy > 0 and target.energy is not null and section_data_set_id in ${dataSetsOf(parameters)}
    order by fold desc, section_data_set_id`);
  const found = rows.map(([id, fold]) => ({ id: Number(id), fold: Number(fold) }));
  return answerPage(found, page, async (some) => {
    const genes = await readGenes(records, catalogue, some);
    return some.map(({ id, fold }) => ({ ...genes(id), "fold-change": fold }));
  });
};

function meansSql(structureIds: readonly number[], threshold: readonly number[]): RawBuilder<unknown> {
  const size = sql`coalesce(sum_pixels, 1)`;
  const [low = 0, high = 100] = threshold;
  const share = sql`100 * sum(expression_density * ${size}) / sum(${size})`;
  const bounds = threshold.length === 0 ? sql`` : sql` having ${share} between ${low} and ${high}`;
  return sql`
    select section_data_set_id, sum(expression_energy * ${size}) / sum(${size}) as energy from structure_unionizes
    where structure_id in ${idsSql(structureIds)} and expression_energy is not null
    group by section_data_set_id${bounds}`;
}

/**
 * The fields of data sets that tell their genes: `id`, `gene-symbol` and `entrez-id` were seen (reference §8.3), the other two are
 * those of the family (§8.4).
 */
async function readGenes(
  records: ServiceRecords,
  catalogue: Catalogue,
  dataSets: readonly { readonly id: number }[],
): Promise<(dataSetId: number) => ServiceRow> {
  const join = catalogue.model("SectionDataSet")?.associations.get("genes")?.join;
  if (join?.kind !== "link") throw new Error("The schema links data sets to genes by no table");
  const [own, other] = [sql.ref(`l.${join.ownColumn}`), sql.ref(`l.${join.otherColumn}`)];
  const rows = await records.all(sql`
    select ${own}, g.id, g.acronym, g.name, g.entrez_id from ${sql.table(join.table)} l
    join genes g on g.${sql.id(KEY)} = ${other}
    where ${own} in ${idsSql(dataSets.map(({ id }) => id))} order by g.id desc`);
  // Of several genes the one with the lowest id, which comes last.
  const found = new Map(rows.map(([id, ...gene]) => [Number(id), gene]));
  return (id) => {
    const [geneId = null, symbol = null, name = null, entrezId = null] = found.get(id) ?? [];
    return { id, "gene-id": geneId, "gene-symbol": symbol, "gene-name": name, "entrez-id": entrezId };
  };
}
