import { gzipSync } from "node:zlib";
import { Volume, writeNrrd } from "@brainatlas/sdk/volume";
import { expect, test } from "vitest";
import { UnsupportedStageError } from "../rma/result.ts";
import { densityAt } from "../services/density-grid.ts";
import type { Asset } from "../store/asset.ts";
import type { AtlasStore } from "../store/atlas-store.ts";
import { createDensityReader } from "./density-grids.ts";

const size = [2, 3, 4] as const;
const grid = new Volume(
  Float32Array.from({ length: 24 }, (_, index) => index / 24),
  size,
  { spacingUm: 100 },
);

/** A store of grids by data set, and what bytes it was asked for. */
function storeOf(files: Readonly<Record<number, Uint8Array>>): { store: AtlasStore; reads: [number, number][] } {
  const reads: [number, number][] = [];
  const asset: AtlasStore["asset"] = async (kind, name) => {
    const file = files[Number(name.split("/")[0])];
    if (kind !== "grid" || file === undefined || !name.endsWith("/projection_density_100.nrrd")) return undefined;
    const facts: Partial<Asset> = { sizeBytes: file.byteLength, tag: name, fileName: name };
    return {
      ...facts,
      async *read(start, end) {
        const range: [number, number] = [start, start];
        reads.push(range);
        for (let from = start; from < end; from += 1000) {
          range[1] = Math.min(end, from + 1000);
          yield new Uint8Array(file.slice(from, range[1]));
        }
      },
    } as Asset; // The reader asks for nothing else.
  };
  return { store: { asset } as AtlasStore, reads };
}

test("createDensityReader() reads the grid of an experiment, once", async () => {
  const { store, reads } = storeOf({ 7: await writeNrrd(grid) });
  const find = createDensityReader(store);
  const held = await find(7, undefined);
  expect(reads).toEqual([]);
  expect(await held?.grid()).toMatchObject({ size: [2, 3, 4], spacingUm: [100, 100, 100] });
  const [first, second] = await Promise.all([held?.grid(), (await find(7, undefined))?.grid()]);
  expect(first).toBe(second);
  expect(Array.from(first?.data ?? [])[5]).toBeCloseTo(5 / 24, 6);
  expect(reads).toHaveLength(1);
  expect(await find(8, undefined)).toBeUndefined();
});

const header = (...lines: string[]): Uint8Array =>
  Buffer.from(["NRRD0004", "dimension: 3", "sizes: 2 3 4", "spacings: 100 100 100", ...lines, "", ""].join("\n"));
const values = Array.from({ length: 24 }, (_, index) => index);

test.each([
  ["gzip", Buffer.concat([header("type: uchar", "encoding: gzip"), gzipSync(Uint8Array.from(values))])],
  ["bytes", Buffer.concat([header("type: uchar", "encoding: raw"), Uint8Array.from(values)])],
  [
    "signed bytes behind others",
    Buffer.concat([header("type: int8", "encoding: raw", "byte skip: 3"), Uint8Array.from([9, 9, 9, ...values])]),
  ],
  [
    "gzip behind others",
    Buffer.concat([
      header("type: uchar", "encoding: gzip", "byte skip: 3"),
      gzipSync(Uint8Array.from([9, 9, 9, ...values])),
    ]),
  ],
  [
    "the last bytes",
    Buffer.concat([header("type: uchar", "encoding: raw", "byte skip: -1"), Uint8Array.from([9, 9, ...values])]),
  ],
  ["text", Buffer.concat([header("type: uchar", "encoding: text"), Buffer.from(values.join(" "))])],
  ...(["uint16", "int16", "uint32", "int32", "float", "double"] as const).flatMap((type) =>
    ["little", "big"].map((endian): [string, Buffer] => {
      const width = { uint16: 2, int16: 2, uint32: 4, int32: 4, float: 4, double: 8 }[type];
      const view = new DataView(new ArrayBuffer(24 * width));
      const set = {
        uint16: "setUint16",
        int16: "setInt16",
        uint32: "setUint32",
        int32: "setInt32",
        float: "setFloat32",
        double: "setFloat64",
      } as const;
      for (const value of values) view[set[type]](value * width, value, endian === "little");
      const body = gzipSync(new Uint8Array(view.buffer));
      return [
        `${type}, ${endian}`,
        Buffer.concat([header(`type: ${type}`, `endian: ${endian}`, "encoding: gzip"), body]),
      ];
    }),
  ),
])("at() gives of %s what the whole grid has", async (_, file) => {
  const { store } = storeOf({ 7: file });
  const held = await createDensityReader(store)(7, undefined);
  const whole = await held?.grid();
  for (let x = -50; x < 300; x += 100) {
    for (let y = -50; y < 400; y += 100) {
      for (let z = -50; z < 500; z += 100) {
        expect(await held?.at([x, y, z])).toBe(whole && densityAt(whole, [x, y, z]));
      }
    }
  }
});

test("at() reads no more than it takes, and takes no data for 0", async () => {
  const large = new Volume(new Float32Array(100 * 100 * 100).fill(-1), [100, 100, 100], { spacingUm: 100 });
  let random = 1;
  for (let index = 0; index < 1e6; index += 3) {
    random = (random * 16_807) % 2_147_483_647;
    large.data[index] = random;
  }
  const file = await writeNrrd(large);
  const { store, reads } = storeOf({ 7: file, 8: file.subarray(0, file.length / 2) });
  const find = createDensityReader(store);
  expect(await (await find(7, undefined))?.at([150, 50, 50])).toBe(0);
  const bytes = reads.reduce((sum, [start, end]) => sum + end - start, 0);
  expect(file.length).toBeGreaterThan(1_000_000);
  expect(bytes).toBeLessThan(400_000);
  // What lies behind is not looked at; what lies before has to be there.
  const cut = await find(8, undefined);
  expect(await cut?.at([50, 50, 50])).toBe(16_807);
  await expect(cut?.at([9950, 9950, 9950])).rejects.toThrow("the projection density of experiment 8");
});

test("createDensityReader() refuses what is no grid in words, and asks again for it", async () => {
  const file = await writeNrrd(grid);
  const vast = header("type: float", "endian: little", "encoding: gzip")
    .toString()
    .replace("2 3 4", "9000000 9000000 9");
  const { store, reads } = storeOf({
    1: file.subarray(0, file.length - 9),
    2: await writeNrrd(new Volume(new BigInt64Array(24), size, { spacingUm: 100 })),
    3: new TextEncoder().encode("no grid"),
    4: Buffer.concat([header("type: uchar", "encoding: gzip"), Buffer.from("none")]),
    5: Buffer.concat([Buffer.from(vast), gzipSync(new Uint8Array(10))]),
    6: Buffer.concat([header("type: uchar", "encoding: raw", "data file: x.raw")]),
  });
  const find = createDensityReader(store);
  for (const id of [1, 1, 2, 3, 4, 5, 6]) {
    const reading = (await find(id, undefined))?.grid();
    await expect(reading).rejects.toThrow(UnsupportedStageError);
    await expect(reading).rejects.toThrow(`the projection density of experiment ${id} (`);
  }
  expect(reads).toHaveLength(7);
  for (const id of [2, 3, 4, 5, 6]) {
    const point = [150, id === 5 ? 8e8 : 250, 350] as const;
    await expect((await find(id, undefined))?.at(point)).rejects.toThrow(
      `the projection density of experiment ${id} (`,
    );
  }
});

test("createDensityReader() does not put the store's failures into words, which may name files", async () => {
  const broken = {
    asset: async () => ({
      read: () => ({ [Symbol.asyncIterator]: () => ({ next: () => Promise.reject(new Error("/secret")) }) }),
      sizeBytes: 9,
      tag: "t",
    }),
  };
  const held = await createDensityReader(broken as unknown as AtlasStore)(7, undefined);
  for (const reading of [held?.at([0, 0, 0]), held?.grid()])
    await expect(reading).rejects.toThrow(new Error("/secret"));
});
