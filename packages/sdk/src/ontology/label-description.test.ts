import { expect, test } from "vitest";
import { parseStructureRows } from "./parse-structure-rows.ts";

const tree = parseStructureRows([
  { id: 997, acronym: "root", name: 'the "whole"\nbrain', parent_structure_id: null, color_hex_triplet: "FFFFFF" },
  { id: 8, acronym: "grey ", name: "Grey", parent_structure_id: 997, color_hex_triplet: "BFDAE3", graph_order: 1 },
  { id: 73, acronym: "VS", name: "ventricles", parent_structure_id: 997, graph_order: 2 },
  { id: 0, acronym: "void", name: "void", parent_structure_id: 997 },
]);
const labels = (text: string): string[] => text.split("\n").filter((line) => line !== "" && !line.startsWith("#"));

test("labelDescription() writes a line a structure, and the clear label", () => {
  expect(labels(tree.labelDescription())).toEqual([
    '    0    0    0    0        0  0  0    "Clear Label"',
    '  997  255  255  255     1.00  1  1    "root"',
    '    8  191  218  227     1.00  1  1    "grey"',
    '   73    0    0    0     1.00  1  1    "VS"',
  ]);
});

test("labelDescription() takes names, numbers, opacity and what is hidden", () => {
  const indexOf = ({ id }: { id: number }): number | undefined => ({ 997: 1, 8: 2 })[id];
  const text = tree.labelDescription({ label: "name", indexOf, alpha: 0.5, hidden: [8], withoutMesh: [997] });
  expect(labels(text).slice(1)).toEqual([
    `    1  255  255  255     0.50  1  0    "the 'whole' brain"`,
    '    2  191  218  227     0.50  0  1    "Grey"',
  ]);
});

test("labelDescription() refuses numbers that are no labels or given twice, and an opacity out of range", () => {
  expect(() => tree.labelDescription({ indexOf: () => 0 })).toThrow(RangeError);
  expect(() => tree.labelDescription({ indexOf: () => 1.5 })).toThrow(RangeError);
  expect(() => tree.labelDescription({ indexOf: () => 7 })).toThrow("Cannot use label 7 twice");
  expect(() => tree.labelDescription({ alpha: 2 })).toThrow(RangeError);
  expect(() => tree.labelDescription({ alpha: Number.NaN })).toThrow(RangeError);
});
