import { beforeAll, describe, expect, test } from "vitest";
import {
  allRows,
  askSample,
  expectRanked,
  type IsWithin,
  idsOf,
  plainCorrelations,
  type Row,
  readIsWithin,
  sampleRows,
} from "../../../../tests/support/plain-services.ts";

let isWithin: IsWithin;
let experiments: readonly Row[];
beforeAll(async () => {
  isWithin = await readIsWithin();
  experiments = await allRows("ApiConnectivity");
});

describe("mouse_connectivity_injection_structure", () => {
  const SERVICE = "service::mouse_connectivity_injection_structure";

  test.each([
    ["[injection_domain$eqIsocortex][transgenic_lines$eq0]", (row: Row) => inIsocortex(row) && isWildType(row)],
    [
      "[injection_structures$eqIsocortex][primary_structure_only$eqtrue]",
      (row: Row) => isWithin(row.structure_id, 315),
    ],
    ["[injection_structures$eq315,549]", (row: Row) => inIsocortex(row) || isInjected(row, 549)],
    ["[injection_structures$eqIsocortex][injection_domain$eqVIS]", (row: Row) => isInjected(row, 669)],
    [
      "[injection_structures$eqroot][transgenic_lines$eq'Cux2-IRES-Cre',900000001]",
      (row: Row) =>
        (row.transgenic_line as Row | null)?.name === "Cux2-IRES-Cre" || row.transgenic_line_id === 900_000_001,
    ],
    ["[injection_structures$eqroot][product_ids$eq5,31]", () => true],
    ["[injection_structures$eqroot][product_ids$eq31]", () => false],
    ["[injection_structures$eqroot][injection_hemisphere$eqright]", () => true],
    ["[injection_structures$eqroot][injection_hemisphere$eqleft]", () => false],
  ])("%s finds these experiments, the largest injections first", async (parameters, fits) => {
    const expected = experiments
      .filter(fits)
      .toSorted((a, b) => Number(b.injection_volume) - Number(a.injection_volume));
    expect(idsOf(await sampleRows(SERVICE + parameters))).toEqual(expected.map(({ data_set_id }) => data_set_id));
  });

  test("gives the rows of the documentation", async () => {
    const [row] = await sampleRows(`${SERVICE}[injection_structures$eqMOs][transgenic_lines$eq'Syt6-Cre_KI148']`);
    expect(row).toEqual({
      id: 122642490,
      name: "Syt6-Cre-585",
      "structure-id": 993,
      "structure-name": "Secondary motor area",
      "structure-abbrev": "MOs",
      "structure-color": "1F9D5A",
      "transgenic-line": "Syt6-Cre_KI148",
      gender: "M",
      strain: null,
      "injection-volume": 0.151071,
      "injection-coordinates": [4300, 2690, 7050],
      "injection-structures": [
        { id: 985, abbreviation: "MOp", name: "Primary motor area", color: "1F9D5A" },
        { id: 993, abbreviation: "MOs", name: "Secondary motor area", color: "1F9D5A" },
      ],
    });
  });

  test.each([
    ["[target_domain$eqTH]", 3, [549]],
    ["[target_domain$eq549,733][target_hemisphere$eqleft]", 1, [549]],
    ["[target_domain$eqVIS,TH][target_hemisphere$eqright]", 2, [669, 549]],
  ])("with %s adds the volume of the projection, and orders by it", async (target, hemisphere, targets) => {
    const found = await sampleRows(`${SERVICE}[injection_structures$eqIsocortex]${target}`);
    const unionizes = await sampleRows(
      `model::ProjectionStructureUnionize[is_injection$eqfalse][hemisphere_id$eq${hemisphere}][structure_id$in${targets}],rma::options[num_rows$eqall]`,
    );
    const expected = experiments.filter(inIsocortex).map(({ data_set_id: id }) => {
      const theirs = unionizes.filter(({ section_data_set_id }) => section_data_set_id === id);
      return { id, volume: theirs.reduce((sum, row) => sum + Number(row.projection_volume), 0) };
    });
    expected.sort((a, b) => b.volume - a.volume);
    expect(idsOf(found)).toEqual(idsOf(expected));
    for (const [index, row] of found.entries()) expect(row.volume).toBeCloseTo(expected[index]?.volume ?? 0, 12);
  });

  test("obeys its page", async () => {
    const all = await sampleRows(`${SERVICE}[injection_structures$eqroot]`);
    const page = await askSample(`${SERVICE}[injection_structures$eqroot][start_row$eq3][num_rows$eq4]`);
    expect(page).toMatchObject({ start_row: 3, num_rows: 4, total_rows: all.length, msg: all.slice(3, 7) });
    expect(await askSample(`${SERVICE}[injection_structures$eqroot][start_row$eq99]`)).toEqual({
      success: true,
      id: 0,
      start_row: 99,
      num_rows: 0,
      msg: {},
    });
  });

  test("needs a source", async () => {
    expect((await askSample(SERVICE)).msg).toBe(
      `Error in query: ${SERVICE}, Cannot search without a source; give injection_structures or injection_domain`,
    );
  });
});

function isInjected({ injection_structures }: Row, above: number): boolean {
  return String(injection_structures)
    .split("/")
    .some((id) => isWithin(Number(id), above));
}

function inIsocortex(row: Row): boolean {
  return isInjected(row, 315);
}

function isWildType(row: Row): boolean {
  return row.transgenic_line_id === null;
}

test("mouse_connectivity_injection_coordinate orders by the distance", async () => {
  const found = await sampleRows("service::mouse_connectivity_injection_coordinate[seed_point$eq6900,5050,6450]");
  const expected = experiments.map((row) => ({
    id: row.data_set_id,
    distance: Math.sqrt(
      (Number(row.injection_x) - 6900) ** 2 +
        (Number(row.injection_y) - 5050) ** 2 +
        (Number(row.injection_z) - 6450) ** 2,
    ),
  }));
  expected.sort((a, b) => a.distance - b.distance);
  expect(idsOf(found)).toEqual(idsOf(expected));
  for (const [index, row] of found.entries()) expect(row.distance).toBeCloseTo(expected[index]?.distance ?? 0, 6);
});

describe("mouse_connectivity_correlation", () => {
  test.each([
    ["", 3, 997],
    ["[structures$eqTH]", 3, 549],
    ["[structures$eq549][hemisphere$eqleft]", 1, 549],
    ["[structure$eqIsocortex][hemisphere$eqright]", 2, 315],
  ])("ranks by Pearson's coefficient of the densities%s", async (parameters, hemisphere, domain) => {
    const found = await sampleRows(`service::mouse_connectivity_correlation[row$eq112670853]${parameters}`);
    const values = await sampleRows(
      `model::ProjectionStructureUnionize[is_injection$eqfalse][hemisphere_id$eq${hemisphere}],rma::options[num_rows$eqall]`,
    );
    const inDomain = values.filter(({ structure_id }) => isWithin(structure_id, domain));
    expectRanked(found, "correlation", plainCorrelations(inDomain, "projection_density", 112670853, isWithin));
    expect(found[0]).toMatchObject({ id: 112670853, "structure-abbrev": "VPM" });
    expect(found.length).toBeGreaterThan(10);
  });

  test("compares with those that the other parameters leave, also in ascending order", async () => {
    const found = await sampleRows(
      "service::mouse_connectivity_correlation[row$eq112670853][transgenic_lines$eq0][injection_structures$eqIsocortex][sort_order$eqasc]",
    );
    expect(new Set(idsOf(found))).toEqual(new Set([126862385, 100141599, 180719293, 920000003, 920000007]));
    const values = found.map(({ correlation }) => Number(correlation));
    expect(values).toEqual(values.toSorted((a, b) => a - b));
  });
});
