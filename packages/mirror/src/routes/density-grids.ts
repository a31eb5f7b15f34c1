import { isAtlasError, UnsupportedError } from "@brainatlas/sdk";
import { UnsupportedStageError } from "../rma/result.ts";
import { type DensityGrid, densityAt, toDensity, voxelIndex } from "../services/density-grid.ts";
import type { ReadDensity } from "../services/service.ts";
import { type Asset, projectionGridName } from "../store/asset.ts";
import type { AtlasStore } from "../store/atlas-store.ts";
import { createByteCache } from "../store/byte-cache.ts";

/** Grids that are kept read, in bytes: one has 4.8 MB, and a search reads those of the experiments that it finds. */
const MAX_KEPT_BYTES = 80 * 1024 ** 2;
/** Largest grid that is read, in bytes: some times what the service has. */
const MAX_GRID_BYTES = 64 * 1024 ** 2;
const RESOLUTION_UM = 100;

type HeldGrid = DensityGrid & { readonly data: ArrayBufferView };

/** Makes the reader of a store's projection densities, at 100 µm. */
export function createDensityReader(store: AtlasStore): ReadDensity {
  const grids = createByteCache<HeldGrid>(MAX_KEPT_BYTES, ({ data }) => data.byteLength);
  return async (dataSetId, signal) => {
    const name = projectionGridName({ dataSetId, image: "projection_density", resolutionUm: RESOLUTION_UM });
    const asset = await store.asset("grid", name, signal);
    if (asset === undefined) return undefined;
    const grid = (): Promise<HeldGrid> =>
      worded(
        dataSetId,
        grids.get(asset.tag, () => readGrid(asset)),
      );
    return {
      grid,
      async at(point) {
        // Loaded only now: most mirrors are never asked for it.
        const { readNrrdVoxel } = await import("./nrrd-voxel.ts");
        const value = await worded(
          dataSetId,
          readNrrdVoxel(asset, (grid) => voxelIndex(grid, point), { maxBytes: MAX_GRID_BYTES, signal }),
        );
        if (value === "unread") return densityAt(await grid(), point);
        return value === undefined ? 0 : toDensity(value);
      },
    };
  };
}

async function readGrid(asset: Asset): Promise<HeldGrid> {
  const { readNrrd } = await import("@brainatlas/sdk/volume");
  const { data, size, spacingUm } = await readNrrd(asset.read(0, asset.sizeBytes), { maxBytes: MAX_GRID_BYTES });
  if (data instanceof BigInt64Array || data instanceof BigUint64Array) {
    throw new UnsupportedError("the search of a grid of 64-bit integers", "write it anew as float");
  }
  return { data, size, spacingUm };
}

/** Turns what is wrong with a file into a refusal that says which it is. */
async function worded<T>(dataSetId: number, reading: Promise<T>): Promise<T> {
  try {
    return await reading;
  } catch (error) {
    // What zlib says has a code of its own.
    const isOfFile = isAtlasError(error) || /^Z_/.test(String((error as { code?: unknown }).code));
    if (!isOfFile || !(error instanceof Error)) throw error;
    throw new UnsupportedStageError(
      `This mirror cannot read its grid of the projection density of experiment ${dataSetId} (${error.message}); import it again`,
      { cause: error },
    );
  }
}
