import { beforeAll, describe, expect, test } from "vitest";
import type { Api } from "../../api.ts";
import { planDataSets } from "./data-sets.ts";
import { planDrawings } from "./drawings.ts";
import { planFiles } from "./files.ts";
import { planGrids } from "./grids.ts";
import { planOntology } from "./ontology.ts";
import { countRows, imageRow, NEVER, namesOf, rowsApi, sampleApi } from "./plan.test-kit.ts";
import { planRma, recordsName } from "./rma.ts";
import { planVolume } from "./volume.ts";

const EXPRESSION_SET = 69782969;
const TRACER_SET = 126862385;

let sample: Api;
beforeAll(async () => {
  sample = await sampleApi();
});

describe("planDataSets()", () => {
  test("has sections and the masks that their rows name, each under its kind", async () => {
    const ids = [EXPRESSION_SET, TRACER_SET, EXPRESSION_SET];
    const plan = await planDataSets(sample, ids, { expression: true, projection: true }, NEVER);
    expect(plan.title).toBe("2 data sets");
    expect(namesOf(plan).sort()).toEqual([
      "expression/0210_69750516",
      "projection/0070_126862575",
      "projection/0078_126862583",
      "sections/0070_126862575",
      "sections/0078_126862583",
      "sections/0210_69750516",
    ]);
    expect(plan.things.find(({ name }) => name.startsWith("projection/"))).toMatchObject({
      service: "projection",
      view: "projection",
      path: expect.stringContaining("_projection.aff"),
    });
    expect(countRows(plan)).toMatchObject({ section_data_sets: 2, section_images: 3 });
    expect(Object.keys(countRows(plan)).slice(2).sort()).toEqual([
      "projection_structure_unionizes",
      "structure_unionizes",
    ]);
  }, 60_000);

  test("names the genes, and leaves out masks and values that are not wanted", async () => {
    const plan = await planDataSets(sample, [EXPRESSION_SET], { unionizes: false }, NEVER);
    expect(plan.title).toBe(`data set ${EXPRESSION_SET}, Pdyn`);
    expect(namesOf(plan)).toEqual(["sections/0210_69750516"]);
    expect(countRows(plan)).toEqual({ section_data_sets: 1, section_images: 1 });
  });

  test("leaves out failed images, and says what has no masks or no images", async () => {
    const { api } = await rowsApi((query) => {
      if (query.startsWith("model::SectionDataSet,")) return [{ id: 5 }, { id: 6, failed: true }];
      if (!query.startsWith("model::SectionImage,")) return [];
      return [imageRow(1, { data_set_id: 5 }), imageRow(2, { data_set_id: 5, failed: true })];
    });
    const plan = await planDataSets(api, [5, 6], { projection: true }, NEVER);
    expect(namesOf(plan)).toEqual(["sections/0001_1"]);
    expect(plan.notes).toEqual([
      "failed the quality control: data set 6",
      "without images: data set 6",
      "none of the sections has a mask",
      "1 left out, images that failed the quality control: 2",
    ]);
  });

  test("refuses ids that are none, and that the API has not", async () => {
    await expect(planDataSets(sample, [], {}, NEVER)).rejects.toThrow("give at least one value");
    await expect(planDataSets(sample, [-1], {}, NEVER)).rejects.toMatchObject({ name: "UsageError" });
    const { unknown } = await planDataSets(sample, [EXPRESSION_SET, 3, 4], { unionizes: false }, NEVER);
    expect(unknown).toEqual([3, 4].map((id) => `Cannot find section data set ${id} at the sample atlas`));
    await expect(planDataSets(sample, [3, 4], {}, NEVER)).rejects.toMatchObject({
      cause: { message: "Cannot find section data set 3, 4 at the sample atlas" },
    });
  });
});

describe("planOntology()", () => {
  test("has the structures of the graphs, and the graphs by name", async () => {
    const plan = await planOntology(sample, [1], NEVER);
    expect([plan.title, plan.things]).toEqual(["structure graph 1, Mouse Brain Atlas", []]);
    expect(countRows(plan)).toMatchObject({ structure_graphs: 6, structures: 234, structure_centers: 468 });
  });

  test("refuses a graph without structures", async () => {
    expect((await planOntology(sample, [1, 99], NEVER)).unknown).toHaveLength(1);
    await expect(planOntology(sample, [99], NEVER)).rejects.toMatchObject({
      cause: { message: "Cannot find the structures of graph 99 at the sample atlas" },
    });
  });
});

describe("planFiles()", () => {
  test("names files by their ids and what they are called at the server", async () => {
    const plan = await planFiles(sample, [491459173, 496607103, 491459173], NEVER);
    expect(plan.things).toMatchObject([
      {
        name: "files/491459173_491459173_3DNeuronReconstruction.swc",
        url: "http://sample.invalid/api/v2/well_known_file_download/491459173",
        urlPath: "/api/v2/well_known_file_download/491459173",
      },
      { name: "files/496607103_496607103_3DNeuronMarker.marker" },
    ]);
    expect(plan.records[0]?.rows[0]).toHaveProperty("well_known_file_type");
  });

  test("takes no folder, no control character and no clash out of a path", async () => {
    const paths = [
      "/a/../../x.zip",
      "..\\..\\con",
      "/a/\u001b[2J\u202eb.CSV",
      "/",
      null,
      `/${"é".repeat(300)}.nrrd`,
      "/a/x.zip",
    ];
    const { api } = await rowsApi(paths.map((path, index) => ({ id: index + 1, path })));
    const plan = await planFiles(api, [1, 2, 3, 4, 5, 6, 7], NEVER);
    expect(namesOf(plan)).toEqual([
      "files/1_x.zip",
      "files/2_con",
      "files/3___2J_b.CSV",
      "files/4",
      "files/5",
      `files/6_${"é".repeat(124)}.nrrd`,
      "files/7_x.zip",
    ]);
  });

  test("names a file that the API has not beside the others, and refuses it alone", async () => {
    const { things, unknown } = await planFiles(sample, [2, 491459173], NEVER);
    expect([things.length, unknown]).toEqual([1, ["Cannot find well-known file 2 at the sample atlas"]]);
    await expect(planFiles(sample, [2], NEVER)).rejects.toMatchObject({
      cause: { message: "Cannot find well-known file 2 at the sample atlas" },
    });
  });
});

describe("planGrids()", () => {
  test("has a zip of an expression experiment, and volumes of a tracer's", async () => {
    const options = { include: ["energy", "density"], projection: ["projection_density", "data_mask"], resolution: 50 };
    const plan = await planGrids(sample, [EXPRESSION_SET, TRACER_SET], options, NEVER);
    expect(plan.things).toMatchObject([
      { name: `grids/${EXPRESSION_SET}_energy_density.zip` },
      {
        name: `grids/${TRACER_SET}_projection_density_50.nrrd`,
        urlPath: `/grid_data/download_file/${TRACER_SET}?image=projection_density&resolution=50`,
      },
      { name: `grids/${TRACER_SET}_data_mask_50.nrrd` },
    ]);
    expect(plan.notes).toEqual([]);
  });

  test("takes the service's own volume by default, and says what has no effect", async () => {
    const plain = await planGrids(sample, [EXPRESSION_SET], {}, NEVER);
    expect(plain.things).toMatchObject([
      { name: `grids/${EXPRESSION_SET}.zip`, urlPath: `/grid_data/download/${EXPRESSION_SET}` },
    ]);
    const idle = await planGrids(sample, [EXPRESSION_SET], { projection: ["data_mask"], resolution: 25 }, NEVER);
    expect(idle.notes).toEqual([
      "--projection has no effect: none of the data sets is of connectivity",
      "--resolution has no effect: none of the data sets is of connectivity",
    ]);
  });

  test.each([
    [{ include: ["enrgy"] }, /give one of energy, density, intensity, injection/],
    [{ projection: ["density"] }, /give one of projection_density/],
    [{ resolution: 30 }, /give one of 10, 25, 50, 100/],
  ])("refuses %j before anything is asked", async (options, message) => {
    const { api, asked } = await rowsApi([]);
    await expect(planGrids(api, [1], options, NEVER)).rejects.toThrow(message);
    expect(asked).toEqual([]);
  });
});

describe("planVolume()", () => {
  test.each([
    ["annotation", {}, "annotation/ccf_2017/annotation_25.nrrd"],
    ["annotation", { release: "ccf_2015", resolution: 100 }, "annotation/ccf_2015/annotation_100.nrrd"],
    ["template", { resolution: 50 }, "average_template/average_template_50.nrrd"],
    ["nissl", {}, "ara_nissl/ara_nissl_25.nrrd"],
  ])("has %s with %j", async (volume, options, path) => {
    const plan = await planVolume(sample, volume, options, NEVER);
    const urlPath = `/informatics-archive/current-release/mouse_ccf/${path}`;
    expect(plan).toMatchObject({
      records: [],
      isSynthetic: true,
      things: [{ url: `http://sample.invalid${urlPath}`, urlPath, name: `volumes/${path}` }],
    });
  });

  test("asks nothing of the institute, whose content is not made up", async () => {
    const { api, asked } = await rowsApi([]);
    expect((await planVolume({ ...api, kind: "live" }, "nissl", {}, NEVER)).isSynthetic).toBe(false);
    expect(asked).toEqual([]);
  });

  test.each([
    [
      "anotation",
      {},
      { message: expect.stringContaining('Cannot find volume "anotation"'), hint: "did you mean annotation?" },
    ],
    ["nissl", { release: "ccf_2017" }, { message: expect.stringContaining("Cannot use --release") }],
    ["template", { resolution: 30 }, { message: expect.stringContaining("give one of 10, 25, 50, 100") }],
  ])("refuses %s with %j", async (volume, options, failure) => {
    await expect(planVolume(sample, volume, options, NEVER)).rejects.toMatchObject({ name: "UsageError", ...failure });
  });
});

describe("planRma()", () => {
  test("has all rows of a query, under the name of their model", async () => {
    const plan = await planRma(sample, "Structure[graph_id$eq1],rma::include,ontology", {}, NEVER);
    expect(countRows(plan)).toEqual({ structures: 234 });
    expect(plan.notes).toEqual([]);
    const [url, whole] = [
      "http://x/api/v2/data/Gene/query.json?criteria=[organism_id$eq2]&num_rows=all",
      "model::Gene,rma::criteria,[organism_id$eq2]",
    ];
    expect((await planRma(sample, url, {}, NEVER)).records).toEqual((await planRma(sample, whole, {}, NEVER)).records);
  });

  test.each([
    ["Structure[graph_id$eq1]", { limit: 7 }],
    ["Structure[graph_id$eq1],rma::options[num_rows$eq7]", {}],
    ["Structure[graph_id$eq1],rma::options[num_rows$eq9][count$eqfalse]", { limit: 7 }],
  ])("keeps to the bound of %s with %j, and says so", async (query, options) => {
    const plan = await planRma(sample, query, options, NEVER);
    expect(countRows(plan)).toEqual({ structures: 7 });
    expect(plan.notes).toEqual(["there may be more rows: at most 7 were asked for"]);
  });

  test("says that there are none, or that columns are left out", async () => {
    expect((await planRma(sample, "Gene[id$eq5]", {}, NEVER)).notes).toEqual(["the query finds no rows"]);
    const some = await planRma(sample, "Gene,rma::options[only$eq'genes.acronym']", {}, NEVER);
    expect(some.notes).toEqual(["the rows have some of their columns alone, as was asked"]);
  });

  test.each([
    ["service::mouse_correlation[set$eq'mouse'][row$eq1]", "Cannot pull what a service computes"],
    ["Gene,rma::options[tabular$eq'genes.acronym']", "Cannot pull tabular rows"],
    ["Gene[", "RMA"],
  ])("refuses %s", async (query, words) => {
    await expect(planRma(sample, query, {}, NEVER)).rejects.toMatchObject({ name: "UsageError" });
    if (words !== "RMA") await expect(planRma(sample, query, {}, NEVER)).rejects.toThrow(words);
  });

  test("recordsName() writes plurals as the API does", () => {
    expect(["SectionDataSet", "GeneAlias", "Ontology", "Age", "Alignment2d", "Essay"].map(recordsName)).toEqual([
      "section_data_sets",
      "gene_aliases",
      "ontologies",
      "ages",
      "alignment2ds",
      "essays",
    ]);
  });
});

describe("planDrawings()", () => {
  test("has the drawings of an atlas", async () => {
    const plan = await planDrawings(sample, "2", NEVER);
    expect(plan.title).toBe("drawings of atlas 2, Mouse, P56, Sagittal");
    expect(plan.things.map(({ kind }) => kind)).toEqual(Array.from({ length: 7 }, () => "drawing"));
    expect(countRows(plan)).toEqual({ atlases: 12, atlas_images: 7 });
  });

  test("has those of images of any class, and says which are empty", async () => {
    const plan = await planDrawings(sample, [69750516, 100960224], NEVER);
    expect(namesOf(plan)).toEqual([
      "drawings/0210_69750516.svg",
      expect.stringMatching(/^drawings\/\d{4}_100960224\.svg$/),
    ]);
    expect(countRows(plan)).toEqual({ atlas_images: 1, section_images: 1 });
    expect(plan.notes).toEqual(["without a drawing, so that theirs is empty: 1 of the images"]);
  });

  test("refuses no image, one that is none, and one that the API has not", async () => {
    await expect(planDrawings(sample, [], NEVER)).rejects.toMatchObject({ name: "UsageError" });
    await expect(planDrawings(sample, [0], NEVER)).rejects.toMatchObject({ name: "UsageError" });
    await expect(planDrawings(sample, [12], NEVER)).rejects.toMatchObject({
      cause: { message: "Cannot find image 12 at the sample atlas" },
    });
  });
});
