import { expect, test } from "vitest";
import { readNrrd } from "./read-nrrd.ts";
import { Volume } from "./volume.ts";
import { writeNrrd } from "./write-nrrd.ts";

const VALUES = Uint16Array.of(1, 2, 3, 400, 500, 65_535);

test("writeNrrd() keeps what is known of a volume", async () => {
  const properties = new Map([
    ["source", "made\nby hand"],
    ["back\\slash", ""],
  ]);
  const options = { spacingUm: [25, 50, 100], originUm: [1, -2, 0.5], space: "LPS", properties } as const;
  const volume = new Volume(VALUES, [1, 2, 3], options);
  for (const encoding of ["gzip", "raw", undefined] as const) {
    expect(await readNrrd(await writeNrrd(volume, { encoding }))).toEqual(volume);
  }
  expect(await readNrrd(await writeNrrd(new Volume(VALUES, [1, 2, 3], { spacingUm: 1 })))).toMatchObject({
    space: undefined,
  });
});

test.each(["RAI", "PIR", "left-posterior-superior-time"])(
  "writeNrrd() keeps the word %s, which the format has not",
  async (space) => {
    const properties = new Map([["a", "b"]]);
    const read = await readNrrd(await writeNrrd(new Volume(VALUES, [1, 2, 3], { spacingUm: 1, space, properties })));
    expect([read.space, [...read.properties]]).toEqual([
      undefined,
      [
        ["AnatomicalOrientation", space],
        ["a", "b"],
      ],
    ]);
    // It is a property now, and stays one.
    expect(await readNrrd(await writeNrrd(read))).toEqual(read);
  },
);

test("writeNrrd() writes headers as long as they can be read, and none longer", async () => {
  const volume = (length: number): Volume =>
    new Volume(VALUES, [1, 2, 3], { spacingUm: 1, properties: new Map([["a", "x".repeat(length)]]) });
  const { length } = await writeNrrd(volume(0), { encoding: "raw" });
  const longest = volume(2 ** 17 - (length - 12));
  expect(await readNrrd(await writeNrrd(longest, { encoding: "raw" }))).toEqual(longest);
  await expect(writeNrrd(volume(2 ** 17 + 1 - (length - 12)), { encoding: "raw" })).rejects.toThrow(
    "Cannot write a header of 131073 bytes; give properties for at most 131072",
  );
});

test("writeNrrd() refuses what it cannot write", async () => {
  const volume = (name: string): Volume =>
    new Volume(new Uint8Array(1), [1, 1, 1], { spacingUm: 1, properties: new Map([[name, "x"]]) });
  await expect(writeNrrd(volume("a"), { encoding: "hex" as "raw" })).rejects.toThrow(TypeError);
  for (const name of ["", "a:b", "#a", " a"]) await expect(writeNrrd(volume(name))).rejects.toThrow(RangeError);
});
