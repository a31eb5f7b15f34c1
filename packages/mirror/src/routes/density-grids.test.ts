import { Volume, writeNrrd } from "@brainatlas/sdk/volume";
import { expect, test } from "vitest";
import { assetOfBytes } from "../store/asset.ts";
import type { AtlasStore } from "../store/atlas-store.ts";
import { createDensityReader } from "./density-grids.ts";

const size = [2, 3, 4] as const;
const grid = new Volume(
  Float32Array.from({ length: 24 }, (_, index) => index / 24),
  size,
  { spacingUm: 100 },
);
const wide = new Volume(new BigInt64Array(24), size, { spacingUm: 100 });

/** A store of grids by data set, and how often it was asked for bytes. */
async function storeOf(files: Readonly<Record<number, Uint8Array>>): Promise<{ store: AtlasStore; reads: string[] }> {
  const reads: string[] = [];
  const asset: AtlasStore["asset"] = async (kind, name) => {
    const file = files[Number(name.split("/")[0])];
    if (kind !== "grid" || file === undefined || !name.endsWith("/projection_density_100.nrrd")) return undefined;
    const found = assetOfBytes(file.slice(), { fileName: name, lastModified: new Date(0) });
    return {
      ...found,
      read(...range) {
        reads.push(name);
        return found.read(...range);
      },
    };
  };
  return { store: { asset } as AtlasStore, reads }; // The reader asks for nothing else.
}

test("createDensityReader() reads the grid of an experiment, once", async () => {
  const { store, reads } = await storeOf({ 7: await writeNrrd(grid) });
  const read = createDensityReader(store);
  expect(await read(7, undefined)).toMatchObject({ size: [2, 3, 4], spacingUm: [100, 100, 100] });
  const [first, second] = await Promise.all([read(7, undefined), read(7, undefined)]);
  expect(first).toBe(second);
  expect(Array.from(first?.data ?? [])[5]).toBeCloseTo(5 / 24, 6);
  expect(reads).toEqual(["7/projection_density_100.nrrd"]);
  expect(await read(8, undefined)).toBeUndefined();
});

test("createDensityReader() refuses what is no grid, and asks again for it", async () => {
  const file = await writeNrrd(grid);
  const broken = file.subarray(0, file.length - 9);
  const { store, reads } = await storeOf({
    1: broken,
    2: await writeNrrd(wide),
    3: new TextEncoder().encode("no grid"),
  });
  const read = createDensityReader(store);
  for (const id of [1, 1, 2, 3]) await expect(read(id, undefined)).rejects.toThrow();
  await expect(read(2, undefined)).rejects.toThrow("integers of 64 bits");
  expect(reads.filter((name) => name.startsWith("1/"))).toHaveLength(2);
});
