import { describe, expect, test } from "vitest";
import { createView, type PictureView, type View, withPanel } from "./view.ts";
import {
  withDrawing,
  withNextMix,
  withNextPicture,
  withoutMark,
  withoutTurn,
  withTurn,
  withWhole,
} from "./view-actions.ts";

const VIEW = createView({ kind: "dataset", id: 5 });
const record = { path: "/a.aff", expression_path: "/a_expression.aff", bits_per_component: 8 };
// Only what pictures are chosen by.
const PICTURED = {
  series: { ref: { kind: "dataset", id: 5 }, imageType: undefined, isDrawn: false, hasProjection: false },
  image: { record },
} as unknown as Parameters<typeof withNextMix>[2];

const pictureOf = ({ panels }: View): PictureView | undefined => panels[0]?.picture;

describe("withTurn()", () => {
  test("turns within one turn, both ways", () => {
    const turned = [90, 270, 90, -450].reduce((view, degrees) => withTurn(view, 0, degrees), VIEW);
    expect(turned.panels[0]?.rotationDeg).toBe(0);
    expect(withTurn(VIEW, 0, -90).panels[0]?.rotationDeg).toBe(270);
    expect(withoutTurn(withTurn(VIEW, 0, 90), 0).panels[0]?.rotationDeg).toBe(0);
    expect(withoutTurn(VIEW, 0)).toBe(VIEW);
  });
});

test("withNextPicture() goes round what the image offers", () => {
  const next = withNextPicture(VIEW, 0, PICTURED);
  expect(pictureOf(next)?.shown).toBe("expression");
  expect(pictureOf(withNextPicture(next, 0, PICTURED))?.shown).toBe("primary");
});

test("withNextPicture() and withNextMix() leave an image with one picture alone", () => {
  const single = { ...PICTURED, image: { record: { ...record, expression_path: null } } } as typeof PICTURED;
  expect(withNextPicture(VIEW, 0, single)).toBe(VIEW);
  expect(withNextMix(VIEW, 0, single)).toBe(VIEW);
});

test("withNextMix() blends, swipes, and ends", () => {
  const blended = withNextMix(VIEW, 0, PICTURED);
  expect(pictureOf(blended)).toMatchObject({ over: "expression", mix: "blend" });
  const swiped = withNextMix(blended, 0, PICTURED);
  expect(pictureOf(swiped)).toMatchObject({ over: "expression", mix: "swipe" });
  expect(pictureOf(withNextMix(swiped, 0, PICTURED))?.over).toBeUndefined();
});

test("withoutMark() takes the line away, then the pin with the selection, then nothing", () => {
  const point = { x: 1, y: 2 };
  const marked: View = {
    ...VIEW,
    structures: [549],
    pin: { panel: 0, imageId: 1, ...point },
    line: { panel: 0, imageId: 1, from: point, to: point },
  };
  const unmeasured = withoutMark(marked);
  expect(unmeasured).toEqual({ ...marked, line: undefined });
  expect(withoutMark(unmeasured)).toEqual(VIEW);
  expect(withoutMark(VIEW)).toBe(VIEW);
});

test("withWhole() forgets the place of a panel", () => {
  const there = withPanel(VIEW, 0, (panel) => ({ ...panel, centre: { x: 1, y: 2 }, zoom: 0 }));
  expect(withWhole(there, 0)).toEqual(VIEW);
});

test("withDrawing() changes what it is told, and nothing of a panel that is not there", () => {
  expect(withDrawing(VIEW, ({ shown }) => ({ shown: !shown })).drawing).toEqual({ ...VIEW.drawing, shown: false });
  expect(withPanel(VIEW, 3, () => ({}) as never)).toBe(VIEW);
});
