import fc from "fast-check";
import { expect, test } from "vitest";
import { makeZip } from "../../../../tests/support/make-zip.ts";
import { checkAsyncProperty } from "../../../../tests/support/property.ts";
import { isAtlasError } from "../errors.ts";
import { readGridZip } from "./read-grid-zip.ts";
import { readNrrd } from "./read-nrrd.ts";
import { Volume } from "./volume.ts";
import { createVoxels, type Endian, swapBytes, type Triple, type VoxelType } from "./voxels.ts";
import { writeNrrd } from "./write-nrrd.ts";

const TYPES: readonly VoxelType[] = [
  "int8",
  "uint8",
  "int16",
  "uint16",
  "int32",
  "uint32",
  "int64",
  "uint64",
  "float32",
  "float64",
];

const extents = fc.integer({ min: 1, max: 4 });
const volumes = fc
  .record({
    type: fc.constantFrom(...TYPES),
    size: fc.tuple(extents, extents, extents),
    spacingUm: fc.constantFrom(10, 25, 0.1, 1e-7, 12_345.678),
    bytes: fc.uint8Array({ minLength: 512, maxLength: 512 }),
  })
  .map(({ type, size, spacingUm, bytes }) => {
    const data = createVoxels(type, size[0] * size[1] * size[2]);
    const target = new Uint8Array(data.buffer);
    target.set(bytes.subarray(0, target.length));
    return new Volume(data, size, { spacingUm });
  });

/** The bits, since NaN is not NaN. */
function bitsOf({ data, type, size, spacingUm, originUm }: Volume): unknown {
  const bits = Buffer.from(data.buffer, data.byteOffset, data.byteLength).toString("hex");
  return { bits, type, size, spacingUm, originUm };
}

test("readNrrd() reads what writeNrrd() writes, of every type, encoding and byte order", async () => {
  const encodings = fc.constantFrom("raw" as const, "gzip" as const);
  const orders = fc.constantFrom<Endian>("little", "big");
  await checkAsyncProperty(
    fc.asyncProperty(volumes, encodings, orders, async (volume, encoding, order) => {
      const bytes = await writeNrrd(order === "big" ? swapped(volume) : volume, { encoding });
      const file = order === "big" ? replaceText(bytes, "endian: little", "endian: big") : bytes;
      expect(bitsOf(await readNrrd(file))).toEqual(bitsOf(volume));
    }),
  );
});

function swapped(volume: Volume): Volume {
  const data = volume.data.slice();
  swapBytes(new Uint8Array(data.buffer), data.BYTES_PER_ELEMENT);
  return new Volume(data, volume.size, volume);
}

function replaceText(bytes: Uint8Array, from: string, to: string): Uint8Array {
  return Buffer.from(Buffer.from(bytes).toString("latin1").replace(from, to), "latin1");
}

const SMALL = new Volume(
  Uint16Array.from({ length: 24 }, (_, index) => index * 1001),
  [2, 3, 4] satisfies Triple,
  {
    spacingUm: 25,
  },
);

/** The volume, or `undefined` for an error of the family; any other error is a fault of the reader. */
async function tryRead(read: () => Promise<Volume>): Promise<Volume | undefined> {
  try {
    return await read();
  } catch (error) {
    if (isAtlasError(error, "ATLAS_DECODE", "ATLAS_UNSUPPORTED")) return undefined;
    throw error;
  }
}

test.each(["raw", "gzip"] as const)("readNrrd() reads no part of a file, %s", async (encoding) => {
  const bytes = await writeNrrd(SMALL, { encoding });
  for (let length = 0; length < bytes.length; length += 1) {
    expect(await tryRead(() => readNrrd(bytes.subarray(0, length)))).toBeUndefined();
  }
  expect(bitsOf(await readNrrd(bytes))).toEqual(bitsOf(SMALL));
});

/** Bytes with some of them changed, taken out or put in. */
function mutate(
  bytes: Uint8Array,
  edits: readonly { readonly at: number; readonly kind: number; readonly byte: number }[],
): Uint8Array {
  let changed: number[] = [...bytes];
  for (const { at, kind, byte } of edits) {
    const place = at % (changed.length + 1);
    changed =
      kind === 0
        ? changed.toSpliced(place, 1, byte)
        : changed.toSpliced(place, kind === 1 ? 1 : 0, ...(kind === 1 ? [] : [byte]));
  }
  return Uint8Array.from(changed);
}

const edits = fc.array(
  fc.record({
    at: fc.nat(),
    kind: fc.nat({ max: 2 }),
    byte: fc.oneof(fc.nat({ max: 255 }), fc.constantFrom(10, 32, 48, 57, 58)),
  }),
  { minLength: 1, maxLength: 4 },
);

test("readNrrd() gives a whole volume or an error of the family for a damaged header", async () => {
  const bytes = await writeNrrd(SMALL, { encoding: "raw" });
  const end = bytes.length - SMALL.data.byteLength;
  await checkAsyncProperty(
    fc.asyncProperty(edits, async (damage) => {
      const file = Buffer.concat([mutate(bytes.subarray(0, end), damage), bytes.subarray(end)]);
      const volume = await tryRead(() => readNrrd(file, { maxBytes: 1e6 }));
      if (volume === undefined) return;
      const [x, y, z] = volume.size;
      expect(volume.data.length).toBe(x * y * z);
      // All of the bytes behind the header, whatever it says that they are, and no other ones.
      expect(volume.data.byteLength).toBeLessThanOrEqual(file.length);
    }),
    1000,
  );
});

test("readNrrd() gives the same volume or an error of the family for damaged gzip", async () => {
  const bytes = await writeNrrd(SMALL);
  const start = Buffer.from(bytes).indexOf("\n\n") + 2;
  await checkAsyncProperty(
    fc.asyncProperty(edits, async (damage) => {
      const file = Buffer.concat([bytes.subarray(0, start), mutate(bytes.subarray(start), damage)]);
      const volume = await tryRead(() => readNrrd(file));
      if (volume !== undefined) expect(bitsOf(volume)).toEqual(bitsOf(SMALL));
    }),
    1000,
  );
});

test("readGridZip() gives the same volume or an error of the family for a zip with a damaged byte", async () => {
  const header =
    "NDims = 3\nBinaryDataByteOrderMSB = False\nElementSpacing = 25 25 25\nDimSize = 2 3 4\nElementType = MET_USHORT\nElementDataFile = energy.raw\n";
  const zip = makeZip([
    { name: "energy.raw", body: new Uint8Array(SMALL.data.buffer) },
    { name: "energy.mhd", body: header },
  ]);
  await checkAsyncProperty(
    fc.asyncProperty(fc.nat({ max: zip.length - 1 }), fc.nat({ max: 255 }), async (at, byte) => {
      const file = Buffer.from(zip);
      file[at] = byte;
      const volume = await tryRead(async () => [...(await readGridZip(file)).volumes.values()][0] as Volume);
      if (volume !== undefined) expect(bitsOf(volume)).toEqual(bitsOf(SMALL));
    }),
    1000,
  );
});
