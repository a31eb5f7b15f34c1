import { beforeAll, describe, expect, test } from "vitest";
import {
  byDataSet,
  expectRanked,
  type IsWithin,
  idsOf,
  plainCorrelations,
  readIsWithin,
  sampleRows,
} from "../../../../tests/support/plain-services.ts";

let isWithin: IsWithin;
beforeAll(async () => {
  isWithin = await readIsWithin();
});

describe("mouse_correlation", () => {
  test.each([
    ["mouse", "", 997],
    ["mouse", "[structures$eqHPF]", 1089],
    ["mouse_coronal", "[structures$eqTH,'HY']", undefined],
  ])("ranks the set %s by Pearson's coefficient of the energies%s", async (set, parameters, domain) => {
    const found = await sampleRows(`service::mouse_correlation[set$eq${set}][row$eq69782969]${parameters}`);
    const plane = set === "mouse_coronal" ? "[plane_of_section_id$eq1]" : "";
    const dataSets = idsOf(
      await sampleRows(`model::SectionDataSet[failed$eqfalse]${plane},rma::options[num_rows$eqall]`),
    );
    const values = await sampleRows(
      "model::StructureUnionize,rma::options[num_rows$eqall][only$eq'section_data_set_id,structure_id,expression_energy']",
    );
    const inDomain = values.filter(({ structure_id }) =>
      domain === undefined
        ? isWithin(structure_id, 549) || isWithin(structure_id, 1097)
        : isWithin(structure_id, domain),
    );
    const naive = plainCorrelations(inDomain, "expression_energy", 69782969, isWithin);
    expectRanked(found, "r", new Map([...naive].filter(([id]) => dataSets.includes(id))));
    expect(found.length).toBeGreaterThan(set === "mouse" ? 50 : 10);
  });

  test("tells the genes", async () => {
    const [row] = await sampleRows("service::mouse_correlation[set$eqmouse][row$eq69782969][num_rows$eq1]");
    expect(row).toEqual({
      id: 69782969,
      "gene-id": expect.any(Number),
      "gene-symbol": "Pdyn",
      "gene-name": "prodynorphin",
      "entrez-id": 18610,
      r: 1,
    });
  });
});

describe("mouse_differential", () => {
  const SERVICE = "service::mouse_differential[set$eq'mouse']";

  /** Mean energy in structures, by data set: of several by their sizes. */
  async function means(
    ids: readonly number[],
    [low, high]: readonly number[] = [0, 100],
  ): Promise<Map<unknown, number>> {
    const values = await sampleRows(`model::StructureUnionize[structure_id$in${ids}],rma::options[num_rows$eqall]`);
    const found = new Map<unknown, number>();
    for (const [id, theirs] of byDataSet(values)) {
      const sum = (column: string): number => theirs.reduce((total, row) => total + Number(row[column]), 0);
      const percent = (100 * sum("sum_expressing_pixels")) / sum("sum_pixels");
      if (percent < (low ?? 0) || percent > (high ?? 100)) continue;
      found.set(id, sum("sum_expressing_pixel_intensity") / sum("sum_pixels"));
    }
    return found;
  }

  test.each([
    ["[structures1$eq8][structures2$eq315]", [8], [315]],
    ["[structures1$eq549,1097,733][structures2$eq1089,477]", [549, 1097], [1089, 477]],
    ["[structures1$eq8][structures2$eq315][threshold1$eq0,20][threshold2$eq1,25]", [8], [315], [0, 20], [1, 25]],
  ])("%s ranks by the ratio of the energies", async (parameters, contrast, target, low?: number[], high?: number[]) => {
    const found = await sampleRows(SERVICE + parameters);
    const [before, after] = [await means(contrast, low), await means(target, high)];
    const dataSets = await sampleRows("model::SectionDataSet[failed$eqfalse],rma::options[num_rows$eqall]");
    const expected = idsOf(dataSets)
      .filter((id) => before.has(id) && after.has(id))
      .map((id) => ({ id, fold: (after.get(id) ?? 0) / (before.get(id) ?? 0) }));
    expect(new Set(idsOf(found))).toEqual(new Set(idsOf(expected)));
    expect(found.length).toBeGreaterThan(10);
    for (const row of found) {
      expect(row["fold-change"]).toBeCloseTo(expected.find(({ id }) => id === row.id)?.fold ?? Number.NaN, 9);
    }
    const folds = found.map((row) => Number(row["fold-change"]));
    expect(folds).toEqual(folds.toSorted((a, b) => b - a));
  });

  test("is where a pipe begins", async () => {
    const first = await sampleRows(`${SERVICE}[structures1$eq8][structures2$eq315][num_rows$eq5]`);
    const sets = await sampleRows(
      `${SERVICE}[structures1$eq8][structures2$eq315][num_rows$eq5],pipe::list[xids$is'id'],model::SectionDataSet,rma::criteria,[id$in$xids],rma::include,genes`,
    );
    expect(new Set(idsOf(sets))).toEqual(new Set(idsOf(first)));
    for (const { id, genes } of sets) {
      const symbol = first.find((row) => row.id === id)?.["gene-symbol"];
      expect(genes).toMatchObject([{ acronym: symbol }]);
    }
  });
});
