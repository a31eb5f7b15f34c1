import type { BrainAtlas } from "@brainatlas/sdk";
import type { Volume } from "@brainatlas/sdk/volume";
import { named } from "../support/allensdk.ts";
import { arrayOf, firstAxisFastest } from "../support/array.ts";
import { api, core, fileOf, type InteropCase, onlyFile } from "../support/case.ts";

const GRID = "grid_data_api.GridDataApi";
const SPACE = "reference_space_api.ReferenceSpaceApi";
const MOUSE = "mouse_atlas_api.MouseAtlasApi";
const CONNECTIVITY = "mouse_connectivity_api.MouseConnectivityApi";
const ISH = 69782969;
const TRACING = 126862385;
const BLACK = [0, 0, 0] as const;
const CCF = "annotation/ccf_2017";

/** A volume as Python describes an array. */
function voxelsOf({ type, size, data }: Volume): object {
  return arrayOf(type, size, new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
}

/** A volume that AllenSDK gives with its header: the same voxels. */
function volume(python: InteropCase["python"], ours: (allen: BrainAtlas) => Promise<Volume | undefined>): InteropCase {
  return {
    python,
    ours: async (allen) => {
      const found = await ours(allen);
      return found && voxelsOf(found);
    },
    theirs: ({ value }) => (Array.isArray(value) ? value[0] : value),
  };
}

/** A volume that AllenSDK saves and does not read: the same bytes. */
function saved(python: InteropCase["python"], path: string): InteropCase {
  return {
    python,
    ours: async (allen) => fileOf((await allen.get(path)).bytes()),
    theirs: onlyFile,
  };
}

/** A method of the caches of connectivity and reference space, at 100 µm. */
function cached(method: string, ...args: unknown[]): InteropCase["python"] {
  const init = { manifest_file: "file:manifest.json", resolution: 100, ccf_version: CCF };
  return core("mouse_connectivity_cache.MouseConnectivityCache", init, [method, ...args]);
}

/** A method of the ReferenceSpace of the sample's annotation. */
function space(steps: InteropCase["python"]["steps"], ours: (allen: BrainAtlas) => Promise<unknown>): InteropCase {
  const { of, init = {} } = cached("get_reference_space");
  return { python: { of, init, steps: [["get_reference_space"], ...steps] }, ours };
}

const annotation = (allen: BrainAtlas): Promise<Volume> => allen.volumes.annotation({ resolutionUm: 100 });

/** Grids of experiments, and the volumes of reference space. */
export const VOLUME_CASES: readonly InteropCase[] = [
  ...(["energy", "density", "intensity"] as const).map((name) =>
    volume(api(MOUSE, `download_expression_${name}`, `file:${name}.mhd`, ISH), async (allen) =>
      (await allen.volumes.expressionGrid(ISH, { include: [name] })).volumes.get(name),
    ),
  ),
  {
    python: api(GRID, "download_gene_expression_grid_data", ISH, "energy", "file:energy.mhd"),
    ours: async (allen) => {
      const grid = await allen.volumes.expressionGrid(ISH, { include: ["energy"] });
      return fileOf(new Uint8Array(grid.volumes.get("energy")?.data.buffer ?? new ArrayBuffer()));
    },
    theirs: ({ files }) => files?.["energy.raw"],
  },
  saved(
    api(GRID, "download_expression_grid_data", ISH, named({ path: "file:grid.zip" })),
    `/grid_data/download/${ISH}`,
  ),
  saved(
    api(GRID, "download_projection_grid_data", TRACING, ["injection_fraction"], 100, "file:grid.nrrd"),
    `/grid_data/download_file/${TRACING}?image=injection_fraction&resolution=100`,
  ),
  saved(
    api(CONNECTIVITY, "download_projection_density", "file:grid.nrrd", TRACING, 100),
    `/grid_data/download_file/${TRACING}?image=projection_density&resolution=100`,
  ),
  saved(
    api(CONNECTIVITY, "download_injection_density", "file:grid.nrrd", TRACING, 100),
    `/grid_data/download_file/${TRACING}?image=injection_density&resolution=100`,
  ),
  saved(
    api(CONNECTIVITY, "download_injection_fraction", "file:grid.nrrd", TRACING, 100),
    `/grid_data/download_file/${TRACING}?image=injection_fraction&resolution=100`,
  ),
  saved(
    api(CONNECTIVITY, "download_data_mask", "file:grid.nrrd", TRACING, 100),
    `/grid_data/download_file/${TRACING}?image=data_mask&resolution=100`,
  ),
  ...(["projection_density", "injection_density", "injection_fraction", "data_mask"] as const).map((image) =>
    volume(cached(`get_${image}`, TRACING), (allen) =>
      allen.volumes.projectionGrid(TRACING, { image, resolutionUm: 100 }),
    ),
  ),
  volume(api(SPACE, "download_template_volume", 100, "file:template.nrrd"), (allen) =>
    allen.volumes.template({ resolutionUm: 100 }),
  ),
  volume(api(SPACE, "download_annotation_volume", CCF, 100, "file:annotation.nrrd"), annotation),
  volume(api(SPACE, "download_structure_mask", 549, null, 100, "file:mask.nrrd"), (allen) =>
    allen.volumes.structureMask(549, { resolutionUm: 100 }),
  ),
  saved(
    api(SPACE, "download_volumetric_data", "ara_nissl", "ara_nissl_100.nrrd", named({ save_file_path: "file:a.nrrd" })),
    "/informatics-archive/current-release/mouse_ccf/ara_nissl/ara_nissl_100.nrrd",
  ),
  volume(cached("get_template_volume"), (allen) => allen.volumes.template({ resolutionUm: 100 })),
  volume(cached("get_annotation_volume"), annotation),
  volume(cached("get_structure_mask", 385), (allen) => allen.volumes.structureMask(385, { resolutionUm: 100 })),
  {
    python: api(SPACE, "download_structure_mesh", 549, CCF, "file:mesh.obj"),
    ours: async (allen) => {
      const { positions, normals, triangles } = await allen.volumes.structureMesh(549);
      return [matrixOf(positions), normals && matrixOf(normals), cornersOf(triangles)];
    },
    theirs: ({ value }) => (value as unknown[]).slice(0, 3), // Four arrays, of which the last repeats the third.
  },
  {
    python: cached("get_structure_mesh", 549),
    ours: async (allen) => matrixOf((await allen.volumes.structureMesh(549)).positions),
    theirs: ({ value }) => (value as unknown[])[0],
  },
  space([["total_voxel_map"]], async (allen) => {
    const [labels, tree] = await Promise.all([annotation(allen), allen.structureTree(1)]);
    const counts = labels.countByStructure(tree);
    return Object.fromEntries([...tree].map(({ id }) => [id, counts.get(id) ?? 0]));
  }),
  space([["direct_voxel_map"]], async (allen) => {
    const [labels, tree] = await Promise.all([annotation(allen), allen.structureTree(1)]);
    const counts = labels.countVoxels();
    return Object.fromEntries([...tree].map(({ id }) => [id, counts.get(id) ?? 0]));
  }),
  space([["make_structure_mask", [549, 1009]]], async (allen) => {
    const [labels, tree] = await Promise.all([annotation(allen), allen.structureTree(1)]);
    const inside = [549, 1009].flatMap((id) => tree.descendants(id, { self: true }).map((each) => each.id));
    return arrayOf("uint8", labels.size, labels.mask(inside));
  }),
  space([["get_slice_image", 0, 6000]], async (allen) => {
    const [labels, tree] = await Promise.all([annotation(allen), allen.structureTree(1)]);
    const colours = new Map([...tree].map(({ id }) => [id, tree.rgb(id) ?? BLACK] as const));
    const { data, width, height } = labels.rgbSlice("coronal", labels.sliceAt("coronal", 6000), colours);
    return arrayOf("uint8", [height, width, 3], planesOf(data, width, height));
  }),
];

/** Triples as a matrix of three columns. */
function matrixOf(values: Float64Array): object {
  return arrayOf("float64", [values.length / 3, 3], bytesOf(firstAxisFastest(values.length / 3, 3, values)));
}

function cornersOf(triangles: Uint32Array): object {
  const turned = firstAxisFastest(triangles.length / 3, 3, triangles);
  return arrayOf("int64", [triangles.length / 3, 3], bytesOf(BigInt64Array.from(turned, BigInt)));
}

function bytesOf({ buffer, byteOffset, byteLength }: Float64Array | BigInt64Array): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}

/** A picture's rows of RGBA as Python keeps them with the first axis fastest: without alpha, columns of planes. */
function planesOf(rgba: Uint8Array | Uint8ClampedArray, width: number, height: number): Uint8Array {
  return Uint8Array.from({ length: width * height * 3 }, (_, at) => {
    const [row, column, plane] = [at % height, Math.floor(at / height) % width, Math.floor(at / height / width)];
    return rgba[(row * width + column) * 4 + plane] ?? 0;
  });
}
