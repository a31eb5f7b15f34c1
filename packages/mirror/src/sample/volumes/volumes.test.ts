import { parseObj, printObj } from "@brainatlas/sdk/mesh";
import { expect, test } from "vitest";
import { drawPlate, drawPlateInTurns } from "../drawing.ts";
import { samplePlate } from "../plates.ts";
import { referenceGrid } from "./grid.ts";
import { computeLabels } from "./half-volume.ts";
import { structureMask } from "./reference-volumes.ts";
import { structureMesh } from "./structure-mesh.ts";
import { createTurns } from "./turns.ts";
import { writeNrrdSlabs } from "./write-nrrd.ts";

const GONE = new Error("gone");
const THALAMUS = 549;

test("createTurns() ends the work when nobody wants it, whether or not it is time for a turn", async () => {
  const gone = new AbortController();
  const turn = createTurns(gone.signal);
  expect(await turn()).toBeUndefined();
  gone.abort(GONE);
  expect(turn).toThrow(GONE);
});

test("writeNrrdSlabs() asks for no slab after its signal aborts", async () => {
  const gone = new AbortController();
  const asked: number[] = [];
  const slabAt = (z: number): Uint8Array => {
    asked.push(z);
    if (z === 2) gone.abort(GONE);
    return new Uint8Array(4);
  };
  const grid = { spacingUm: 100, size: [2, 2, 9] } as const;
  await expect(writeNrrdSlabs(grid, "unsigned char", slabAt, gone.signal)).rejects.toThrow(GONE);
  expect(asked).toEqual([0, 1, 2]);
});

test("computeLabels() counts the voxels of each label", async () => {
  const { labels, counts } = await computeLabels(referenceGrid(100), undefined);
  const counted = new Uint32Array(counts.length);
  for (const label of labels) counted[label] = (counted[label] ?? 0) + 1;
  expect(counts).toEqual(counted);
  const none = { labels, counts: new Uint32Array(counts.length) };
  expect(await structureMask(THALAMUS, 100, none)).toBeUndefined();
});

test("structureMesh() prints in pieces what printObj() prints at once", async () => {
  const file = await structureMesh(THALAMUS, (spacingUm) => computeLabels(referenceGrid(spacingUm), undefined));
  const text = new TextDecoder().decode(file);
  const comment = "brainatlas sample atlas (synthetic): TH, of voxels of 50 µm";
  // Several pieces of each kind.
  expect(text.length).toBeGreaterThan(2_000_000);
  expect(text === printObj(parseObj(text), comment)).toBe(true);
});

test.each(["a volume", "a mesh", "a drawing"])("%s is not made when nobody wants it any more", async (what) => {
  const signal = AbortSignal.abort(GONE);
  const labels = await computeLabels(referenceGrid(100), undefined);
  const plate = samplePlate(900000001);
  if (plate === undefined) throw new Error("There is no such plate");
  const works: Record<string, () => Promise<unknown>> = {
    "a volume": () => computeLabels(referenceGrid(25), signal),
    "a mesh": () => structureMesh(THALAMUS, async () => labels, signal),
    "a drawing": () => drawPlateInTurns(plate, {}, signal),
  };
  await expect(works[what]?.()).rejects.toThrow(GONE);
});

test("drawPlateInTurns() draws what drawPlate() draws", async () => {
  for (const id of [100960224, 900000001]) {
    const plate = samplePlate(id);
    expect(plate && (await drawPlateInTurns(plate)) === drawPlate(plate)).toBe(true);
  }
});
