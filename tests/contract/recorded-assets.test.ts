import { copyFile, mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { createMirror, type FolderStore, importFile, openStore } from "@brainatlas/mirror";
import { BrainAtlas } from "@brainatlas/sdk";
import { meshArea, meshBox, meshVolume, openEdges, parseObj, printObj } from "@brainatlas/sdk/mesh";
import { readGridZip, readNrrd } from "@brainatlas/sdk/volume";
import { describe, expect, test } from "vitest";
import { describeRecorded, recording } from "../support/recordings.ts";
import { temporaryFolder } from "../support/temporary.ts";

const volumes = (...parts: string[]): string => recording("real", "volumes", ...parts);
const mesh = (id: number): string => recording("real", "meshes", `${id}.obj`);
const ARCHIVE = "/informatics-archive/current-release/mouse_ccf";
const EXPERIMENT = "experiment-158375425";

/** A store with some files imported, and what answers from it. */
async function mirrorOf(...files: readonly Parameters<typeof importFile>[]): Promise<{
  get(path: string, headers?: Record<string, string>): Promise<Response>;
  client: BrainAtlas;
}> {
  const store = await openStore(join(await temporaryFolder(), "store"), { create: true });
  for (const [, path, options] of files) await importFile(store, path, options);
  const mirror = createMirror({ store });
  const client = new BrainAtlas({ baseUrl: "http://mirror.test", fetch: (url, init) => mirror.fetch(url, init) });
  return { get: (path, headers = {}) => mirror.fetch(`http://mirror.test${path}`, { headers }), client };
}

const NO_STORE = undefined as unknown as FolderStore; // mirrorOf() makes it.

async function bytesOf(response: Response): Promise<Buffer> {
  expect(response.status).toBe(200);
  return Buffer.from(await response.arrayBuffer());
}

describeRecorded("recorded files, imported under the names that they have", () => {
  test.each([
    [volumes("section-data-set-69289763-energy.zip"), "/grid_data/download/69289763"],
    [recording("recorded", "grid_data_download_69289763.zip"), "/grid_data/download/69289763"],
    [recording("recorded", "grid_data_download_69289763.zip"), "/grid_data/download/69289763&include=energy"],
    [volumes(EXPERIMENT, "data_mask_100.nrrd"), "/grid_data/download_file/158375425?image=data_mask&resolution=100"],
    [
      volumes(EXPERIMENT, "injection_density_100.nrrd"),
      "/grid_data/download_file/158375425?resolution=100&image=injection_density",
    ],
    [volumes(EXPERIMENT, "injection_fraction_100.nrrd"), "/grid_data/download_file/158375425?image=injection_fraction"],
    [volumes(EXPERIMENT, "projection_density_100.nrrd"), "/grid_data/download_file/158375425"],
    [volumes("annotation_25.nrrd"), `${ARCHIVE}/annotation/ccf_2017/annotation_25.nrrd`],
    [volumes("average_template_50.nrrd"), `${ARCHIVE}/average_template/average_template_50.nrrd`],
    [mesh(385), `${ARCHIVE}/annotation/ccf_2017/structure_meshes/385.obj`],
    [mesh(576), `${ARCHIVE}/annotation/ccf_2017/structure_meshes/576.obj`],
    [mesh(975), `${ARCHIVE}/annotation/ccf_2017/structure_meshes/975.obj`],
  ])("%s is given out again, byte for byte, at %s", async (file, path) => {
    const { get } = await mirrorOf([NO_STORE, file]);
    const response = await get(path);
    expect(response.headers.get("x-brainatlas-source")).toBe("stored");
    expect((await bytesOf(response)).equals(await readFile(file))).toBe(true);
  });

  test("a volume that is asked for alone comes out of the zip that has more", async () => {
    const { get } = await mirrorOf([NO_STORE, volumes("section-data-set-69289763-energy.zip")]);
    const response = await get("/grid_data/download/69289763?include=energy");
    expect(response.headers.get("x-brainatlas-source")).toBe("computed");
    const alone = await readGridZip(await bytesOf(response));
    const whole = await readGridZip(await readFile(volumes("section-data-set-69289763-energy.zip")));
    expect(alone.dataSetXml).toBeUndefined();
    expect([...alone.volumes.keys()]).toEqual(["energy"]);
    expect(alone.volumes.get("energy")?.data).toEqual(whole.volumes.get("energy")?.data);
    expect((await get("/grid_data/download/69289763?include=density")).status).toBe(404);
    expect((await get("/grid_data/download/69289763?include=energy,density")).status).toBe(404);
  });

  test("the client reads what was imported", async () => {
    const { client } = await mirrorOf([NO_STORE, volumes("annotation_25.nrrd")]);
    const annotation = await client.volumes.annotation({ resolutionUm: 25 });
    expect(annotation.size).toEqual([528, 320, 456]);
  });

  test("any file is given out at a path, or as a well-known file, in parts too", async () => {
    const file = volumes("gridAnnotation-100um-2013.zip");
    const path = "/informatics-archive/current-release/mouse_annotation/P56_Mouse_gridAnnotation.zip";
    const { get } = await mirrorOf([NO_STORE, file, { urlPath: path }], [NO_STORE, file, { file: 197676381 }]);
    const bytes = await readFile(file);
    expect((await bytesOf(await get(path))).equals(bytes)).toBe(true);
    const part = await get("/api/v2/well_known_file_download/197676381", { range: "bytes=1000-200000" });
    expect([part.status, part.headers.get("content-range")]).toEqual([206, `bytes 1000-200000/${bytes.length}`]);
    expect(Buffer.from(await part.arrayBuffer()).equals(bytes.subarray(1000, 200_001))).toBe(true);
    expect(part.headers.get("content-disposition")).toBe("attachment; filename=gridAnnotation-100um-2013.zip");
  });

  test("what does not say what it is, or says two things, is not taken", async () => {
    const folder = await temporaryFolder();
    const store = await openStore(join(folder, "store"), { create: true });
    const copy = async (file: string, ...names: [string, ...string[]]): Promise<string> => {
      const target = join(folder, ...names);
      await mkdir(join(target, ".."), { recursive: true });
      await copyFile(file, target);
      return target;
    };
    const density = volumes(EXPERIMENT, "projection_density_100.nrrd");
    const refused: readonly (readonly [string, Promise<string>, object?])[] = [
      ["of which data set it is; give the id", copy(density, "projection_density_100.nrrd")],
      ["its name says 50 µm, and its header 100 µm", copy(density, "x", "7-projection_density_50.nrrd")],
      ["its name does not say what it is", copy(density, "x", "density.nrrd")],
      ["none of energy, density, intensity, injection", Promise.resolve(volumes("gridAnnotation-100um-2013.zip"))],
      [
        "it is of data set 69289763, and --id says 7",
        Promise.resolve(volumes("section-data-set-69289763-energy.zip")),
        { id: 7 },
      ],
      ["whose surface it is", copy(mesh(576), "x", "mesh.obj")],
    ];
    for (const [message, path, options] of refused) {
      await expect(importFile(store, await path, options)).rejects.toThrow(message);
    }
    expect((await store.info()).sizeBytes).toBeGreaterThan(0);
    expect((await store.info()).entries).toMatchObject({ grid: 0, archive: 0, file: 0 });
    await store.close();
  });
});

describeRecorded("recorded meshes", () => {
  // The smallest of them was thinned out so far that it is torn, and holds no volume.
  describe.each([
    [385, 0],
    [576, 8],
    [975, 0],
  ])("%d.obj", (id, open) => {
    test("is read, lies in reference space, and is closed around a volume unless it is torn", async () => {
      const read = parseObj(await readFile(mesh(id)));
      const box = meshBox(read);
      expect(box?.min.every((value) => value >= 0)).toBe(true);
      expect(box?.max.every((value, axis) => value <= ([13200, 8000, 11400][axis] ?? 0))).toBe(true);
      expect([openEdges(read), meshArea(read) > 0]).toEqual([open, true]);
      if (open === 0) expect(meshVolume(read)).toBeGreaterThan(0);
      expect(read.normals?.length).toBe(read.positions.length);
      expect(parseObj(printObj(read))).toEqual(read);
    });
  });

  test("385.obj holds the volume that annotation_25.nrrd counts for VISp and its layers", async () => {
    const { data } = await readNrrd(await readFile(volumes("annotation_25.nrrd")));
    const ids = new Set(
      visualIds(JSON.parse(await readFile(recording("real", "structure-graph", "1.json"), "utf8")).msg),
    );
    expect(ids.size).toBeGreaterThan(5);
    let voxels = 0;
    for (const id of data) if (ids.has(Number(id))) voxels += 1;
    const ratio = meshVolume(parseObj(await readFile(mesh(385)))) / (voxels * 25 ** 3);
    // The mesh was smoothed, and made of finer voxels.
    expect(ratio).toBeGreaterThan(0.9);
    expect(ratio).toBeLessThan(1.1);
  });
});

interface Node {
  readonly id: number;
  readonly children: readonly Node[];
}

/** VISp (385) and all below it. */
function visualIds(nodes: readonly Node[], isWithin = false): number[] {
  return nodes.flatMap((node) => {
    const own = isWithin || node.id === 385;
    return [...(own ? [node.id] : []), ...visualIds(node.children, own)];
  });
}
