// The AllenSDK, unmodified, on a store that was filled by `brainatlas pull atlas`, whose source is gone: records are those of the source.
import { createMirror, type Listening, listen, openStore, sampleStore } from "@brainatlas/mirror";
import { BrainAtlas } from "@brainatlas/sdk";
import { atlases, atlasImages, structureGraphs, structures } from "@brainatlas/sdk/queries";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createFakeContext } from "../../packages/cli/src/fake-context.test-kit.ts";
import { runProgram } from "../../packages/cli/src/program.ts";
import { openFolder } from "../support/temporary.ts";
import { type AllenSdk, describeAllenSdk, named, startAllenSdk } from "./support/allensdk.ts";
import { api, fileOf, onlyFile } from "./support/case.ts";
import { openEnvironment } from "./support/environment.ts";

const PLATE = 100960224;
const ATLAS = 1;
const GRAPH = 1;
const IMAGES = "image_download_api.ImageDownloadApi";
const ONTOLOGIES = "ontologies_api.OntologiesApi";

const folder = openFolder();

describeAllenSdk("AllenSDK on a pulled atlas", await openEnvironment(), (python) => {
  let source: BrainAtlas;
  let pulled: BrainAtlas;
  let mirror: Listening;
  let allenSdk: AllenSdk;

  beforeAll(async () => {
    const context = createFakeContext({ cwd: folder.path, env: { BRAINATLAS_API: "sample" } });
    const args = ["pull", "atlas", String(ATLAS), "--downsample", "6", "--annotation", "--store", "store"];
    expect(await runProgram(args, context), context.stderr.text).toBe(0);
    const sample = createMirror({ store: sampleStore(), images: { threads: 0 } });
    source = new BrainAtlas({ baseUrl: "http://sample", fetch: (url, init) => sample.fetch(url, init) });
    const store = await openStore(`${folder.path}/store`);
    mirror = await listen(createMirror({ store, images: { threads: 0 } }));
    pulled = new BrainAtlas({ baseUrl: mirror.url, retries: 0 });
    allenSdk = await startAllenSdk(python, { baseUrl: mirror.url });
  }, 240_000);

  afterAll(async () => {
    await allenSdk?.close();
    await mirror?.close();
  });

  test.each([
    ["get_structures", structures.inGraph(GRAPH), api(ONTOLOGIES, "get_structures", GRAPH)],
    ["get_atlases", atlases.all(), api(ONTOLOGIES, "get_atlases")],
    ["get_atlases_table", atlases.overview({ ids: ATLAS }), api(ONTOLOGIES, "get_atlases_table", [ATLAS], false)],
    ["get_structure_graphs", structureGraphs.all(), api(ONTOLOGIES, "get_structure_graphs")],
    ["atlas_image_query", atlasImages.annotatedByType(ATLAS), api(IMAGES, "atlas_image_query", ATLAS)],
  ])("%s gives the rows of the source", async (_, query, call) => {
    const { error, value } = await allenSdk.call(call);
    expect(error).toBeUndefined();
    expect(value).toEqual(await source.rows<unknown>(query).all());
    expect(value).not.toEqual([]);
  });

  test("get_tree gives the structures of the source", async () => {
    const { value } = await allenSdk.call(
      api("tree_search_api.TreeSearchApi", "get_tree", "Structure", 549, named({ descendants: true })),
    );
    expect(value).toEqual(await source.treeSearch("Structure", 549, { descendants: true }));
  });

  test.each([false, true])("download_atlas_image gives a plate, annotation %s", async (annotation) => {
    const reply = await allenSdk.call(
      api(IMAGES, "download_atlas_image", PLATE, "file:image.jpg", named({ downsample: 6, annotation, atlas: ATLAS })),
    );
    const ours = await pulled.atlasImage(PLATE, { downsample: 6, annotation, atlas: ATLAS }).download();
    expect(onlyFile(reply)).toEqual(fileOf(ours.bytes()));
  });

  test("download_svg gives the drawing of the source", async () => {
    const reply = await allenSdk.call(api("svg_api.SvgApi", "download_svg", PLATE, [28], "file:plate.svg"));
    const ours = await source.svg(PLATE, { groups: [28], download: true });
    expect(onlyFile(reply)).toEqual(fileOf(ours.bytes()));
  });
});
