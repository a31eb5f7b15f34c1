import { beforeAll, describe, expect, test } from "vitest";
import { rowsService } from "../../fake-service.test-kit.ts";
import type { PullPlan } from "../plan.ts";
import { planAtlas } from "./atlas.ts";
import { countRows, imageRow, mirrorApi, NEVER, namesOf, rowsApi, sampleApi } from "./plan.test-kit.ts";
import type { PlanRow } from "./row-values.ts";

describe("planAtlas() of the sample", () => {
  let plan: PullPlan;
  beforeAll(async () => {
    plan = await planAtlas(await sampleApi(), "p56, cor", { annotation: true }, NEVER);
  }, 60_000);

  test("finds the atlas by a part of its name, and says that it is made up", () => {
    expect([plan.title, plan.isSynthetic]).toEqual(["atlas 1, Mouse, P56, Coronal", true]);
    expect(plan.notes).toEqual([]);
  });

  test("has the picture, the drawing and the drawn plate of each plate, by names that sort as the sections do", () => {
    const inFolder = (folder: string): string[] => namesOf(plan).filter((name) => name.startsWith(`${folder}/`));
    expect(["plates", "drawings", "annotations"].map((folder) => inFolder(folder).length)).toEqual([31, 31, 31]);
    expect(new Set(namesOf(plan)).size).toBe(93);
    expect(inFolder("plates")).toEqual(inFolder("plates").sort());
    const plate = plan.things.find(({ name }) => name.startsWith("plates/") && name.endsWith("_100960224"));
    expect(plate).toMatchObject({ service: "atlas", view: "primary", record: { id: 100960224, image_width: 10_560 } });
    const drawn = plan.things.find(({ name }) => name.startsWith("annotations/") && name.endsWith("_100960224"));
    expect(drawn).toMatchObject({ view: "annotation", atlas: 1, path: expect.stringContaining("annotation") });
  });

  test("has the rows that a client works with", () => {
    expect(countRows(plan)).toEqual({
      atlases: 12,
      atlas_data_sets: 1,
      atlas_images: 31,
      graphic_objects: 62,
      structure_graphs: 6,
      structures: 234,
      structure_sets: 29,
      structure_centers: 468,
      reference_spaces: 2,
      planes_of_section: 12,
      products: 6,
    });
    for (const { query } of plan.records) expect(query).not.toMatch(/num_rows|start_row/);
  });

  test("leaves the drawn plates out unless they are wanted", async () => {
    const plain = await planAtlas(await sampleApi(), "2", {}, NEVER);
    expect(namesOf(plain).some((name) => name.startsWith("annotations/"))).toBe(false);
    expect(plain.things).toHaveLength(14);
  }, 60_000);
});

const ATLASES = [
  {
    id: 7,
    name: "Mouse, adult",
    image_type: "Atlas - Adult Mouse",
    structure_graph_id: null,
    graphic_group_labels: [],
  },
  { id: 8, name: "Mouse, young", image_type: null, structure_graph_id: null, graphic_group_labels: "none" },
];

/** An API with two atlases and these plates. */
const withPlates =
  (plates: readonly PlanRow[]) =>
  (query: string): readonly unknown[] => {
    if (query.startsWith("model::Atlas,")) return ATLASES;
    return query.startsWith("model::AtlasImage") ? plates : [];
  };

async function planOf(plates: readonly PlanRow[], annotation = false): Promise<PullPlan> {
  const { api } = await rowsApi(withPlates(plates));
  return await planAtlas(api, "7", { annotation }, NEVER);
}

describe("planAtlas()", () => {
  test.each([
    ["9", /Cannot find atlas "9"; give an id or a name/],
    ["", /Cannot find atlas ""/],
    ["mouse", /Cannot tell which atlas "mouse" is meant to be/],
  ])("refuses %j, and names what there is", async (text, message) => {
    const { api, asked } = await rowsApi(withPlates([]));
    const failure = planAtlas(api, text, {}, NEVER);
    await expect(failure).rejects.toThrow(message);
    await expect(failure).rejects.toMatchObject({
      name: "UsageError",
      hint: expect.stringContaining("\n  7  Mouse, adult\n  8  Mouse, young"),
    });
    expect(asked).toHaveLength(1);
  });

  test("names the atlas first whose name is nearest to what was given", async () => {
    const { api } = await rowsApi(withPlates([]));
    await expect(planAtlas(api, "Mouse, yung", {}, NEVER)).rejects.toMatchObject({
      hint: expect.stringMatching(
        /^did you mean 8, Mouse, young\? It has\n {2}8 {2}Mouse, young\n {2}7 {2}Mouse, adult/,
      ),
    });
  });

  test("says that there is nothing of an atlas without plates", async () => {
    const plan = await planOf([]);
    expect(plan.things).toEqual([]);
    expect(plan.notes).toEqual(["the atlas has no plates", "the atlas has no structure graph"]);
  });

  test("leaves out what no picture can be had of, and says why", async () => {
    const { notes, things } = await planOf([
      imageRow(1),
      imageRow(2, { path: "/external/../../etc/passwd" }),
      imageRow(3, { path: null }),
      imageRow(4, { path: "/a\u001b[2J.aff" }),
      imageRow(5, { width: "600" }),
      imageRow(6, { image_width: 2 ** 40 }),
      imageRow(7, { x: 600 }),
      imageRow(8, { path: "/a?b.aff" }),
    ]);
    expect(things.map(({ name }) => name)).toEqual(["plates/0001_1"]);
    expect(notes.slice(1)).toEqual([
      "4 left out, pictures of images, because their rows name no file that there can be: 2, 3, 4, 8",
      "1 left out, pictures of images, because width of their rows is no whole number: 5",
      "1 left out, pictures of images, because their rows say a size that no picture has: 6",
      "1 left out, pictures of images, because their rows say a place beside their file: 7",
    ]);
  });

  test("takes the drawn plate of this atlas, and none of a plate that is drawn itself", async () => {
    const alternate = (image_type: unknown, path: string): PlanRow => ({ id: 1, image_type, path });
    const plan = await planOf(
      [
        imageRow(1, {
          annotated: true,
          alternate_images: [
            alternate("Mask", "/mask.aff"),
            alternate("Atlas - Developing Mouse", "/young.aff"),
            alternate("Atlas - Adult Mouse", "/adult.aff"),
          ],
        }),
        imageRow(2, { annotated: true, alternate_images: [alternate("Atlas - Developing Mouse", "/young.aff")] }),
        imageRow(3, { annotated: true, alternate_images: [alternate("Mask", "/mask.aff")] }),
        imageRow(4, { annotated: true, alternate_images: "none" }),
        imageRow(5, { alternate_images: [alternate("Atlas - Adult Mouse", "/adult.aff")] }),
      ],
      true,
    );
    const drawn = plan.things.filter((thing) => thing.kind === "picture" && thing.view === "annotation");
    expect(drawn).toMatchObject([{ name: "annotations/atlas-7/0001_1", path: "/adult.aff", atlas: 7 }]);
    expect(plan.notes).toContain("1 left out, drawn plates of images, because they are of another atlas: 2");
    expect(namesOf(plan).filter((name) => name.endsWith(".svg"))).toHaveLength(4);
  });

  test("refuses plates without ids", async () => {
    const { id: _, ...row } = imageRow(1);
    await expect(planOf([row])).rejects.toThrow(/^Cannot use the rows of "model::AtlasImage.*without an id$/);
  });

  test("goes on without lists that the API refuses, and says so", async () => {
    const { fetch } = rowsService(withPlates([imageRow(1)]));
    const refusing = (model: string) => async (url: string, init: RequestInit) =>
      url.includes(`model::${model},`)
        ? Response.json({ success: false, msg: "Error in query: no" })
        : fetch(url, init);
    const plan = await planAtlas(await mirrorApi(refusing("Product")), "7", {}, NEVER);
    expect(namesOf(plan)).toEqual(["plates/0001_1"]);
    expect(plan.notes).toContain('products are left out: the API says "Error in query: no"');
    await expect(planAtlas(await mirrorApi(refusing("AtlasImage")), "7", {}, NEVER)).rejects.toThrow(
      'the server says "Error in query: no"',
    );
  });

  test("ends when it is told to", async () => {
    const { api } = await rowsApi(withPlates([imageRow(1)]));
    await expect(planAtlas(api, "7", {}, AbortSignal.abort(new Error("enough")))).rejects.toThrow("enough");
  });
});
