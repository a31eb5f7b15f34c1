import { createMirror, importRecords, type Mirror, openStore, SAMPLE_BASE_URL, sampleStore } from "@brainatlas/mirror";
import {
  atlases,
  atlasImages,
  sectionDataSets,
  sectionImages,
  structureGraphs,
  structureSets,
  structures,
  unionizes,
} from "@brainatlas/sdk/queries";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openFolder } from "../../../../../tests/support/temporary.ts";
import type { PullPlan } from "../plan.ts";
import { planAtlas } from "./atlas.ts";
import { planDataSets } from "./data-sets.ts";
import { mirrorApi, NEVER, sampleApi } from "./plan.test-kit.ts";

const EXPRESSION_SET = 69782969;
const TRACER_SET = 126862385;

const folder = openFolder();
let source: Mirror;
let stored: Mirror;
let store: Awaited<ReturnType<typeof openStore>>;
let plans: readonly PullPlan[];

beforeAll(async () => {
  source = createMirror({ store: sampleStore(), images: { threads: 0 } });
  const api = await sampleApi();
  plans = [await planAtlas(api, "1", {}, NEVER), await planDataSets(api, [EXPRESSION_SET, TRACER_SET], {}, NEVER)];
  store = await openStore(folder.path, { create: true });
  for (const { records } of plans) {
    for (const { query, rows } of records) await importRecords(store, { query, rows, source: query, synthetic: true });
  }
  stored = createMirror({ store, images: { threads: 0 } });
}, 60_000);

afterAll(() => store.close());

const data = (query: unknown): string =>
  `/api/v2/data/query.json?criteria=${encodeURIComponent(String(query))},rma::options[num_rows$eqall]`;

async function answers(path: string): Promise<[unknown, unknown]> {
  const [ours, theirs] = await Promise.all([stored, source].map((mirror) => mirror.fetch(SAMPLE_BASE_URL + path)));
  expect(theirs?.status).toBe(200);
  return [await ours?.text(), await theirs?.text()];
}

describe("what is planned of an atlas answers, from a store alone, as the source does", () => {
  test.each([
    ["the ontology as JSON", "/api/v2/structure_graph_download/1.json"],
    ["the ontology as XML", "/api/v2/structure_graph_download/1.xml"],
    ["relatives of a structure", "/api/v2/tree_search/Structure/549.json?ancestors=true&descendants=true"],
    ["its atlas, by its id", data(atlases.overview({ ids: 1 }))],
    ["the atlases", data(atlases.all())],
    ["the atlases with their groups", data(atlases.overview())],
    ["the graphs", data(structureGraphs.all())],
    ["the sets of structures", data(structureSets.all())],
    ["structures with their sets", data(structures.inGraph(1).include("structure_sets"))],
    ["structures of a set, by its name", data(structures.inSet("Mouse Connectivity - Summary"))],
    ["structures in CSV", "/api/v2/data/Structure/query.csv?criteria=[graph_id$eq1]&num_rows=all"],
    ["plates", data(atlasImages.inAtlas(1))],
    ["drawn plates", data(atlasImages.annotated(1, { imageType: "Atlas - Adult Mouse" }))],
    ["drawn plates by the atlas's type", data(atlasImages.annotatedByType(1))],
    ["plates that have a drawing of a group", data(atlasImages.drawn(1, { groupLabelIds: 28 }))],
    ["a record by its id", "/api/v2/data/AtlasImage/100960224.json?include=alternate_images,alignment2d"],
    [
      "the data set with its specimen",
      data(
        "model::AtlasDataSet,rma::criteria,atlases[id$eq1],rma::include,specimen(donor(age)),plane_of_section,alignment3d",
      ),
    ],
    ["a point of a plate in space", "/api/v2/image_to_reference/100960224.json?x=5000&y=3000"],
    [
      "a point of space on a plate",
      "/api/v2/reference_to_image/9.json?x=6000&y=4000&z=5000&section_data_set_ids=100048576",
    ],
    ["a point on the nearest drawn plate", "/api/v2/image_to_atlas/100960224.json?x=5000&y=3000&atlas_id=1"],
    ["the plate of a structure", "/api/v2/structure_to_image/100048576.json?structure_ids=549,315"],
  ])("%s", async (_, path) => {
    const [ours, theirs] = await answers(path);
    expect(ours).toBe(theirs);
  });
});

describe("what is planned of data sets answers, from a store alone, as the source does", () => {
  test.each([
    ["sections", data(sectionImages.ofDataSet(EXPRESSION_SET).include("alignment2d"))],
    [
      "the set with what belongs to it",
      data(
        sectionDataSets
          .byId(EXPRESSION_SET)
          .include("genes")
          .include("probes")
          .include("products")
          .include("treatments")
          .include("plane_of_section")
          .include("alignment3d"),
      ),
    ],
    [
      "the specimen",
      data(
        sectionDataSets
          .byId(TRACER_SET)
          .include("specimen", (specimen) => specimen.include("donor", (donor) => donor.include("age")))
          .include("equalization"),
      ),
    ],
    ["values of expression", data(unionizes.expression(EXPRESSION_SET))],
    ["values of projection", data(unionizes.projection(TRACER_SET))],
    [
      "a point on a section",
      `/api/v2/reference_to_image/10.json?x=6000&y=4000&z=5000&section_data_set_ids=${EXPRESSION_SET}`,
    ],
  ])("%s", async (_, path) => {
    const [ours, theirs] = await answers(path);
    expect(ours).toBe(theirs);
  });
});

test("planAtlas() finds in a store what it found at the source", async () => {
  const api = await mirrorApi(
    async (url, init) => await stored.fetch(url.replace("http://127.0.0.1:1", SAMPLE_BASE_URL), init),
  );
  const { notes: _, ...again } = await planAtlas(api, "Mouse, P56, Coronal", {}, NEVER);
  const { notes: __, ...first } = plans[0] as PullPlan;
  expect(again.things).toEqual(first.things);
  expect(again.records.map(({ name, rows }) => [name, rows.length])).toEqual(
    first.records.map(({ name, rows }) => [name, rows.length]),
  );
  expect(again.isSynthetic).toBe(true);
});
