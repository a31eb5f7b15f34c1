import fc from "fast-check";
import { expect, test } from "vitest";
import { checkProperty } from "../../../../tests/support/property.ts";
import { parseStructureGraph } from "./parse-structure-graph.ts";
import { parseStructureRows } from "./parse-structure-rows.ts";
import type { StructureRecord } from "./structure-record.ts";
import { StructureTree } from "./structure-tree.ts";

interface Sketch {
  readonly id: number;
  readonly parent: number | null;
  readonly acronym?: string;
  readonly name?: string;
  readonly color?: string | null;
  readonly order?: number | null;
  readonly sets?: readonly number[];
}

function record({ id, parent, acronym, name, color, order, sets }: Sketch): StructureRecord {
  return {
    id,
    atlas_id: null,
    ontology_id: 1,
    acronym: acronym ?? `S${id}`,
    name: name ?? `Structure ${id}`,
    color_hex_triplet: color === undefined ? "B0F0FF" : color,
    graph_order: order === undefined ? id : order,
    st_level: null,
    hemisphere_id: 3,
    parent_structure_id: parent,
    ...(sets === undefined ? {} : { structure_set_ids: sets }),
  };
}

const SKETCHES: readonly Sketch[] = [
  { id: 385, parent: 315, acronym: "VISp", name: "Primary visual area", color: "08858c", order: 185, sets: [12, 10] },
  { id: 997, parent: null, acronym: "root", name: "root", color: null, order: 0 },
  { id: 549, parent: 8, acronym: "TH", name: "Thalamus", color: "FF7080", order: 641, sets: [12] },
  { id: 8, parent: 997, acronym: "grey", name: "Basic cell groups and regions", color: "BFDAE3", order: 1 },
  { id: 315, parent: 8, acronym: "Isocortex", name: "Isocortex", color: "70FF71", order: 5 },
  { id: 525, parent: 8, acronym: "SUM ", name: "Supramammillary nucleus ", color: "FF7080", order: 800 },
  { id: 900, parent: 997, acronym: "th", name: "tract, visual", order: 1101 },
];
const tree = new StructureTree(SKETCHES.map(record));
const idsOf = (structures: Iterable<StructureRecord>): number[] => Array.from(structures, ({ id }) => id);

/** Any forest: each structure hangs on one made before it, in an order of the rows and of siblings that is drawn, too. */
const forest = fc
  .array(fc.tuple(fc.nat(), fc.boolean(), fc.option(fc.nat(9)), fc.nat()), { maxLength: 40 })
  .map((drawn) => {
    const sketches = drawn.map(([pick, isRoot, order], index) => {
      const parent = index === 0 || (isRoot && pick % 5 === 0) ? null : (pick % index) + 1;
      return { id: index + 1, parent, order };
    });
    const shuffled = sketches.map((sketch, index) => ({ sketch, key: drawn[index]?.[3] ?? 0 }));
    return shuffled.sort((a, b) => a.key - b.key).map(({ sketch }) => sketch);
  });
const picks = fc.array(fc.nat(), { maxLength: 8 });

/** Ids from the structure up, by the sketches alone. */
function plainUpward(sketches: readonly Sketch[], id: number): number[] {
  const parent = sketches.find((sketch) => sketch.id === id)?.parent ?? null;
  return parent === null ? [id] : [id, ...plainUpward(sketches, parent)];
}

function pickIds(sketches: readonly Sketch[], numbers: readonly number[]): number[] {
  return sketches.length === 0 ? [] : numbers.map((number) => (number % sketches.length) + 1);
}

test("StructureTree is read in graph order, and tells its size, root and roots", () => {
  expect(idsOf(tree)).toEqual([997, 8, 315, 385, 549, 525, 900]);
  expect(idsOf(tree)).toEqual(idsOf(tree));
  expect(tree.size).toBe(7);
  expect(tree.root?.id).toBe(997);
  expect(idsOf(tree.roots)).toEqual([997]);
  expect(idsOf(tree.leaves())).toEqual([385, 549, 525, 900]);
});

test("StructureTree without structures has no root, and one with two roots has none of its own", () => {
  const empty = new StructureTree([]);
  expect([empty.size, empty.root, empty.roots, empty.toRows(), empty.toNested()]).toEqual([0, undefined, [], [], []]);
  const two = new StructureTree([record({ id: 2, parent: null }), record({ id: 1, parent: null })]);
  expect(two.root).toBeUndefined();
  expect(idsOf(two.roots)).toEqual([1, 2]);
  expect(two.commonAncestor(1, 2)).toBeUndefined();
});

test("StructureTree orders siblings by graph_order, those without one last, then by id", () => {
  const sketches = [
    { id: 1, parent: null },
    { id: 5, parent: 1, order: null },
    { id: 4, parent: 1, order: null },
    { id: 3, parent: 1, order: 7 },
    { id: 2, parent: 1, order: 7 },
    { id: 6, parent: 1, order: 0 },
  ];
  expect(idsOf(new StructureTree(sketches.map(record)).children(1))).toEqual([6, 2, 3, 4, 5]);
});

test.each<[string, readonly Sketch[], string]>([
  [
    "an id twice",
    [
      { id: 1, parent: null },
      { id: 1, parent: null },
    ],
    "structures[1].id",
  ],
  ["a missing parent", [{ id: 1, parent: 2 }], "structures[0].parent_structure_id"],
  ["a structure in itself", [{ id: 1, parent: 1 }], "structures[0].parent_structure_id"],
  [
    "a cycle beside a tree, met from below",
    [
      { id: 1, parent: null },
      { id: 9, parent: 2 },
      { id: 2, parent: 3 },
      { id: 3, parent: 2 },
    ],
    "structures[2].parent_structure_id",
  ],
])("StructureTree refuses %s", (_, sketches, at) => {
  expect(() => new StructureTree(sketches.map(record))).toThrow(expect.objectContaining({ code: "ATLAS_DECODE", at }));
});

test("get() and has() look up an id", () => {
  expect(tree.get(385)?.acronym).toBe("VISp");
  expect([tree.has(385), tree.has(1), tree.get(1), tree.get(Number.NaN)]).toEqual([true, false, undefined, undefined]);
});

test("byAcronym() and byName() ignore blanks around, and case when told", () => {
  expect(tree.byAcronym("SUM")?.acronym).toBe("SUM ");
  expect(tree.byAcronym(" SUM ")?.id).toBe(525);
  expect([tree.byAcronym("TH")?.id, tree.byAcronym("th")?.id, tree.byAcronym("tH")]).toEqual([549, 900, undefined]);
  expect(tree.byAcronym("tH", { ignoreCase: true })?.id).toBe(549);
  expect(idsOf(tree.allByAcronym("tH", { ignoreCase: true }))).toEqual([549, 900]);
  expect(tree.byName("Supramammillary nucleus")?.id).toBe(525);
  expect(tree.byName("thalamus", { ignoreCase: true })?.id).toBe(549);
  expect([tree.byName("thalamus"), tree.allByName("nothing")]).toEqual([undefined, []]);
  expect([tree.byAcronym("__proto__"), tree.byAcronym("constructor")]).toEqual([undefined, undefined]);
});

test("bySet(), setIds() and byColor() list structures in graph order", () => {
  expect([idsOf(tree.bySet(12)), idsOf(tree.bySet(10)), tree.bySet(1)]).toEqual([[385, 549], [385], []]);
  expect(tree.setIds()).toEqual([10, 12]);
  expect([idsOf(tree.byColor("#ff7080")), idsOf(tree.byColor("08858C")), tree.byColor("000000")]).toEqual([
    [549, 525],
    [385],
    [],
  ]);
  expect(() => tree.byColor("red")).toThrow(RangeError);
});

test("find() ranks id, acronym, acronym ignoring case, name, beginning, and part", () => {
  expect(idsOf(tree.find("385"))).toEqual([385]);
  expect(idsOf(tree.find("TH"))).toEqual([549, 900]);
  expect(idsOf(tree.find("th"))).toEqual([900, 549]);
  expect(idsOf(tree.find("ISOCORTEX"))).toEqual([315]);
  expect(idsOf(tree.find("vis"))).toEqual([385, 900]);
  expect(idsOf(tree.find("t", { limit: 2 }))).toEqual([549, 900]);
  expect([tree.find(" "), tree.find("nothing"), tree.find("t", { limit: 0 })]).toEqual([[], [], []]);
  expect(() => tree.find("t", { limit: -1 })).toThrow(RangeError);
});

test("relations tell who lies in whom", () => {
  expect([tree.parent(385)?.id, tree.parent(997)]).toEqual([315, undefined]);
  expect([idsOf(tree.children(8)), tree.children(385)]).toEqual([[315, 549, 525], []]);
  expect(idsOf(tree.ancestors(385))).toEqual([315, 8, 997]);
  expect(idsOf(tree.ancestors(385, { self: true }))).toEqual([385, 315, 8, 997]);
  expect(idsOf(tree.descendants(8))).toEqual([315, 385, 549, 525]);
  expect(idsOf(tree.descendants(8, { self: true }))).toEqual([8, 315, 385, 549, 525]);
  expect([tree.isDescendant(385, 8), tree.isDescendant(8, 385), tree.isDescendant(900, 8)]).toEqual([
    true,
    false,
    false,
  ]);
  expect([tree.isDescendant(8, 8), tree.isDescendant(8, 8, { self: true })]).toEqual([false, true]);
  expect([tree.level(997), tree.level(385)]).toEqual([0, 3]);
  expect([tree.path(385), tree.path(997)]).toEqual([[997, 8, 315, 385], [997]]);
});

test("pathText() writes acronyms or names", () => {
  expect(tree.pathText(525)).toBe("root > grey > SUM");
  expect(tree.pathText(525, { separator: "/", label: "name" })).toBe(
    "root/Basic cell groups and regions/Supramammillary nucleus",
  );
});

test("commonAncestor() is the smallest that holds all", () => {
  expect(tree.commonAncestor(385, 549)?.id).toBe(8);
  expect([tree.commonAncestor(385)?.id, tree.commonAncestor(385, 315)?.id]).toEqual([385, 315]);
  expect(tree.commonAncestor(900, 385, 549)?.id).toBe(997);
  expect(() => tree.commonAncestor()).toThrow("give at least one id");
});

test("overlaps() pairs those that lie in each other, each pair once", () => {
  expect(tree.overlaps([549, 385, 8, 315, 385])).toEqual([
    { outer: 8, inner: 315 },
    { outer: 315, inner: 385 },
    { outer: 8, inner: 385 },
    { outer: 8, inner: 549 },
  ]);
  expect(tree.overlaps([549, 385])).toEqual([]);
});

test("collapse() gives the nearest, and has no entry for what lies in none", () => {
  expect([...tree.collapse([8, 315])]).toEqual([
    [8, 8],
    [315, 315],
    [385, 315],
    [549, 8],
    [525, 8],
  ]);
});

test("filter() hangs structures on the nearest kept ancestor, and leaves records as they are", () => {
  const part = tree.filter(({ id }) => id === 997 || id === 385 || id === 525);
  expect(idsOf(part)).toEqual([997, 385, 525]);
  expect([part.parent(385)?.id, part.level(385)]).toEqual([997, 1]);
  expect(part.get(385)).toBe(tree.get(385));
  expect(part.toRows().map((row) => [row.parent_structure_id, row.structure_id_path])).toEqual([
    [null, "/997/"],
    [997, "/997/385/"],
    [997, "/997/525/"],
  ]);
  expect(idsOf(tree.filter(({ id }) => id !== 997).roots)).toEqual([8, 900]);
});

test("rgb() and colorTable() give colours, and nothing for none", () => {
  expect([tree.rgb(385), tree.rgb(997)]).toEqual([[8, 133, 140], undefined]);
  const table = tree.colorTable();
  expect(table.ids).toEqual([8, 315, 385, 549, 525, 900]);
  const row = table.rowOf.get(385) ?? Number.NaN;
  expect([...table.rgb.subarray(3 * row, 3 * row + 3)]).toEqual([8, 133, 140]);
});

test.each<[string, () => unknown]>([
  ["parent", () => tree.parent(1)],
  ["children", () => tree.children(1)],
  ["ancestors", () => tree.ancestors(1)],
  ["descendants", () => tree.descendants(1)],
  ["isDescendant", () => tree.isDescendant(385, 1)],
  ["path", () => tree.path(1)],
  ["pathText", () => tree.pathText(1)],
  ["level", () => tree.level(1)],
  ["commonAncestor", () => tree.commonAncestor(385, 1)],
  ["overlaps", () => tree.overlaps([385, 1])],
  ["collapse", () => tree.collapse([1])],
  ["rgb", () => tree.rgb(1)],
])("%s() refuses an id that is not there", (_, call) => {
  expect(call).toThrow(RangeError);
  expect(call).toThrow("Cannot use structure 1: it is not among the 7 of this tree; give an id");
});

test("relations agree with a plain walk in any forest", () => {
  checkProperty(
    fc.property(forest, (sketches) => {
      const drawn = new StructureTree(sketches.map(record));
      expect(drawn.size).toBe(sketches.length);
      for (const { id } of sketches) {
        const upward = plainUpward(sketches, id);
        const below = sketches.filter((other) => plainUpward(sketches, other.id).slice(1).includes(id));
        expect(idsOf(drawn.ancestors(id, { self: true }))).toEqual(upward);
        expect(drawn.path(id)).toEqual(upward.toReversed());
        expect(idsOf(drawn.descendants(id)).sort()).toEqual(below.map((other) => other.id).sort());
        expect(idsOf(drawn.children(id)).sort()).toEqual(
          idsOf(sketches.filter(({ parent }) => parent === id).map(record)).sort(),
        );
        for (const other of sketches) {
          expect(drawn.isDescendant(other.id, id)).toBe(below.includes(other));
        }
      }
    }),
  );
});

test("descendants() are in the order of the whole tree, each after its parent", () => {
  checkProperty(
    fc.property(forest, (sketches) => {
      const drawn = new StructureTree(sketches.map(record));
      const order = idsOf(drawn);
      for (const { id, parent } of sketches) {
        if (parent !== null) expect(order.indexOf(parent)).toBeLessThan(order.indexOf(id));
        const inside = new Set(idsOf(drawn.descendants(id)));
        expect(idsOf(drawn.descendants(id))).toEqual(order.filter((other) => inside.has(other)));
      }
    }),
  );
});

test("commonAncestor() holds all, and no child of it does", () => {
  checkProperty(
    fc.property(forest, picks, (sketches, numbers) => {
      const ids = pickIds(sketches, numbers);
      if (ids.length === 0) return;
      const drawn = new StructureTree(sketches.map(record));
      const common = drawn.commonAncestor(...ids);
      const holdsAll = (outer: number): boolean => ids.every((id) => drawn.isDescendant(id, outer, { self: true }));
      if (common === undefined) expect(drawn.roots.some(({ id }) => holdsAll(id))).toBe(false);
      else {
        expect(holdsAll(common.id)).toBe(true);
        expect(drawn.children(common.id).some(({ id }) => holdsAll(id))).toBe(false);
      }
    }),
  );
});

test("overlaps() are the pairs that isDescendant() tells, and collapse() agrees with a plain walk", () => {
  checkProperty(
    fc.property(forest, picks, (sketches, numbers) => {
      const ids = pickIds(sketches, numbers);
      const drawn = new StructureTree(sketches.map(record));
      const members = [...new Set(ids)];
      const pairs = members.flatMap((outer) =>
        members.filter((inner) => drawn.isDescendant(inner, outer)).map((inner) => `${outer} ${inner}`),
      );
      expect(
        drawn
          .overlaps(ids)
          .map(({ outer, inner }) => `${outer} ${inner}`)
          .sort(),
      ).toEqual(pairs.sort());
      const owners = sketches.flatMap(({ id }) => {
        const owner = plainUpward(sketches, id).find((candidate) => members.includes(candidate));
        return owner === undefined ? [] : [[id, owner] as const];
      });
      expect(drawn.collapse(ids)).toEqual(new Map(owners));
    }),
  );
});

test("filter() keeps who lies in whom", () => {
  checkProperty(
    fc.property(forest, fc.infiniteStream(fc.boolean()), (sketches, coins) => {
      const drawn = new StructureTree(sketches.map(record));
      const keep = new Map(sketches.map(({ id }) => [id, coins.next().value === true]));
      const part = drawn.filter(({ id }) => keep.get(id) === true);
      expect(part.size).toBe([...keep.values()].filter(Boolean).length);
      for (const { id } of part) {
        expect(idsOf(part.ancestors(id))).toEqual(idsOf(drawn.ancestors(id)).filter((other) => part.has(other)));
      }
    }),
  );
});

test("toRows() and toNested() are read as the same tree, of a part, too", () => {
  checkProperty(
    fc.property(forest, fc.integer({ min: 2, max: 5 }), (sketches, divisor) => {
      const whole = new StructureTree(sketches.map(record));
      for (const drawn of [whole, whole.filter(({ id }) => id % divisor !== 0)]) {
        const rows = drawn.toRows();
        expect(parseStructureRows(rows).toRows()).toEqual(rows);
        expect(parseStructureRows(JSON.parse(JSON.stringify(rows))).toNested()).toEqual(drawn.toNested());
        expect(parseStructureGraph(drawn.toNested()).toRows()).toEqual(rows);
      }
    }),
  );
});
