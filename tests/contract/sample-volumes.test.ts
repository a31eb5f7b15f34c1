import { createMirror, SAMPLE_BASE_URL, sampleStore } from "@brainatlas/mirror";
import { BrainAtlas, isAtlasError } from "@brainatlas/sdk";
import { meshBox, meshVolume, openEdges } from "@brainatlas/sdk/mesh";
import { rma } from "@brainatlas/sdk/rma";
import type { Volume } from "@brainatlas/sdk/volume";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  isWithin,
  SAMPLE_STRUCTURES,
  samplePlate,
  structureAt,
  toReference,
} from "../../packages/mirror/src/sample/index.ts";
import { rejectionOf } from "../support/fault-server.ts";
import { checkProperty } from "../support/property.ts";

const mirror = createMirror({ store: sampleStore() });
const client = new BrainAtlas({ baseUrl: SAMPLE_BASE_URL, fetch: (url, init) => mirror.fetch(url, init) });
const CORONAL_SET = 100048576;
const PARENTS: ReadonlySet<number | null> = new Set(SAMPLE_STRUCTURES.map((row) => row.parent_structure_id));

/** Means over the voxels of each structure, of those that are counted. */
function meansByLabel(
  volume: Volume,
  labelOf: (pointUm: readonly [number, number, number]) => number,
  isCounted: (value: number, index: number, pointUm: readonly [number, number, number]) => boolean,
): Map<number, { mean: number; count: number }> {
  const means = new Map<number, { mean: number; count: number }>();
  const [nx, ny] = volume.size;
  for (const [index, value] of Array.from(volume.data, Number).entries()) {
    const voxel = [index % nx, Math.floor(index / nx) % ny, Math.floor(index / (nx * ny))] as const;
    const pointUm = voxel.map((at, axis) => (at + 0.5) * (volume.spacingUm[axis] ?? 0)) as [number, number, number];
    if (!isCounted(value, index, pointUm)) continue;
    const label = labelOf(pointUm);
    const { mean, count } = means.get(label) ?? { mean: 0, count: 0 };
    means.set(label, { mean: mean + (value - mean) / (count + 1), count: count + 1 });
  }
  return means;
}

/** A body that breaks off after some bytes. */
function brokenAfter(body: Response["body"], count: number): ReadableStream<Uint8Array> {
  const reader = body?.getReader();
  let isGiven = false;
  return new ReadableStream({
    async pull(controller) {
      const { value } = isGiven ? {} : ((await reader?.read()) ?? {});
      if (value === undefined) controller.error(new Error("broken off"));
      else controller.enqueue(value.subarray(0, count));
      isGiven = true;
    },
  });
}

const inAnnotation = (volume: Volume) =>
  fc.tuple(
    ...(volume.size.map((count) => fc.nat(count - 1)) as [
      fc.Arbitrary<number>,
      fc.Arbitrary<number>,
      fc.Arbitrary<number>,
    ]),
  );

describe("the sample's annotation", () => {
  test.each([100, 50] as const)(
    "at %d µm says what the model says in the middle of each voxel",
    async (resolutionUm) => {
      const volume = await client.volumes.annotation({ resolutionUm });
      expect(volume.size).toEqual([13200 / resolutionUm, 8000 / resolutionUm, 11400 / resolutionUm]);
      checkProperty(
        fc.property(inAnnotation(volume), (voxel) => {
          const [x, y, z] = voxel.map((index) => (index + 0.5) * resolutionUm) as [number, number, number];
          expect(volume.data[volume.indexOf(voxel)]).toBe(structureAt(x, y, z));
        }),
      );
      expect(volume.countVoxels().size).toBeGreaterThan(140);
    },
  );

  test.each([100960224, 100883869])("agrees with the drawing of plate %d away from its borders", async (id) => {
    const plate = samplePlate(id);
    if (plate === undefined) throw new Error(`There is no plate ${id}`);
    const [volume, drawing] = await Promise.all([client.volumes.annotation({ resolutionUm: 50 }), client.drawing(id)]);
    const { matrix } = toReference(plate);
    const pointOf = (px: number, py: number): [number, number, number] =>
      [0, 3, 6].map((row) => (matrix[row] ?? 0) * px + (matrix[row + 1] ?? 0) * py + (matrix[row + 2] ?? 0)) as [
        number,
        number,
        number,
      ];
    const { width, height, resolution } = plate.record;
    const step = Math.round(200 / (resolution ?? 1));
    let compared = 0;
    for (let y = step; y < height - step; y += step) {
      for (let x = step; x < width - step; x += step) {
        const around = [
          [0, 0],
          [step / 2, 0],
          [-step / 2, 0],
          [0, step / 2],
          [0, -step / 2],
        ] as const;
        const labels = new Set(around.map(([dx, dy]) => volume.valueAt(pointOf(x + dx, y + dy)) ?? 0));
        const drawn = new Set(around.map(([dx, dy]) => drawing.structureAt(x + dx, y + dy) ?? 0));
        // Coronal plates are drawn on the right alone, as the atlas's are.
        const isUndrawn = plate.record.data_set_id === CORONAL_SET && pointOf(x, y)[2] < 5700;
        if (labels.size > 1 || drawn.size > 1 || isUndrawn) continue;
        compared += 1;
        expect([x, y, ...labels]).toEqual([x, y, ...drawn]);
      }
    }
    expect(compared).toBeGreaterThan(200);
  });

  test("has the masks, which have the structures below them too, and the surfaces", async () => {
    const annotation = await client.volumes.annotation({ resolutionUm: 50 });
    for (const id of [385, 315, 733]) {
      const [mask, mesh] = await Promise.all([
        client.volumes.structureMask(id, { resolutionUm: 50 }),
        client.volumes.structureMesh(id),
      ]);
      const inside = annotation.mask(SAMPLE_STRUCTURES.filter((row) => isWithin(row.id, id)).map((row) => row.id));
      expect(mask.type).toBe("uint8");
      expect(Buffer.compare(Buffer.from(mask.data.buffer), Buffer.from(inside))).toBe(0);
      const voxels = inside.reduce((sum, each) => sum + each, 0);
      expect(openEdges(mesh)).toBe(0);
      const ratio = meshVolume(mesh) / (voxels * 50 ** 3);
      expect([id, ratio > 0.98 && ratio < 1.02]).toEqual([id, true]);
      expect(meshBox(mesh)?.min.every((value) => value > 0)).toBe(true);
    }
  });
});

test("the sample's template and Nissl volume are dark outside, and differ within", async () => {
  const [template, nissl] = await Promise.all([
    client.volumes.template({ resolutionUm: 100 }),
    client.volumes.nissl({ resolutionUm: 100 }),
  ]);
  expect([template.type, nissl.type]).toEqual(["uint16", "float32"]);
  expect([template.valueAt([50, 50, 50]), nissl.valueAt([50, 50, 50])]).toEqual([0, 0]);
  expect(template.range()).toMatchObject({ min: 0 });
  expect(template.range().max).toBeGreaterThan(300);
  const { max } = nissl.range();
  expect(max > 0.5 && max <= 1).toBe(true);
});

describe("the sample's expression grids", () => {
  test.each([
    [986, "coronal"],
    [69782969, "sagittal"],
  ])("of %d (%s) have the records' means, structure by structure", async (id, plane) => {
    const { volumes, dataSetXml } = await client.volumes.expressionGrid(id);
    const energy = volumes.get("energy") as Volume;
    expect(dataSetXml).toMatch(/^<\?xml[^>]*>\n<section-data-set>\n {2}<[\s\S]*\n<\/section-data-set>\n$/);
    expect(dataSetXml).toContain(`<id>${id}</id>`);
    expect(energy.size).toEqual([67, 41, 58]);
    const query = rma("StructureUnionize").where("section_data_set_id", "eq", id).numRows("all");
    const rows = await client.rows(query).all({ maxRows: 1000 });
    const means = meansByLabel(
      energy,
      ([x, y, z]) => structureAt(x, y, z),
      (value) => value >= 0,
    );
    let compared = 0;
    for (const { structure_id, expression_energy } of rows) {
      const own = means.get(structure_id ?? 0);
      if (own === undefined || own.count < 60 || PARENTS.has(structure_id) || expression_energy === null) continue;
      compared += 1;
      expect(Math.abs(own.mean - expression_energy)).toBeLessThanOrEqual(0.15 * expression_energy + 1e-6);
    }
    expect(compared).toBeGreaterThan(20);
    const isLeft = (index: number): boolean => Math.floor(index / (67 * 41)) < 28;
    const halves = new Set(
      Array.from(energy.data, Number).flatMap((value, index) => (value >= 0 ? [isLeft(index)] : [])),
    );
    expect(halves.size).toBe(plane === "coronal" ? 2 : 1);
  });

  test("are energy, density and intensity, which belong together", async () => {
    const include = ["energy", "density", "intensity"] as const;
    const { volumes, dataSetXml } = await client.volumes.expressionGrid(986, { include });
    expect([[...volumes.keys()].sort(), dataSetXml]).toEqual([[...include].sort(), undefined]);
    const [energy, density, intensity] = include.map((name) => volumes.get(name)?.data ?? []);
    for (let i = 0; i < 159_326; i += 37) {
      const [e, d, n] = [Number(energy?.[i]), Number(density?.[i]), Number(intensity?.[i])];
      if (e < 0) expect([e, d, n]).toEqual([-1, -1, -1]);
      else expect(Math.abs(e - d * n)).toBeLessThan(1e-4);
    }
  });
});

describe("the sample's projection grids", () => {
  const ID = 126862385;
  const grid = (image: "projection_density" | "injection_fraction" | "injection_density" | "data_mask") =>
    client.volumes.projectionGrid(ID, { image, resolutionUm: 100 });

  test("have the records' means outside of the injection, structure by structure", async () => {
    const [density, fraction] = await Promise.all([grid("projection_density"), grid("injection_fraction")]);
    const query = rma("ProjectionStructureUnionize")
      .where("section_data_set_id", "eq", ID)
      .where("is_injection", "eq", false)
      .numRows("all");
    const rows = await client.rows(query).all({ maxRows: 5000 });
    for (const [hemisphere, isRight] of [
      [1, false],
      [2, true],
    ] as const) {
      const means = meansByLabel(
        density,
        ([x, y, z]) => structureAt(x, y, z),
        (_, index, [, , z]) => z > 5700 === isRight && fraction.data[index] === 0,
      );
      let compared = 0;
      for (const { structure_id, hemisphere_id, projection_density } of rows) {
        const own = means.get(structure_id ?? 0);
        if (hemisphere_id !== hemisphere || own === undefined || own.count < 200 || PARENTS.has(structure_id)) continue;
        compared += 1;
        expect(Math.abs(own.mean - (projection_density ?? 0))).toBeLessThanOrEqual(
          0.1 * (projection_density ?? 0) + 1e-4,
        );
      }
      expect(compared).toBeGreaterThan(30);
    }
  });

  test("have a ball of the injection's volume around its place", async () => {
    const [fraction, density, mask] = await Promise.all([
      grid("injection_fraction"),
      grid("injection_density"),
      grid("data_mask"),
    ]);
    const [row] = await client.rows(rma("ApiConnectivity").where("data_set_id", "eq", ID)).all({ maxRows: 1 });
    const place = [row?.injection_x, row?.injection_y, row?.injection_z].map(Number) as [number, number, number];
    expect(fraction.valueAt(place)).toBe(1);
    expect(fraction.range()).toMatchObject({ min: 0, max: 1 });
    const volumeMm3 = Array.from(fraction.data, Number).reduce((sum, value) => sum + value, 0) * 1e-3;
    // What would lie outside of the brain is left out.
    expect(volumeMm3).toBeGreaterThan(0.6 * Number(row?.injection_volume));
    expect(volumeMm3).toBeLessThan(1.05 * Number(row?.injection_volume));
    expect(density.valueAt(place)).toBeCloseTo(0.9, 6);
    expect([mask.valueAt([50, 4000, 5000]), mask.valueAt([6600, 4000, 5000])]).toEqual([0, 1]);
  });
});

describe("the sample's files", () => {
  test("go on where a connection broke", async () => {
    const ranges: (string | null)[] = [];
    const fetch = async (url: string, init: RequestInit): Promise<Response> => {
      ranges.push(new Headers(init.headers).get("range"));
      const { status, headers, body } = await mirror.fetch(url, init);
      return new Response(ranges.length < 3 ? brokenAfter(body, 20_000) : body, { status, headers });
    };
    const broken = new BrainAtlas({ baseUrl: SAMPLE_BASE_URL, fetch, backoffMs: 1 });
    const [found, whole] = await Promise.all([broken.files.bytes(491459173), client.files.bytes(491459173)]);
    expect(Buffer.from(found).equals(whole)).toBe(true);
    expect(ranges).toEqual([null, "bytes=20000-", "bytes=40000-"]);
  });

  test("are neurons that measure what their records say", async () => {
    for (const [fileId, recordId] of [
      [491459173, 491459171],
      [491771448, 900_000_002],
    ] as const) {
      const measures = (await client.files.reconstruction(fileId)).measures();
      const [row] = await client.rows(rma("NeuronReconstruction").where("id", "eq", recordId)).all({ maxRows: 1 });
      expect(row).toMatchObject({
        number_branches: measures.branches,
        number_bifurcations: measures.bifurcations,
        number_tips: measures.tips,
        number_stems: measures.stems,
        number_nodes: measures.nodes,
      });
      expect(row?.total_length).toBeCloseTo(measures.totalLengthUm, 0);
      expect(measures.branches).toBe(measures.stems + 2 * measures.bifurcations);
    }
  });
});

test.each([
  ["/informatics-archive/current-release/mouse_ccf/annotation/ccf_2017/annotation_10.nrrd", "and not at 10 µm"],
  ["/informatics-archive/current-release/mouse_ccf/annotation/ccf_2015/annotation_100.nrrd", "served as ccf_2017"],
  ["/informatics-archive/current-release/mouse_ccf/annotation/ccf_2017/structure_meshes/1.obj", "has no structure 1"],
  ["/informatics-archive/current-release/mouse_annotation/P56_atlasVolume.zip", "none of the older atlases"],
  ["/grid_data/download_file/126862385?resolution=25", "makes projection_density at 50, 100 µm"],
  ["/grid_data/download_file/7", "has no tracer experiment 7"],
  ["/grid_data/download/7", "has no expression grid of data set 7"],
  ["/api/v2/well_known_file_download/269830017", "has the record of well-known file 269830017, and not the file"],
  ["/api/v2/well_known_file_download/7", "has no well-known file 7"],
])("the sample says that it has not %s", async (path, reason) => {
  const error = await rejectionOf(client.get(path));
  expect(isAtlasError(error, "ATLAS_NOT_MIRRORED") && error.message).toContain(reason);
});
