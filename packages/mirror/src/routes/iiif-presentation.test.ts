import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseDrawing } from "@brainatlas/sdk/drawing";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { checkDocument, type Json, PRESENTATION_CONTEXT } from "../../../../tests/support/iiif-documents.ts";
import { makeDrawing, makePicture, writeIn } from "../../../../tests/support/pictures.ts";
import { importFile } from "../import/import-file.ts";
import { createMirror, type Mirror } from "../mirror.ts";
import { writeRows } from "../records/write-rows.ts";
import { type FolderStore, openStore } from "../store/folder-store.ts";
import { sampleStore } from "../store/sample-store.ts";

const ORIGIN = "http://mirror.test";
let sample: Mirror;
let folder: string;
let store: FolderStore;
let held: Mirror;

beforeAll(async () => {
  sample = createMirror({ store: sampleStore() });
  folder = await mkdtemp(join(tmpdir(), "brainatlas-presentation-"));
  store = await openStore(join(folder, "store"), { create: true });
  held = createMirror({ store });
  await fillStore();
});

afterAll(async () => {
  store.close();
  await rm(folder, { recursive: true });
});

/** Three plates of a small atlas: one with a picture and a drawing, one with a picture, one with neither; and an atlas without any. */
async function fillStore(): Promise<void> {
  const plate = (id: number, section_number: number, more: object) => ({
    model: "AtlasImage",
    row: {
      id,
      x: 0,
      y: 0,
      width: 600,
      height: 400,
      image_width: 600,
      image_height: 400,
      path: `/p/${id}.aff`,
      data_set_id: 4,
      section_number,
      ...more,
    },
  });
  writeRows(await store.records(), [
    { model: "Atlas", row: { id: 2, name: "Empty", atlas_data_sets: [] } },
    { model: "AtlasDataSet", row: { id: 4, section_thickness: 25, atlases: [{ id: 1, name: 'Mouse <"x">' }] } },
    plate(12, 30, { annotated: true, resolution: 10 }),
    plate(11, 20, { annotated: false }),
    plate(13, 40, { annotated: true }),
    { model: "Structure", row: { id: 8, acronym: "grey", name: "Basic cell groups", color_hex_triplet: "BFDAE3" } },
  ]);
  const picture = await makePicture(600, 400);
  await importFile(store, await writeIn(folder, "11.png", picture));
  await importFile(store, await writeIn(folder, "12.png", picture));
  await importFile(store, await writeIn(folder, "12.svg", makeDrawing(12, 600, 400)));
}

async function getFrom(mirror: Mirror, path: string): Promise<Json> {
  const response = await mirror.fetch(`${ORIGIN}/iiif/presentation/${path}`);
  expect(response.headers.get("content-type")).toBe(`application/ld+json;profile="${PRESENTATION_CONTEXT}"`);
  return await response.json();
}

describe("the manifest of a sample atlas", () => {
  let manifest: Json;
  beforeAll(async () => {
    manifest = await getFrom(sample, "2/manifest");
  });

  test("is as the specification has it", () => {
    checkDocument(manifest);
    expect(manifest).toMatchObject({
      id: `${ORIGIN}/iiif/presentation/2/manifest`,
      type: "Manifest",
      label: { en: ["Mouse, P56, Sagittal"] },
      behavior: ["individuals"],
      partOf: [{ id: `${ORIGIN}/iiif/presentation/collection`, type: "Collection" }],
    });
  });

  test("says that the sample is synthetic, and names no institute", () => {
    expect(manifest.requiredStatement.value.en[0]).toMatch(/^Synthetic: /);
    expect(JSON.stringify(manifest)).not.toContain("Allen");
    expect(manifest.provider).toBeUndefined();
  });

  test("has a canvas a plate, in the order of sections, with its place in the stack", () => {
    const labels = manifest.items.map((canvas: Json) => canvas.label.en[0]);
    expect(labels).toEqual([
      "Section 154, 3.85 mm",
      "Section 168, 4.2 mm",
      "Section 188, 4.7 mm",
      "Section 216, 5.4 mm",
      "Section 248, 6.2 mm",
      "Section 280, 7 mm",
      "Section 316, 7.9 mm",
    ]);
    const classic = manifest.items[1];
    expect(classic).toMatchObject({ type: "Canvas", width: 15504, height: 7824 });
    expect(classic.service[0]).toMatchObject({
      "@context": "http://iiif.io/api/annex/services/physdim/1/context.json",
      profile: "http://iiif.io/api/annex/services/physdim",
      physicalScale: 0.001047,
      physicalUnits: "mm",
    });
  });

  test("paints the stained section or the annotated plate, as one chooses", () => {
    const canvas = manifest.items[1];
    const [painting] = canvas.items[0].items;
    expect(painting).toMatchObject({ type: "Annotation", motivation: "painting", target: canvas.id });
    expect(painting.body.type).toBe("Choice");
    expect(painting.body.items).toMatchObject([
      {
        id: `${ORIGIN}/iiif/3/100883869/full/max/0/default.jpg`,
        label: { en: ["Stained section"] },
        width: 15504,
        height: 7824,
      },
      { id: `${ORIGIN}/iiif/3/100883869:annotation:2/full/max/0/default.jpg`, label: { en: ["Annotated plate"] } },
    ]);
    for (const body of painting.body.items) {
      expect(body).toMatchObject({ type: "Image", format: "image/jpeg" });
      expect(body.service).toEqual([{ id: body.id.split("/full/")[0], type: "ImageService3", profile: "level2" }]);
    }
  });

  test("refers to what is there", async () => {
    const canvas = manifest.items[1];
    const [thumbnail] = canvas.thumbnail;
    const answers = await Promise.all(
      [
        [thumbnail.id, "image/jpeg"],
        [`${thumbnail.service[0].id}/info.json`, "application/ld+json"],
        [canvas.items[0].items[0].body.items[1].service[0].id, ""],
        [canvas.service[0].id, "application/ld+json"],
        [canvas.id, "application/ld+json"],
        [canvas.annotations[0].id, "application/ld+json"],
        [manifest.partOf[0].id, "application/ld+json"],
        [manifest.seeAlso[0].id, "application/json"],
      ].map(async ([url, type]) => {
        const response = await sample.fetch(url);
        return [response.status < 400, response.headers.get("content-type")?.startsWith(type) ?? type === ""];
      }),
    );
    expect(answers).toEqual(answers.map(() => [true, true]));
  });

  test("is answered to HEAD and conditions, with CORS, and packed", async () => {
    const path = `${ORIGIN}/iiif/presentation/2/manifest`;
    const { headers } = await sample.fetch(path, { headers: { "accept-encoding": "gzip" } });
    expect([headers.get("content-encoding"), headers.get("access-control-allow-origin")]).toEqual(["gzip", "*"]);
    const etag = (await sample.fetch(path)).headers.get("etag") ?? "";
    expect((await sample.fetch(path, { headers: { "if-none-match": etag } })).status).toBe(304);
    expect((await sample.fetch(path, { method: "HEAD" })).headers.get("etag")).toBe(etag);
    const plain = await sample.fetch(path, { headers: { accept: "application/json" } });
    expect(plain.headers.get("content-type")).toBe("application/json");
  });
});

test("the collection lists the atlases that have plates", async () => {
  const collection = await getFrom(sample, "collection");
  checkDocument(collection);
  expect(collection.items.map(({ id, type }: Json) => [id, type])).toEqual(
    [1, 2, 181276165].map((id) => [`${ORIGIN}/iiif/presentation/${id}/manifest`, "Manifest"]),
  );
  for (const { thumbnail } of collection.items)
    expect((await sample.fetch(thumbnail[0].id, { method: "HEAD" })).status).toBe(200);
  expect((await getFrom(held, "collection")).items).toHaveLength(1);
});

describe("the annotations of a plate", () => {
  test("are the structures of its drawing, with their borders", async () => {
    const page = await getFrom(sample, "1/annotations/100960224");
    checkDocument(page);
    const drawing = parseDrawing(await (await sample.fetch(`${ORIGIN}/api/v2/svg/100960224`)).text());
    const names = page.items.map((item: Json) => item.body[0].value);
    expect(names).toContain("Field CA1 (CA1)");
    const shown = drawing.groups.map(({ regions }) => new Set(regions.map(({ structureId }) => structureId)).size);
    expect(page.items).toHaveLength(shown.reduce((sum, count) => sum + count, 0));
    const ca1 = page.items[names.indexOf("Field CA1 (CA1)")];
    expect(ca1).toMatchObject({
      motivation: "tagging",
      body: [
        { type: "TextualBody", format: "text/plain", language: "en", purpose: "tagging" },
        { type: "SpecificResource", source: `${ORIGIN}/api/v2/data/Structure/382.json`, purpose: "identifying" },
      ],
      target: { type: "SpecificResource", source: `${ORIGIN}/iiif/presentation/1/canvas/100960224` },
    });
    const colour = { label: { en: ["Colour"] }, value: { en: [drawing.regionsOf(382)[0]?.fill] } };
    expect(ca1.metadata).toContainEqual(colour);
    // What is at a point by the drawing is so by the annotation, too.
    const svg: string = ca1.target.selector.value;
    expect(svg).toMatch(/^<svg xmlns="http:\/\/www.w3.org\/2000\/svg" width="10560" height="7552"><path /);
    const again = parseDrawing(svg.replaceAll("<path ", '<path id="1" order="0" structure_id="382" '));
    const [x, y] = [8000, 2500];
    expect(drawing.structureAt(x, y)).toBe(382);
    expect(again.structureAt(x, y)).toBe(382);
    const area = ({ regions }: { regions: readonly { area: number }[] }): number =>
      regions.reduce((sum, each) => sum + each.area, 0);
    expect(area(again) / area({ regions: drawing.regionsOf(382) })).toBeCloseTo(1, 3);
  });

  test("are those of the atlas that is asked for", async () => {
    const groups = async (atlas: number): Promise<Set<string>> => {
      const { items } = await getFrom(sample, `${atlas}/annotations/100883869`);
      const of = (item: Json) => item.metadata.find((pair: Json) => pair.label.en[0] === "Group").value.en[0];
      return new Set(items.map(of));
    };
    expect(await groups(2)).toEqual(new Set(["Atlas - Adult Mouse", "Atlas - Adult Mouse Fiber Tracts"]));
    expect(await groups(181276165)).toEqual(new Set(["Atlas - Developing Mouse"]));
  });
});

describe("an atlas of a folder", () => {
  test("has a canvas for each plate of which a picture is held", async () => {
    const manifest = await getFrom(held, "1/manifest");
    checkDocument(manifest);
    expect(manifest.label).toEqual({ en: ['Mouse <"x">'] });
    expect(manifest.items.map(({ label }: Json) => label.en[0])).toEqual(["Section 20, 0.5 mm", "Section 30, 0.75 mm"]);
    const [bare, drawn] = manifest.items;
    expect([bare.service, bare.annotations]).toEqual([undefined, undefined]);
    expect(bare.items[0].items[0].body).toMatchObject({ type: "Image", width: 600 });
    expect(drawn.service[0].physicalScale).toBe(0.01);
    expect(drawn.annotations).toEqual([{ id: `${ORIGIN}/iiif/presentation/1/annotations/12`, type: "AnnotationPage" }]);
  });

  test("credits the institute, with its terms", async () => {
    const manifest = await getFrom(held, "1/manifest");
    expect(manifest.requiredStatement).toEqual({
      label: { en: ["Attribution"] },
      value: {
        en: ["Allen Institute for Brain Science, under its Terms of Use: https://alleninstitute.org/legal/terms-use/"],
      },
    });
    expect(manifest.provider).toMatchObject([{ id: "https://alleninstitute.org/", type: "Agent" }]);
    expect(JSON.stringify(manifest.metadata)).toContain("https://alleninstitute.org/legal/terms-use/");
    const info = await (await held.fetch(`${ORIGIN}/iiif/2/12/info.json`)).json();
    expect(info).toMatchObject({ license: "https://alleninstitute.org/legal/terms-use/" });
  });

  test("annotates what is drawn, by its id where no record of it is held", async () => {
    const page = await getFrom(held, "1/annotations/12");
    checkDocument(page);
    expect(page.items.map(({ body }: Json) => body[0].value)).toEqual(["Basic cell groups (grey)", "Structure 385"]);
    expect(page.items[1].target.selector.value).toContain(
      'fill="#08858c" fill-rule="nonzero" d="M360,160L480,160L480,240L360,240Z"',
    );
  });
});

test.each([
  ["2/manifest", "not-mirrored"],
  ["3/manifest", null],
  ["1/annotations/11", "not-mirrored"],
  ["1/annotations/99", null],
  ["1/canvas/13", "not-mirrored"],
  ["2/canvas/12", null],
  ["manifest", null],
  ["1", null],
  ["1/manifest/x", null],
  ["1%2Fmanifest", null],
  ["1/canvas/11/physdim.json", null],
  ["1/canvas/12/physdim.xml", null],
  ["1/annotations/12/physdim.json", null],
  ["1/manifest.json", null],
  ["-1/manifest", null],
  ["9999999999999999/manifest", null],
  ["1'--/manifest", null],
  ["1/annotations/%2e%2e", null],
])("%s is refused in words", async (path, reason) => {
  const response = await held.fetch(`${ORIGIN}/iiif/presentation/${path}`);
  expect([response.status, response.headers.get("x-brainatlas-reason")]).toEqual([404, reason]);
  expect(await response.text()).toMatch(/^[A-Z].{15,200}\n$/);
});

test("paths are decoded, and a slash at the end counts for nothing", async () => {
  const manifest = await getFrom(held, "1/manifest");
  for (const path of ["%31/manifest", "1/%6Danifest", "1/manifest/"])
    expect(await getFrom(held, path)).toEqual(manifest);
});

test("a canvas has annotations where its drawing has something of the atlas, and there alone", async () => {
  for (const atlas of [1, 2, 181276165]) {
    const { items } = await getFrom(sample, `${atlas}/manifest`);
    for (const canvas of items) {
      const id = canvas.id.replace("/canvas/", "/annotations/");
      const page = await sample.fetch(id);
      const shown = page.status === 200 ? (await page.json()).items.length > 0 : false;
      expect([canvas.id, canvas.annotations?.[0].id]).toEqual([canvas.id, shown ? id : undefined]);
      expect(page.status).toBe(shown ? 200 : 404);
    }
  }
  expect((await getFrom(sample, "181276165/manifest")).items.filter((canvas: Json) => canvas.annotations)).toHaveLength(
    1,
  );
});

test("an atlas of which a drawing shows nothing has no annotations of it", async () => {
  const other = createMirror({ store });
  writeRows(await store.records(), [
    { model: "Atlas", row: { id: 5, name: "Young", atlas_data_sets: [{ id: 4 }], graphic_group_labels: [{ id: 32 }] } },
  ]);
  const { items } = await getFrom(other, "5/manifest");
  expect(items.map(({ annotations }: Json) => annotations)).toEqual([undefined, undefined]);
  expect((await other.fetch(`${ORIGIN}/iiif/presentation/5/annotations/12`)).status).toBe(404);
  expect((await getFrom(other, "1/manifest")).items[1].annotations).toHaveLength(1);
  await other.close();
});

test("a canvas says how large its own pixel is, also where its image is held from some tier on", async () => {
  const row = { id: 14, width: 2400, height: 1600, image_width: 2400, image_height: 1600, path: "/p/14.aff" };
  const more = { x: 0, y: 0, data_set_id: 6, section_number: 1, annotated: false, resolution: 1 };
  writeRows(await store.records(), [
    { model: "AtlasDataSet", row: { id: 6, atlases: [{ id: 7, name: "Coarse" }] } },
    { model: "AtlasImage", row: { ...row, ...more } },
  ]);
  await importFile(store, await writeIn(folder, "14.png", await makePicture(600, 400)), { downsample: 2 });
  const [canvas] = (await getFrom(held, "7/manifest")).items;
  expect(canvas).toMatchObject({ width: 2400, service: [{ id: `${canvas.id}/physdim.json`, physicalScale: 0.001 }] });
  const answer = await held.fetch(canvas.service[0].id);
  expect(answer.headers.get("content-type")).toContain("application/ld+json");
  const { id: _, type: __, ...scale } = canvas.service[0];
  expect(await answer.json()).toEqual(scale);
  const image = await held.fetch(`${canvas.items[0].items[0].body.service[0].id}/physdim.json`);
  expect(await image.json()).toMatchObject({ physicalScale: 0.004 });
});

test("a document ends with its time", async () => {
  // Each look at the clock is 40 s later.
  let now = 0;
  vi.spyOn(performance, "now").mockImplementation(() => {
    now += 40_000;
    return now;
  });
  const response = await sample.fetch(`${ORIGIN}/iiif/presentation/2/manifest`);
  vi.restoreAllMocks();
  expect([response.status, await response.text()]).toEqual([503, expect.stringContaining("longer than 30000 ms")]);
});
