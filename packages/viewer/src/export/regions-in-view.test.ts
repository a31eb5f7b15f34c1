import { parseDrawing, type Region } from "@brainatlas/sdk/drawing";
import fc from "fast-check";
import { expect, test } from "vitest";
import { checkProperty } from "../../../../tests/support/property.ts";
import { screenMap, toImage } from "../model/screen-map.ts";
import { paintedRegions, regionsInView } from "./regions-in-view.ts";

const PANEL = { width: 100, height: 80 };

/** A drawing of paths in a group each, whose label ids count from 1. */
function drawingOf(...paths: readonly string[]) {
  const groups = paths.map(
    (d, index) =>
      `<g id="${index}" order="${index}" parent_id="" sub_image_id="1" graphic_group_label_id="${index + 1}"
        graphic_group_label="g" transform="translate(0,0)">
        <path id="${index}" order="0" parent_id="" structure_id="${index + 1}" d="${d}" style="stroke:black;fill:#bfdae3"/>
      </g>`,
  );
  return parseDrawing(`<svg width="9" height="9"><g transform="scale(1.0)">${groups.join("")}</g></svg>`);
}

function idsInView(regions: readonly Region[], centre: { x: number; y: number }, zoom = 0, rotationDeg = 0) {
  const map = screenMap(centre, zoom, rotationDeg, PANEL);
  return regionsInView(regions, map, PANEL).map(({ structureId }) => structureId);
}

const RING = "M-500,-500 L500,-500 L500,500 L-500,500 z M-300,-300 L-300,300 L300,300 L300,-300 z";

test("regionsInView() goes by borders, not by boxes", () => {
  // Three squares of different places, and a ring around all.
  const drawing = drawingOf("M0,0 h40 v40 h-40 z", "M45,0 h9 v9 h-9 z", "M900,0 h40 v40 h-40 z", RING);
  const { regions } = drawing;
  expect(idsInView(regions, { x: 50, y: 40 })).toEqual([1, 2]);
  // Inside of one region, of which no border is seen.
  expect(idsInView(regions, { x: 20, y: 20 }, 3)).toEqual([1]);
  // In the hole of the ring there is nothing.
  expect(idsInView(regions, { x: -100, y: -100 })).toEqual([]);
  expect(idsInView(regions, { x: -260, y: -260 })).toEqual([4]);
});

test("regionsInView() sees what passes through without a corner in the panel", () => {
  const { regions } = drawingOf("M-900,38 h1800 v4 h-1800 z");
  expect(idsInView(regions, { x: 50, y: 40 })).toEqual([1]);
  expect(idsInView(regions, { x: 50, y: 400 })).toEqual([]);
});

test("regionsInView() closes what a path leaves open, as fills do", () => {
  const { regions } = drawingOf("M0,0 L200,0 L200,200");
  // The line from the last point back to the first.
  expect(idsInView(regions, { x: 100, y: 100 }, 2)).toEqual([1]);
  expect(idsInView(regions, { x: 60, y: 140 }, 2)).toEqual([]);
});

test("regionsInView() has every region of which a point of the panel is", () => {
  const { regions } = drawingOf("M0,0 C80,-90 90,140 10,60 z", "M70,5 Q120,60 60,90 T20,120 z", RING);
  const at = fc.integer({ min: -400, max: 400 });
  const zoom = fc.double({ min: -3, max: 3, noNaN: true });
  const share = fc.double({ min: 0, max: 1, noNaN: true });
  checkProperty(
    fc.property(at, at, zoom, fc.nat(359), share, share, (x, y, level, rotationDeg, across, down) => {
      const map = screenMap({ x, y }, level, rotationDeg, PANEL);
      const point = toImage(map, { x: across * PANEL.width, y: down * PANEL.height });
      const seen = regionsInView(regions, map, PANEL);
      for (const region of regions) {
        // Right on a border either answer is right.
        const isInside = [-1, 1].every((step) => region.contains(point.x + step * 2 ** -level, point.y));
        if (isInside) expect(seen).toContain(region);
      }
    }),
  );
});

test("paintedRegions() leaves out hidden groups, and what is of no structure or not filled", () => {
  const drawing = drawingOf("M0,0 h1 v1 z", "M0,0 h1 v1 z");
  expect(paintedRegions(drawing, []).map(({ structureId }) => structureId)).toEqual([1, 2]);
  expect(paintedRegions(drawing, [2]).map(({ structureId }) => structureId)).toEqual([1]);
  expect(paintedRegions(drawing, [99]).map(({ structureId }) => structureId)).toEqual([1, 2]);
  const bare = parseDrawing(
    `<svg width="9" height="9"><g transform="scale(1.0)">
      <path id="1" order="0" parent_id="" d="M0,0 h1 v1 z" style="stroke:black;fill:#bfdae3"/>
      <path id="2" order="1" parent_id="" structure_id="5" d="M0,0 h1 v1 z" style="stroke:black;fill:none"/>
    </g></svg>`,
  );
  expect(paintedRegions(bare, [])).toEqual([]);
});
