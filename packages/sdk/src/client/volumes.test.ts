import { createMirror, SAMPLE_BASE_URL, sampleStore } from "@brainatlas/mirror";
import { describe, expect, test, vi } from "vitest";
import { makeZip } from "../../../../tests/support/make-zip.ts";
import type { GridZip } from "../volume/read-grid-zip.ts";
import { Volume } from "../volume/volume.ts";
import { writeNrrd } from "../volume/write-nrrd.ts";
import { BrainAtlas } from "./brain-atlas.ts";

const refuse = (): Promise<never> => Promise.reject(new Error("this test sends nothing"));

describe("downloadUrl", () => {
  const mesh = { kind: "mesh", structureId: 997 } as const;

  test("is the institute's archive for the institute's API", () => {
    const client = new BrainAtlas({ fetch: refuse });
    expect(client.volumes.downloadUrl).toBe("https://download.alleninstitute.org");
    expect(client.volumes.url(mesh)).toBe(
      "https://download.alleninstitute.org/informatics-archive/current-release/mouse_ccf/annotation/ccf_2017/structure_meshes/997.obj",
    );
    expect(client.volumes.url({ kind: "expression-grid", dataSetId: 7 })).toBe(
      "https://api.brain-map.org/grid_data/download/7",
    );
  });

  test("is the mirror for a mirror, unless it is given", () => {
    const baseUrl = "http://127.0.0.1:8080/atlas";
    expect(new BrainAtlas({ baseUrl }).volumes.url(mesh)).toMatch(
      /^http:\/\/127\.0\.0\.1:8080\/atlas\/informatics-archive/,
    );
    const downloadUrl = "https://example.org/files/";
    expect(new BrainAtlas({ baseUrl, downloadUrl }).volumes.downloadUrl).toBe("https://example.org/files");
    expect(() => new BrainAtlas({ downloadUrl: "ftp://example.org" })).toThrow(TypeError);
    expect(() => new BrainAtlas({ downloadUrl: "https://example.org/?x" })).toThrow("Cannot use downloadUrl");
  });
});

describe("volumes of the sample", () => {
  const mirror = createMirror({ store: sampleStore() });
  const client = new BrainAtlas({ baseUrl: SAMPLE_BASE_URL, fetch: (url, init) => mirror.fetch(url, init) });

  test("annotation() and structureMask() agree on where a structure is", async () => {
    const [annotation, mask, tree] = await Promise.all([
      client.volumes.annotation({ resolutionUm: 100 }),
      client.volumes.structureMask(549, { resolutionUm: 100 }),
      client.structureTree(1),
    ]);
    expect([annotation.size, annotation.spacingUm]).toEqual([
      [132, 80, 114],
      [100, 100, 100],
    ]);
    const ids = tree.descendants(549, { self: true }).map(({ id }) => id);
    const own = annotation.mask(ids);
    expect(own.some((value) => value === 1)).toBe(true);
    expect(Buffer.from(own).equals(Buffer.from(mask.data as Uint8Array))).toBe(true);
    expect(annotation.countByStructure(tree).get(549)).toBe(own.reduce((sum, value) => sum + value, 0));
  });

  test("template() and nissl() are dark outside of the brain", async () => {
    const [template, nissl, annotation] = await Promise.all([
      client.volumes.template({ resolutionUm: 100 }),
      client.volumes.nissl({ resolutionUm: 100 }),
      client.volumes.annotation({ resolutionUm: 100 }),
    ]);
    for (const volume of [template, nissl]) {
      expect(volume.size).toEqual(annotation.size);
      expect([volume.valueAt([50, 50, 50]), annotation.labelAt([50, 50, 50])]).toEqual([0, undefined]);
      expect(volume.range().max).toBeGreaterThan(0);
    }
  });

  test("expressionGrid() reads the volumes that are asked for", async () => {
    const all = await client.volumes.expressionGrid(69289763);
    expect([...all.volumes.keys()]).toEqual(["energy"]);
    expect(all.dataSetXml).toContain("<section-data-set>");
    const some = await client.volumes.expressionGrid(69289763, { include: ["density", "energy"] });
    expect([...some.volumes.keys()].sort()).toEqual(["density", "energy"]);
    expect(some.dataSetXml).toBeUndefined();
    const bytes = ({ volumes }: GridZip): Buffer => Buffer.from(volumes.get("energy")?.data.buffer as ArrayBuffer);
    expect(bytes(some).equals(bytes(all))).toBe(true);
    expect(some.volumes.get("density")?.range({ noData: -1 }).max).toBeLessThanOrEqual(1);
  });

  test("structureMesh() lies in the box of its structure", async () => {
    const { positions } = await client.volumes.structureMesh(549);
    expect(positions.length).toBeGreaterThan(30);
    const isInside = (value: number, index: number): boolean =>
      value >= 0 && value <= ([13_200, 8000, 11_400][index % 3] ?? 0);
    expect(positions.every(isInside)).toBe(true);
  });

  test("what the mirror does not hold is said so", async () => {
    await expect(client.volumes.annotation({ resolutionUm: 10 })).rejects.toMatchObject({ code: "ATLAS_NOT_MIRRORED" });
    await expect(client.volumes.ageAtlas("P4", "atlasVolume")).rejects.toMatchObject({ code: "ATLAS_NOT_MIRRORED" });
  });
});

describe("requests", () => {
  const VOLUME = new Volume(Uint32Array.of(1, 2, 3, 4), [2, 2, 1], { spacingUm: 25 });

  async function answering(body: Uint8Array<ArrayBuffer>): Promise<{ client: BrainAtlas; urls: string[] }> {
    const urls: string[] = [];
    const fetch = async (url: string): Promise<Response> => {
      urls.push(url);
      return new Response(body);
    };
    return { client: new BrainAtlas({ fetch }), urls };
  }

  test("have the documented paths, and their defaults", async () => {
    const { client, urls } = await answering(await writeNrrd(VOLUME));
    const { volumes } = client;
    await volumes.template();
    await volumes.annotation({ release: "ccf_2015", resolutionUm: 10 });
    await volumes.structureMask(385);
    await volumes.projectionGrid(181777177);
    expect(await volumes.projectionGrid(181777177, { image: "data_mask", resolutionUm: 25 })).toEqual(
      new Volume(VOLUME.data, VOLUME.size, VOLUME),
    );
    expect(urls.map((url) => new URL(url)).map(({ pathname, search }) => pathname + search)).toEqual([
      "/informatics-archive/current-release/mouse_ccf/average_template/average_template_25.nrrd",
      "/informatics-archive/current-release/mouse_ccf/annotation/ccf_2015/annotation_10.nrrd",
      "/informatics-archive/current-release/mouse_ccf/annotation/ccf_2017/structure_masks/structure_masks_25/structure_385.nrrd",
      "/grid_data/download_file/181777177?image=projection_density&resolution=100",
      "/grid_data/download_file/181777177?image=data_mask&resolution=25",
    ]);
  });

  test("are not sent for what there cannot be", async () => {
    const fetch = vi.fn(refuse);
    const { volumes } = new BrainAtlas({ fetch });
    await expect(volumes.template({ resolutionUm: 30 as 25 })).rejects.toThrow(
      "Cannot use resolution 30; give one of 10, 25, 50, 100, in µm",
    );
    await expect(volumes.annotation({ release: "ccf_2018" as "ccf_2017" })).rejects.toThrow(RangeError);
    await expect(volumes.expressionGrid(-1)).rejects.toThrow(RangeError);
    await expect(volumes.expressionGrid(1, { include: ["x" as "energy"] })).rejects.toThrow(RangeError);
    await expect(volumes.structureMesh(1.5)).rejects.toThrow(RangeError);
    await expect(volumes.ageAtlas("../P56", "x")).rejects.toThrow(RangeError);
    await expect(volumes.template({ maxBytes: 0 })).rejects.toThrow("Cannot use maxBytes 0");
    await expect(volumes.expressionGrid(1, { maxBytes: Number.NaN })).rejects.toThrow("Cannot use maxBytes NaN");
    expect(fetch).not.toHaveBeenCalled();
  });

  test("read an older atlas out of its zip", async () => {
    const header =
      "NDims = 3\nBinaryDataByteOrderMSB = False\nElementSpacing = 200 200 200\nDimSize = 2 2 1\nElementType = MET_UINT\nElementDataFile = gridAnnotation.raw\n";
    const { client, urls } = await answering(
      makeZip([
        { name: "gridAnnotation/gridAnnotation.mhd", body: header },
        { name: "gridAnnotation/gridAnnotation.raw", body: new Uint8Array(VOLUME.data.buffer) },
      ]),
    );
    const { volumes } = await client.volumes.ageAtlas("P56", "Mouse_gridAnnotation");
    expect(volumes.get("gridAnnotation")?.data).toEqual(VOLUME.data);
    expect(urls[0]).toMatch(/mouse_annotation\/P56_Mouse_gridAnnotation\.zip$/);
  });

  test("end with an error for a page in place of a volume, and for one that is too large", async () => {
    const page = await answering(new TextEncoder().encode("<html>maintenance</html>"));
    await expect(page.client.volumes.template()).rejects.toMatchObject({ code: "ATLAS_DECODE" });
    await expect(page.client.volumes.structureMesh(1)).rejects.toMatchObject({ code: "ATLAS_DECODE", at: "line 1" });
    await expect(page.client.volumes.expressionGrid(1)).rejects.toMatchObject({ code: "ATLAS_DECODE" });
    const { client } = await answering(await writeNrrd(VOLUME));
    await expect(client.volumes.template({ maxBytes: 15 })).rejects.toThrow("the limit maxBytes");
  });

  test("end when they are aborted", async () => {
    const { client } = await answering(await writeNrrd(VOLUME));
    const reason = new Error("enough");
    await expect(client.volumes.template({ signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
  });
});
