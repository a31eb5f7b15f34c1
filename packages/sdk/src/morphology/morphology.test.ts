import fc from "fast-check";
import { expect, test } from "vitest";
import { thrownBy } from "../../../../tests/support/fault-server.ts";
import { checkProperty } from "../../../../tests/support/property.ts";
import { Morphology } from "./morphology.ts";
import { parseMarkers } from "./parse-markers.ts";
import { parseSwc } from "./parse-swc.ts";
import { printSwc } from "./print-swc.ts";

/** A soma of two nodes, an axon, and a dendrite that forks twice; children stand before parents. */
const NEURON = `# ORIGINAL_SOURCE by hand
9 3 0 20 0 0.5 8
8 3 0 10 0 0.5 1
1 1 0 0 0 5 -1
2 1 0 1 0 5 1
10 4 5 20 0 0.5 8
11 4 5 30 0 0.5 10
12 4 9 20 3 0.5 10
20 2 0 -7 0 0.25 2 rest of the line
`;

test("parseSwc() reads nodes in any order", () => {
  const neuron = parseSwc(NEURON);
  expect([neuron.size, neuron.roots, [...neuron.id]]).toEqual([8, [2], [9, 8, 1, 2, 10, 11, 12, 20]]);
  expect([neuron.children(1), neuron.children(2), neuron.children(0)]).toEqual([[0, 4], [1, 3], []]);
  expect([neuron.compartment("soma"), neuron.compartment("axon")]).toEqual([[2, 3], [7]]);
  expect([neuron.compartment("basal"), neuron.compartment("apical")]).toEqual([
    [0, 1],
    [4, 5, 6],
  ]);
  expect(neuron.box()).toEqual({ min: [0, -7, 0], max: [9, 30, 3] });
});

test("measures() counts stems, branches, forks and tips, and leaves the soma out of the length", () => {
  const { totalLengthUm, maxEuclideanUm, ...counts } = parseSwc(NEURON).measures();
  expect(counts).toEqual({ nodes: 8, stems: 2, bifurcations: 2, branches: 6, tips: 4 });
  expect(totalLengthUm).toBeCloseTo(10 + 10 + Math.hypot(5, 10) + 10 + 5 + 8, 9);
  expect(maxEuclideanUm).toBeCloseTo(Math.hypot(5, 30), 9);
});

test("parseSwc() takes more than one root, and any line end", () => {
  expect(parseSwc("1 3 0 0 0 1 -1\n2 3 1 0 0 1 -1").roots).toEqual([0, 1]);
  expect(parseSwc(NEURON.replaceAll("\n", "\r"))).toEqual(parseSwc(NEURON));
  const many = Array.from({ length: 100_000 }, (_, i) => `${i} 3 0 0 0 1 -1`).join("\n");
  expect(parseSwc(many).roots.slice(0, 3)).toEqual([0, 1, 2]);
});

test.each([
  ["", "expected a node"],
  ["# nothing\n", "the file holds none; expected a node"],
  ["1 1 0 0 0 1", "line 1"],
  ["1 1 0 0 0 x -1", "line 1"],
  ["\n1 1 0 0 Infinity 1 -1", "line 2"],
  ["1.5 1 0 0 0 1 -1", "an id that is a whole number"],
  ["99999999999 1 0 0 0 1 -1", "an id that is a whole number"],
  ["1 1 0 0 0 1 -2", "a parent that is a whole number of -1 or more"],
  ["1 1 0 0 0 -1 -1", "a radius of 0 or more"],
  ["1 1 0 0 0 1 -1\n1 1 0 0 0 1 -1", 'line 2 holds "id 1 again"'],
  ["1 1 0 0 0 1 -1\n2 3 0 0 0 1 7", 'line 2 holds "parent 7"'],
  ["1 1 0 0 0 1 1", "its own ancestor"],
  ["5 1 0 0 0 1 -1\n1 3 0 0 0 1 3\n2 3 0 0 0 1 1\n3 3 0 0 0 1 2", "its own ancestor"],
])("parseSwc() refuses %j", (text, message) => {
  const error = thrownBy(() => parseSwc(text));
  expect(error).toMatchObject({ code: "ATLAS_DECODE" });
  expect(String(error)).toContain(message);
});

/** Nodes whose parents come before them; their ids count down, and their lines are turned round. */
const morphologies = fc
  .array(fc.tuple(fc.nat(7), fc.double({ noNaN: true, noDefaultInfinity: true }), fc.nat(100)), {
    minLength: 1,
    maxLength: 30,
  })
  .map((rows) => {
    const of = (value: (row: (typeof rows)[number], at: number) => number): number[] => rows.map(value);
    const real = Float64Array.from(of(([, place]) => place + 0));
    return new Morphology({
      id: Int32Array.from(of((_, at) => 1000 - at)),
      type: Int32Array.from(of(([type]) => type)),
      x: real,
      y: real.map((value) => -value + 0),
      z: real,
      radius: real.map(Math.abs),
      parent: Int32Array.from(of(([, , pick], at) => (pick % 5 === 0 ? -1 : Math.min(at - 1, pick % (at + 1))))),
    });
  });

test("parseSwc(printSwc(morphology)) is the morphology", () => {
  checkProperty(
    fc.property(morphologies, (morphology) => {
      expect(parseSwc(printSwc(morphology, "two\nlines"))).toEqual(morphology);
      const turned = printSwc(morphology).trimEnd().split("\n").reverse().join("\n");
      const { totalLengthUm, maxEuclideanUm: _, ...counts } = parseSwc(turned).measures();
      const { totalLengthUm: length, maxEuclideanUm: __, ...same } = morphology.measures();
      expect(counts).toEqual(same);
      if (Number.isFinite(length))
        expect(Math.abs(totalLengthUm - length)).toBeLessThanOrEqual(Math.abs(length) * 1e-9);
    }),
  );
});

test("parseMarkers() reads places and their names", () => {
  const text =
    "##x,y,z,radius,shape,name,comment, color_r,color_g,color_b\n101.5, 20,3,0,1,10,cut,255,0,0\n\n1,2,3,0,1,30,\n";
  expect(parseMarkers(text)).toEqual([
    { x: 101.5, y: 20, z: 3, radius: 0, shape: 1, name: "10", comment: "cut" },
    { x: 1, y: 2, z: 3, radius: 0, shape: 1, name: "30", comment: "" },
  ]);
  expect(() => parseMarkers("#\n1,2,3,0,1")).toThrow("line 2");
  for (const word of ["a", "0x10", "0b1", "1e999", ""])
    expect(() => parseMarkers(`${word},2,3,0,1,10,`)).toThrow("line 1");
  expect(parseMarkers("1,2,3,0,1,a,\r1,2,3,0,1,b,").map(({ name }) => name)).toEqual(["a", "b"]);
});
