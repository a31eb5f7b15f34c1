import { tierSize } from "@brainatlas/sdk/image";
import fc from "fast-check";
import { expect, test } from "vitest";
import { filledStore } from "../../../../tests/support/filled-store.ts";
import { checkProperty } from "../../../../tests/support/property.ts";
import { pulled, RIGHT } from "../../../../tests/support/slides.ts";
import { importTiers } from "../import/import-tiers.ts";
import type { FolderStore } from "../store/folder-store.ts";
import { countAbsent } from "./count-absent.ts";
import { verifyStore } from "./verify-store.ts";

/** What is found wrong once an entry says something else of its picture. */
async function foundWith(store: FolderStore, name: string, changes: object): Promise<unknown[]> {
  const found = await store.entries.get("picture", name);
  if (found === undefined) throw new Error("No picture");
  await store.entries.link({ ...found.entry, details: { ...found.entry.details, ...changes } }, found.entry);
  const { problems } = await verifyStore(store);
  return problems.map(({ what, entries }) => [what, entries.map((entry) => entry.name)]);
}

test.each<[object, RegExp]>([
  [{ width: 5000, height: 5000 }, /says 5000 × 5000 pixels at downsample 0, and it has 320 × 320/],
  [{ height: 321 }, /says 300 × 321 pixels/],
  [{ width: 150 }, /says 150 × 300 pixels/],
  [{ downsample: 1 }, /says 150 × 150 pixels at downsample 1/],
  [{ bits: 16 }, /says 16 bits a channel, and its tiles are encoded as jpeg/],
  [{ tiers: [{ left: 0, top: 0, width: 301, height: 300, downsample: 0 }] }, /301 × 300 pixels at 0, 0 .* lie outside/],
  [{ tiers: [{ left: 0, top: 0, width: 9, height: 9, downsample: 9 }] }, /of downsample 9 are held, and they lie/],
])(
  "verifyStore() tells of a picture whose entry says %j, and of no other with the same body",
  async (changes, words) => {
    expect(await foundWith(await filledStore(), "/plates/11.aff", changes)).toEqual([
      [expect.stringMatching(words), ["/plates/11.aff"]],
    ]);
  },
);

test("verifyStore() finds a picture in part whole, and tells of tiles that are absent where they are said to be held", async () => {
  const { part, request } = await pulled(RIGHT);
  await importTiers(part.store, request);
  expect((await verifyStore(part.store, { full: true })).problems).toEqual([]);
  const tiers = [0, 1, 2].map((downsample) => {
    const [width, height] = [tierSize(request.width, downsample), tierSize(request.height, downsample)];
    return { left: 0, top: 0, width, height, downsample };
  });
  const words = /900 × 600 pixels at 0, 0 of downsample 0 are held, and 8 of their tiles are absent/;
  for (const changes of [{ tiers }, { tiers: undefined }]) {
    expect(await foundWith(part.store, request.path, changes)).toEqual([
      [expect.stringMatching(words), [request.path]],
    ]);
  }
});

test("countAbsent() counts as one does tile by tile", () => {
  const edge = fc.integer({ min: 1, max: 12 });
  const tables = fc.tuple(edge, edge).chain(([columns, rows]) =>
    fc.record({
      columns: fc.constant(columns),
      rows: fc.constant(rows),
      sizes: fc.array(fc.constantFrom(0, 7), { minLength: columns * rows, maxLength: columns * rows }),
      spanX: fc.tuple(fc.nat({ max: columns }), fc.nat({ max: columns })),
      spanY: fc.tuple(fc.nat({ max: rows }), fc.nat({ max: rows })),
    }),
  );
  checkProperty(
    fc.property(tables, ({ columns, rows, sizes, spanX, spanY }) => {
      const [left, right] = [Math.min(...spanX), Math.max(...spanX)];
      const [top, bottom] = [Math.min(...spanY), Math.max(...spanY)];
      let expected = 0;
      for (const [index, size] of sizes.entries()) {
        const [column, row] = [index % columns, Math.floor(index / columns)];
        if (size === 0 && column >= left && column < right && row >= top && row < bottom) expected += 1;
      }
      const count = countAbsent({ columns, rows, sizes: Uint32Array.from(sizes) });
      expect(count({ column: left, row: top }, { column: right, row: bottom })).toBe(expected);
    }),
  );
});
