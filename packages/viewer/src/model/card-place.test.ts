import fc from "fast-check";
import { expect, test } from "vitest";
import { checkProperty } from "../../../../tests/support/property.ts";
import { cardPlace } from "./card-place.ts";

const PANEL = { width: 800, height: 600 };
const CARD = { width: 200, height: 60 };

test("cardPlace() stands to the right below, and on the other sides at the edges", () => {
  expect(cardPlace({ x: 100, y: 100 }, CARD, PANEL, false)).toEqual({ left: 118, top: 118 });
  expect(cardPlace({ x: 700, y: 100 }, CARD, PANEL, false)).toEqual({ left: 482, top: 118 });
  expect(cardPlace({ x: 100, y: 580 }, CARD, PANEL, false)).toEqual({ left: 118, top: 502 });
});

test("cardPlace() stands above a finger, where there is room", () => {
  expect(cardPlace({ x: 100, y: 300 }, CARD, PANEL, true).top).toBe(222);
  expect(cardPlace({ x: 100, y: 30 }, CARD, PANEL, true).top).toBe(48);
});

test("cardPlace() lies within the panel, and never under the pointer", () => {
  const extent = fc.integer({ min: 20, max: 320 });
  const arbitrary = fc.record({
    panel: fc.record({ width: fc.integer({ min: 344, max: 2000 }), height: fc.integer({ min: 300, max: 2000 }) }),
    card: fc.record({ width: extent, height: fc.integer({ min: 20, max: 110 }) }),
    share: fc.record({ x: fc.double({ min: 0, max: 1, noNaN: true }), y: fc.double({ min: 0, max: 1, noNaN: true }) }),
    isAbove: fc.boolean(),
  });
  checkProperty(
    fc.property(arbitrary, ({ panel, card, share, isAbove }) => {
      const pointer = { x: share.x * panel.width, y: share.y * panel.height };
      const { left, top } = cardPlace(pointer, card, panel, isAbove);
      expect(left).toBeGreaterThanOrEqual(0);
      expect(top).toBeGreaterThanOrEqual(0);
      expect(left + card.width).toBeLessThanOrEqual(panel.width);
      expect(top + card.height).toBeLessThanOrEqual(panel.height);
      const isUnder =
        pointer.x > left && pointer.x < left + card.width && pointer.y > top && pointer.y < top + card.height;
      expect(isUnder).toBe(false);
    }),
  );
});
