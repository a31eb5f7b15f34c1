import type { DensityGrid } from "../services/density-grid.ts";
import type { ReadDensity } from "../services/service.ts";
import { type Asset, projectionGridName } from "../store/asset.ts";
import type { AtlasStore } from "../store/atlas-store.ts";
import { createByteCache } from "../store/byte-cache.ts";

/** Grids that are kept read, in bytes: one has 4.8 MB, and a search asks for those of all experiments in turn. */
const MAX_KEPT_BYTES = 80 * 1024 ** 2;
/** Largest grid that is read, in bytes: some times what the service has. */
const MAX_GRID_BYTES = 64 * 1024 ** 2;
const RESOLUTION_UM = 100;

/** Makes the reader of a store's projection densities, at 100 µm. */
export function createDensityReader(store: AtlasStore): ReadDensity {
  const grids = createByteCache<DensityGrid & { readonly data: ArrayBufferView }>(
    MAX_KEPT_BYTES,
    ({ data }) => data.byteLength,
  );
  return async (dataSetId, signal) => {
    const name = projectionGridName({ dataSetId, image: "projection_density", resolutionUm: RESOLUTION_UM });
    const asset = await store.asset("grid", name, signal);
    return asset && (await grids.get(asset.tag, () => readGrid(asset)));
  };
}

async function readGrid(asset: Asset): Promise<DensityGrid & { readonly data: ArrayBufferView }> {
  // Loaded only now: most mirrors are never asked for it.
  const { readNrrd } = await import("@brainatlas/sdk/volume");
  const { data, size, spacingUm } = await readNrrd(asset.read(0, asset.sizeBytes), { maxBytes: MAX_GRID_BYTES });
  if (data instanceof BigInt64Array || data instanceof BigUint64Array) {
    throw new Error(`Cannot search the grid ${asset.fileName}: it holds integers of 64 bits`);
  }
  return { data, size, spacingUm };
}
