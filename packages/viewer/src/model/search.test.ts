import { readFileSync } from "node:fs";
import { parseStructureGraph, parseStructureRows, StructureTree } from "@brainatlas/sdk/ontology";
import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import { checkProperty } from "../../../../tests/support/property.ts";
import { describeRecorded, recording } from "../../../../tests/support/recordings.ts";
import { rankAtlases, rankStructures, remoteQuestion, resultKey, searchHere, searchText } from "./search.ts";
import type { AtlasEntry, Series, SeriesImage } from "./series.ts";

const structure = (id: number, acronym: string, name: string): object => ({
  id,
  parent_structure_id: id === 1 ? null : 1,
  acronym,
  name,
  graph_order: id,
});
const tree = parseStructureRows([
  structure(1, "root", "root"),
  structure(2, "HIP", "Hippocampal region, with CA1"),
  structure(3, "xCA1", "something"),
  structure(4, "CA1sp", "Field CA1, pyramidal layer"),
  structure(5, "CA1", "Field CA1"),
  structure(6, "ca10", "Ca1-like"),
  structure(7, "TH", "CA1 look-alike"),
]);
const image = (id: number, number: number): SeriesImage =>
  ({ id, number, positionUm: number * 400 }) as unknown as SeriesImage; // What is not read is left out.
const images = Array.from({ length: 10 }, (_, index) => image(9000 + index, index + 1));
const series = { ref: { kind: "atlas", id: 1 }, images } as unknown as Series; // As above.
const atlas = (id: number, name: string, hasImages = true): AtlasEntry =>
  ({ id, name, hasImages, groups: [] }) as unknown as AtlasEntry; // As above.
const atlases = [atlas(3, "Developing Mouse, P56"), atlas(1, "Mouse, P56, Coronal"), atlas(9, "Mouse, empty", false)];
const scope = { tree, series, atlases };
const found = (text: string): Record<string, string[]> =>
  Object.fromEntries(searchHere(text, scope).map(({ title, results }) => [title, results.map(resultKey)]));

test("rankStructures() puts the acronym first, then its beginnings, names, words of names, and the rest", () => {
  expect(rankStructures(tree, "ca1").map(({ id }) => id)).toEqual([5, 4, 6, 7, 2, 3]);
  expect(rankStructures(tree, "3").map(({ id }) => id)).toEqual([3]);
  expect(rankStructures(tree, "field ca1").map(({ id }) => id)).toEqual([5, 4]);
});

test("rankAtlases() finds by id and name, and leaves out what has no images", () => {
  expect(rankAtlases(atlases, "mouse").map(({ id }) => id)).toEqual([1, 3]);
  expect(rankAtlases(atlases, "atlas 3").map(({ id }) => id)).toEqual([3]);
  expect(rankAtlases(atlases, "empty")).toEqual([]);
});

test.each([
  ["7", ["plate-9006"]],
  ["plate 7", ["plate-9006"]],
  ["9004", ["plate-9004"]],
  ["image 9004", ["plate-9004"]],
  ["3.2 mm", ["plate-9007"]],
  ["3200 um", ["plate-9007"]],
  ["1650µm", ["plate-9003"]],
  ["99 mm", ["plate-9009"]],
])("searchHere() of %j finds a plate, before anything else", (text, keys) => {
  expect(searchHere(text, scope)[0]?.title).toBe("Plates");
  expect(found(text).Plates).toEqual(keys);
});

test.each(["11", "plate 0", "plate -1", "7 7", "plate", "CA 7", "1e1", "A7", "A7 mm"])(
  "searchHere() of %j finds no plate",
  (text) => {
    expect(found(text).Plates).toBeUndefined();
  },
);

test("searchHere() finds structures, plates and atlases by one text", () => {
  expect(found("3")).toEqual({ Plates: ["plate-9002"], Structures: ["structure-3"], Atlases: ["atlas-3"] });
  expect(found("  P56 ")).toEqual({ Atlases: ["atlas-3", "atlas-1"] });
  expect(searchHere("  ", scope)).toEqual([]);
});

test("searchHere() shows no more than eight of a kind, and says how many there are", () => {
  const many = parseStructureRows(Array.from({ length: 30 }, (_, index) => structure(index + 1, `a${index}`, "a")));
  const [group] = searchHere("a", { tree: many, series: undefined, atlases: [] });
  expect([group?.results.length, group?.total]).toEqual([8, 30]);
});

test.each([
  ["Pdyn", { pattern: "Pdyn", id: undefined }],
  ["  pro  dyn ", { pattern: "pro dyn", id: undefined }],
  ["5'-nucleotidase", { pattern: "5*-nucleotidase", id: undefined }],
  ["a", { pattern: undefined, id: undefined }],
  ["***", { pattern: undefined, id: undefined }],
  ["69782969", { pattern: undefined, id: 69_782_969 }],
  ["data set 69782969", { pattern: undefined, id: 69_782_969 }],
  ["12", { pattern: undefined, id: undefined }],
  ["plate 5", { pattern: undefined, id: undefined }],
  ["4.2 mm", { pattern: undefined, id: undefined }],
  ["x\ud800y", { pattern: "x*y", id: undefined }],
  ["🧠🧠🧠", { pattern: undefined, id: undefined }],
])("remoteQuestion() of %j", (text, question) => {
  expect(remoteQuestion(text)).toEqual(question);
});

const HOSTILE = [
  "'",
  '"',
  "$&",
  "$1",
  "a'); drop",
  "(((((",
  "[a-",
  "\\",
  "a{9999}",
  "\u0000",
  "🧠",
  "x".repeat(10_000),
];

test.each(HOSTILE.map((text) => [text.slice(0, 20), text]))("searchHere() and remoteQuestion() take %j", (_, text) => {
  expect(found(text)).toEqual({});
  expect(remoteQuestion(text).pattern ?? "").not.toContain("'");
  expect((remoteQuestion(text).pattern ?? "").length).toBeLessThanOrEqual(100);
});

test("searchHere() and remoteQuestion() take any text", () => {
  checkProperty(
    fc.property(fc.string({ unit: "binary", maxLength: 300 }), (text) => {
      expect(searchHere(text, scope).every(({ results }) => results.length > 0)).toBe(true);
      expect(searchText(text).length).toBeLessThanOrEqual(100);
      const { pattern } = remoteQuestion(text);
      expect(pattern === undefined || (!pattern.includes("'") && encodeURIComponent(pattern) !== "")).toBe(true);
    }),
  );
});

describeRecorded("the real graph of the mouse", () => {
  let mouse = new StructureTree([]);
  beforeAll(() => {
    mouse = parseStructureGraph(JSON.parse(readFileSync(recording("real", "structure-graph", "1.json"), "utf8")));
  });

  test("rankStructures() puts CA1 first", () => {
    expect(rankStructures(mouse, "CA1")[0]).toMatchObject({ id: 382, acronym: "CA1" });
    expect(rankStructures(mouse, "hippocampal formation")[0]?.acronym).toBe("HPF");
    expect(rankStructures(mouse, "thal")[0]?.name).toBe("Thalamus");
  });
});
