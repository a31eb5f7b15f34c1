import { describe, expect, test } from "vitest";
import { SAMPLE_PLATES } from "../plates.ts";
import { SAMPLE_STRUCTURES } from "../structures.ts";
import { sampleRecords } from "./sample-records.ts";

type Row = Readonly<Record<string, unknown>>;
const byModel = new Map<string, Row[]>();
for (const { model, row } of sampleRecords()) {
  const rows = byModel.get(model) ?? [];
  rows.push(row);
  byModel.set(model, rows);
}

const rowsOf = (model: string): readonly Row[] => byModel.get(model) ?? [];
const rowWith = (model: string, id: number): Row | undefined => rowsOf(model).find((row) => row.id === id);
const linked = (row: Row, association: string): readonly unknown[] =>
  (row[association] as readonly { id: number }[]).map(({ id }) => id); // A test fails loudly where it is no list.

function dataSetsOf(acronym: string, planeId: number): unknown[] {
  const gene = rowsOf("Gene").find((row) => row.acronym === acronym);
  return rowsOf("SectionDataSet")
    .filter((row) => row.failed === false && row.plane_of_section_id === planeId)
    .filter((row) => linked(row, "products").includes(1) && linked(row, "genes").includes(gene?.id))
    .map((row) => row.id);
}

describe("facts of documentation", () => {
  test("structures are those of the sample brain with their paths", () => {
    const drawn = rowsOf("Structure").filter((row) => row.graph_id === 1);
    expect(drawn.map((row) => row.id)).toEqual(SAMPLE_STRUCTURES.map((row) => row.id));
    expect(rowWith("Structure", 8)).toMatchObject({
      structure_id_path: "/997/8/",
      depth: 1,
      color_hex_triplet: "BFDAE3",
    });
    expect(rowWith("Structure", 997)).toMatchObject({ st_level: null, depth: 0, failed_facet: 734881840 });
    expect(rowWith("Structure", 385)).toMatchObject({
      graph_order: 185,
      structure_id_path: "/997/8/567/688/695/315/669/385/",
    });
    expect(rowWith("Structure", 39)?.safe_name).toBe("Anterior cingulate area dorsal part");
    expect(rowWith("Structure", 9148)).toMatchObject({ name: "locus ceruleus", graph_id: 10, ontology_id: 7 });
  });

  test("structure sets have members at one level", () => {
    const members = (setId: number): unknown[] =>
      rowsOf("StructureSetsStructure")
        .filter((row) => row.structure_set_id === setId)
        .map((row) => row.structure_id);
    expect(members(688152357)).toEqual(expect.arrayContaining([385, 993, 39, 48]));
    expect(members(688152357)).not.toContain(31);
    expect(members(687527670)).toHaveLength(12);
    expect(members(687527945)).toEqual(members(167587189));
  });

  test("the middles of structures mirror each other", () => {
    for (const { id } of SAMPLE_STRUCTURES) {
      const [right, left] = rowsOf("StructureCenter").filter((row) => row.structure_id === id);
      expect([right?.reference_space_id, left?.reference_space_id]).toEqual([9, 10]);
      expect(Number(right?.z) + Number(left?.z)).toBe(11400);
      expect([right?.x, right?.y]).toEqual([left?.x, left?.y]);
    }
  });

  test("atlases have their graphs, labels and plates", () => {
    expect(rowsOf("Atlas")).toHaveLength(12);
    expect(rowWith("Atlas", 1)).toMatchObject({ name: "Mouse, P56, Coronal", structure_graph_id: 1 });
    expect(rowWith("Atlas", 138322605)?.image_type).toBe("Atlas - Developing Human");
    expect(linked(rowWith("Atlas", 1) ?? {}, "graphic_group_labels")).toEqual([28, 159226751]);
    expect(linked(rowWith("AtlasDataSet", 100048576) ?? {}, "atlases")).toEqual([1]);
    expect(linked(rowWith("AtlasDataSet", 100042147) ?? {}, "atlases")).toEqual([2, 181276165]);
  });

  test("every plate of the coronal atlas has a drawing of label 28", () => {
    const plates = SAMPLE_PLATES.filter((plate) => plate.record.data_set_id === 100048576).map(
      (plate) => plate.record.id,
    );
    const drawn = rowsOf("GraphicObject").filter((row) => row.graphic_group_label_id === 28);
    expect(plates.length).toBeGreaterThan(0);
    expect(drawn.map((row) => row.sub_image_id)).toEqual(expect.arrayContaining(plates));
  });

  test("images have alignments and the records of the pictures", () => {
    for (const { record, model, alignment2d } of SAMPLE_PLATES) {
      expect(rowWith(model, record.id)).toMatchObject({
        path: record.path,
        x: record.x,
        tier_count: record.tier_count,
      });
      expect(rowWith("Alignment2d", record.id)).toMatchObject({ section_image_id: record.id, ...alignment2d });
    }
    const others = rowsOf("AlternateImage").filter((row) => row.sub_image_id === 100883869);
    expect(others.map((row) => row.image_type)).toEqual(["Atlas - Developing Mouse", "Atlas - Adult Mouse"]);
  });

  test.each([
    ["Snca", 2, [988, 990, 79904550]],
    ["Snca", 1, [986, 79908848]],
    ["Gba", 2, [1612]],
    ["Gba", 1, [1611]],
    ["Elf4", 2, [73834415, 77464840]],
    ["Pdyn", 2, [69782969]],
    ["Sample84193", 2, [70238925, 71147924, 71213117]],
    ["Sample18608", 2, [69289721]],
  ])("%s in plane %d has the documented experiments", (acronym, planeId, ids) => {
    expect(dataSetsOf(acronym, planeId)).toEqual(ids);
  });

  test("windows, injections, files and human look-ups have their documented values", () => {
    const window = rowsOf("Equalization").find((row) => row.section_data_set_id === 100141599);
    expect(window).toMatchObject({ red_lower: 0, red_upper: 923, green_upper: 987, blue_upper: 4095 });
    const tracing = rowsOf("ApiConnectivity").find((row) => row.data_set_id === 122642490);
    expect(tracing).toMatchObject({
      name: "Syt6-Cre-585",
      injection_structures: "985/993",
      injection_volume: 0.151071,
    });
    expect([tracing?.injection_x, tracing?.injection_y, tracing?.injection_z]).toEqual([4300, 2690, 7050]);
    const file = rowsOf("WellKnownFile").find((row) => row.attachable_id === 156198187);
    expect(file?.download_link).toBe("/api/v2/well_known_file_download/269830017");
    expect(rowsOf("Donor").find((row) => row.name === "H0351.1015")?.id).toBe(15496);
    expect(
      rowsOf("Probe")
        .filter((row) => row.probe_type === "DNA")
        .map((row) => row.id),
    ).toEqual([1023146, 1023147]);
  });

  test("there is something to page and filter", () => {
    const sets = rowsOf("SectionDataSet");
    expect(sets.length).toBeGreaterThan(120);
    expect(sets.some((row) => row.failed === true)).toBe(true);
    for (const product of [1, 3, 5]) {
      expect(sets.filter((row) => linked(row, "products").includes(product)).length).toBeGreaterThan(10);
    }
    expect(rowsOf("StructureUnionize").length).toBeGreaterThan(10_000);
    expect(new Set(rowsOf("Age").map((row) => row.name))).toContain("P28");
  });
});
