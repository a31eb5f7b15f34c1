import fc from "fast-check";
import type { PlainRequest, PlainTier } from "./plain-image.ts";

/** Kinds of windows that are drawn: each is cut, clipped or rounded in a way of its own. */
export type WindowKind =
  | "tile"
  | "edge tile"
  | "aligned"
  | "anywhere"
  | "one pixel"
  | "beyond the border"
  | "negative corner"
  | "fraction"
  | "whole";

/** A request and the kind that it is of. */
export interface DrawnWindow {
  readonly kind: WindowKind;
  readonly request: PlainRequest;
}

const TILE_PX = 256;
const GRID_PX = 16;
/** Longest edge of a window that is no whole tier, in pixels; most are shorter. */
const MAX_EDGE_PX = 700;
/** Largest tier that is asked for as a whole, in pixels. */
const MAX_WHOLE_PX = 1_500_000;

/** Windows of a pyramid at all tiers, the same each time for a seed. */
export function drawWindows(tiers: readonly PlainTier[], count: number, seed: number): DrawnWindow[] {
  const small = tiers.flatMap(({ width, height }, tier) => (width * height <= MAX_WHOLE_PX ? [tier] : []));
  const anyTier = fc.nat({ max: tiers.length - 1 });
  const arbitrary = fc.oneof(
    ...[tileIn, edgeTileIn, alignedIn, anywhereIn, pixelIn, beyondIn, negativeIn, fractionIn].map((make) => ({
      weight: 6,
      arbitrary: anyTier.chain((tier) => make(sizeOf(tiers, tier))),
    })),
    { weight: 1, arbitrary: fc.constantFrom(...small).map((tier) => wholeOf(sizeOf(tiers, tier))) },
  );
  return fc.sample(arbitrary, { numRuns: count, seed });
}

interface TierSize {
  readonly tier: number;
  readonly width: number;
  readonly height: number;
}

function sizeOf(tiers: readonly PlainTier[], tier: number): TierSize {
  const { width = 1, height = 1 } = tiers[tier] ?? {};
  return { tier, width, height };
}

/** Full-resolution places of a place in the tier. */
function at(kind: WindowKind, tier: number, box: Omit<PlainRequest, "downsample">): DrawnWindow {
  const scale = 2 ** tier;
  return { kind, request: { ...box, left: box.left * scale, top: box.top * scale, downsample: tier } };
}

const edge = fc.oneof(
  fc.integer({ min: 1, max: 60 }),
  fc.integer({ min: 1, max: 300 }),
  fc.integer({ min: 1, max: MAX_EDGE_PX }),
);
const below = (length: number): fc.Arbitrary<number> => fc.nat({ max: Math.max(0, length - 1) });

function tileIn({ tier, width, height }: TierSize): fc.Arbitrary<DrawnWindow> {
  const place = fc.tuple(below(Math.floor(width / TILE_PX)), below(Math.floor(height / TILE_PX)));
  return place.map(([column, row]) =>
    at("tile", tier, { left: column * TILE_PX, top: row * TILE_PX, width: TILE_PX, height: TILE_PX }),
  );
}

function edgeTileIn({ tier, width, height }: TierSize): fc.Arbitrary<DrawnWindow> {
  const [columns, rows] = [Math.ceil(width / TILE_PX), Math.ceil(height / TILE_PX)];
  return fc.tuple(fc.boolean(), below(columns), below(rows)).map(([isRight, column, row]) => {
    const [left, top] = isRight ? [columns - 1, row] : [column, rows - 1];
    return at("edge tile", tier, { left: left * TILE_PX, top: top * TILE_PX, width: TILE_PX, height: TILE_PX });
  });
}

function alignedIn({ tier, width, height }: TierSize): fc.Arbitrary<DrawnWindow> {
  const place = fc.tuple(below(Math.ceil(width / GRID_PX)), below(Math.ceil(height / GRID_PX)), edge, edge);
  return place.map(([x, y, w, h]) => at("aligned", tier, { left: x * GRID_PX, top: y * GRID_PX, width: w, height: h }));
}

function anywhereIn({ tier, width, height }: TierSize): fc.Arbitrary<DrawnWindow> {
  const place = fc.tuple(below(width), below(height), edge, edge);
  return place.map(([left, top, w, h]) => at("anywhere", tier, { left, top, width: w, height: h }));
}

function pixelIn({ tier, width, height }: TierSize): fc.Arbitrary<DrawnWindow> {
  return fc
    .tuple(below(width), below(height))
    .map(([left, top]) => at("one pixel", tier, { left, top, width: 1, height: 1 }));
}

function beyondIn({ tier, width, height }: TierSize): fc.Arbitrary<DrawnWindow> {
  const place = fc.tuple(fc.integer({ min: 1, max: 200 }), fc.integer({ min: 1, max: 200 }), fc.nat({ max: 2 ** 30 }));
  return place.map(([right, bottom, more]) => {
    const [left, top] = [Math.max(0, width - right), Math.max(0, height - bottom)];
    return at("beyond the border", tier, { left, top, width: right + more, height: bottom + (more % 500) });
  });
}

function negativeIn({ tier }: TierSize): fc.Arbitrary<DrawnWindow> {
  const place = fc.tuple(fc.integer({ min: -300, max: 20 }), fc.integer({ min: -300, max: -1 }), edge, edge);
  const across = place.map(([left, top, w, h]) =>
    at("negative corner", tier, { left, top, width: w + 300, height: h + 300 }),
  );
  // Squares of tiles that there are not.
  const tiles = fc.tuple(fc.integer({ min: -2, max: 1 }), fc.integer({ min: -2, max: 1 }));
  const outside = tiles.map(([column, row]) =>
    at("negative corner", tier, { left: column * TILE_PX, top: row * TILE_PX, width: TILE_PX, height: TILE_PX }),
  );
  return fc.oneof({ weight: 2, arbitrary: across }, { weight: 1, arbitrary: outside });
}

/** Centred cuts are asked for at fractions of a pixel (reference §1.4), and at places that the tier has not. */
function fractionIn({ tier, width, height }: TierSize): fc.Arbitrary<DrawnWindow> {
  const scale = 2 ** tier;
  const place = fc.tuple(below(width * scale), below(height * scale), fc.nat({ max: 999 }), fc.boolean(), edge, edge);
  return place.map(([x, y, thousandths, isBelow, w, h]) => {
    const sign = isBelow ? -1 : 1;
    const [left, top] = [x + (sign * thousandths) / 1000, y + thousandths / 1000];
    return { kind: "fraction", request: { left, top, width: w, height: h, downsample: tier } };
  });
}

function wholeOf({ tier, width, height }: TierSize): DrawnWindow {
  return at("whole", tier, { left: 0, top: 0, width, height });
}
