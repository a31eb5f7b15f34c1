import { readZip } from "@brainatlas/sdk/volume";
import fc from "fast-check";
import { expect, test } from "vitest";
import { checkAsyncProperty } from "../../../../tests/support/property.ts";
import { writeZip } from "./write-zip.ts";

const DATE = new Date("2013-01-31T22:05:16Z");

const files = fc.uniqueArray(
  fc.record({ name: fc.stringMatching(/^[a-zµ_]{1,12}(\.raw)?$/), bytes: fc.uint8Array({ maxLength: 400 }) }),
  { maxLength: 5, selector: ({ name }) => name },
);

test("readZip(writeZip(files)) gives the files", async () => {
  await checkAsyncProperty(
    fc.asyncProperty(files, async (given) => {
      const found = readZip(await writeZip(given, DATE));
      const read = await Promise.all(found.map(async ({ name, read }) => ({ name, bytes: [...(await read())] })));
      expect(read).toEqual(given.map(({ name, bytes }) => ({ name, bytes: [...bytes] })));
    }),
  );
});

test("writeZip() gives the same bytes again, packed, with the date", async () => {
  const given = [{ name: "energy.raw", bytes: new Uint8Array(70_000).fill(7) }];
  const bytes = await writeZip(given, DATE);
  expect(await writeZip(given, DATE)).toEqual(bytes);
  expect(bytes.length).toBeLessThan(1000);
  // 22:05:16 on the 31st of January 2013, in the two fields of the format.
  const view = new DataView(bytes.buffer);
  expect([view.getUint16(10, true), view.getUint16(12, true)]).toEqual([
    (22 << 11) | (5 << 5) | 8,
    (33 << 9) | (1 << 5) | 31,
  ]);
  expect(await writeZip([], DATE)).toHaveLength(22);
});
