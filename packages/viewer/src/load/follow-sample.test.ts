import { createMirror, sampleStore } from "@brainatlas/mirror";
import { BrainAtlas } from "@brainatlas/sdk";
import { applyAffine3d } from "@brainatlas/sdk/sync";
import { beforeAll, expect, test } from "vitest";
import { follow, nearestImage, type Spot, spaceOf } from "../model/follow.ts";
import type { Series, SeriesImage } from "../model/series.ts";
import { loadAtlases } from "./atlases.ts";
import { loadSeries } from "./series.ts";
import { loadVolumes } from "./volume.ts";

const { signal } = new AbortController();
const mirror = createMirror({ store: sampleStore() });
const api = new BrainAtlas({
  baseUrl: "http://mirror.test",
  fetch: (url, init) => mirror.fetch(new Request(url, init)),
});

let coronal: Series;
let sagittal: Series;

beforeAll(async () => {
  const atlases = await loadAtlases(api, signal);
  [coronal, sagittal] = (await Promise.all(
    [1, 2].map((id) => loadSeries(api, { kind: "atlas", id }, atlases, signal)),
  )) as [Series, Series];
});

/** Spots of a coronal plate that lie on a sagittal one, from the top of the plate to its bottom. */
function sharedSpots(plate: SeriesImage, other: SeriesImage, count: number): Spot[] {
  const { width, height } = plate.record;
  const depthOf = (spot: Spot): number => {
    const point = spaceOf(spot)?.point ?? { x: 0, y: 0, z: 0 };
    const { trv } = sagittal.aligned?.alignment3d ?? { trv: [1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0] as const };
    return applyAffine3d(trv, point.x, point.y, point.z).z;
  };
  const section = sagittal.aligned?.section(other.id);
  const wantedUm = (section?.sectionNumber ?? 0) * (section?.thicknessUm ?? 0);
  return Array.from({ length: count }, (_, row) => {
    const y = ((row + 0.5) / count) * height;
    const at = (x: number): Spot => ({ series: coronal, imageId: plate.id, point: { x, y } });
    // The depth grows evenly along a row.
    const [left, right] = [depthOf(at(0)), depthOf(at(width))];
    return at(((wantedUm - left) / (right - left)) * width);
  }).filter(({ point }) => point.x > 0 && point.x < width);
}

test("follow() finds the same structure in the drawings of both atlases, and comes back within a pixel", async () => {
  const [plate, other] = [coronal.images[14], sagittal.images[3]];
  if (plate === undefined || other === undefined) throw new Error("the sample has both");
  const [here, there] = await Promise.all([api.drawing(plate.id, { signal }), api.drawing(other.id, { signal })]);
  const spots = sharedSpots(plate, other, 120);
  let [drawn, same] = [0, 0];
  for (const spot of spots) {
    const found = follow(spot, sagittal);
    if (found.state !== "there") throw new Error(`spot ${spot.point.x}, ${spot.point.y} is not in the sagittal atlas`);
    expect(found.imageId).toBe(other.id);
    expect(found.distanceUm).toBeLessThan(0.01);
    const back = follow({ series: sagittal, imageId: found.imageId, point: found.point }, coronal);
    expect(back).toMatchObject({ state: "there", imageId: plate.id });
    if (back.state === "there")
      expect(Math.hypot(back.point.x - spot.point.x, back.point.y - spot.point.y)).toBeLessThan(1);
    const ids = [here.structureAt(spot.point.x, spot.point.y), there.structureAt(found.point.x, found.point.y)];
    if (ids.includes(undefined)) continue;
    drawn += 1;
    if (ids[0] === ids[1]) same += 1;
  }
  expect(drawn).toBeGreaterThan(40);
  // Borders are drawn with lines of some pixels each.
  expect(same / drawn).toBeGreaterThan(0.95);
});

test("follow() agrees with what the service answers of the sections of experiments", async () => {
  const atlases = await loadAtlases(api, signal);
  const plate = coronal.images[16];
  if (plate === undefined) throw new Error("the sample has it");
  const point = { x: plate.record.width * 0.6, y: plate.record.height * 0.5 };
  const ids = [69782969, 126862385];
  const served = await api.sync.imageToImage(plate.id, point, ids);
  for (const [index, id] of ids.entries()) {
    const series = await loadSeries(api, { kind: "dataset", id }, atlases, signal);
    const place = spaceOf({ series: coronal, imageId: plate.id, point });
    if (place === undefined || series.aligned === undefined) throw new Error("both are aligned");
    const found = nearestImage(series.aligned, place.point);
    expect(served[index]?.place).toMatchObject({ imageId: found.imageId, ...found.point });
  }
});

test("the annotated volume has the structures of the drawings at the same points of space 9", async () => {
  const { annotation } = await loadVolumes(api, signal);
  const plate = coronal.images[14];
  if (annotation === undefined || plate === undefined) throw new Error("the sample has both");
  const drawing = await api.drawing(plate.id, { signal });
  let [drawn, same] = [0, 0];
  for (let row = 0; row < 40; row += 1) {
    for (let column = 0; column < 40; column += 1) {
      const point = { x: ((column + 0.5) / 40) * plate.record.width, y: ((row + 0.5) / 40) * plate.record.height };
      const id = drawing.structureAt(point.x, point.y);
      const place = spaceOf({ series: coronal, imageId: plate.id, point })?.point;
      if (id === undefined || place === undefined) continue;
      drawn += 1;
      if (annotation.labelAt([place.x, place.y, place.z]) === id) same += 1;
    }
  }
  expect(drawn).toBeGreaterThan(200);
  // A voxel of 100 µm holds several structures at borders.
  expect(same / drawn).toBeGreaterThan(0.85);
});
