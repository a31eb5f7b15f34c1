import type { Region } from "@brainatlas/sdk/drawing";
import type { DrawingView } from "./view.ts";

/** How a region is painted. What is painted last replaces what lies under it, so that regions that lie on others do not add up. */
export interface RegionLook {
  /** Colour as `#rrggbb`; `undefined` for lines alone. */
  readonly fill: string | undefined;
  /** From 0 to 1. */
  readonly fillOpacity: number;
  /** Colour of the border as `#rrggbb`. */
  readonly line: string;
  /** From 0 to 1. */
  readonly lineOpacity: number;
  /** Of the border, in CSS pixels at any zoom. */
  readonly widthPx: number;
  /** Colour of a rim around the border, so that it is seen on any picture; `undefined` for none. */
  readonly rim: string | undefined;
}

/** What the look of a drawing depends on. */
export interface DrawingScene {
  readonly drawing: DrawingView;
  /** Ids of the selected structures and of all that lies under them; empty for none. */
  readonly selected: ReadonlySet<number>;
  /** Whether it stands without a picture: it is opaque then. */
  readonly isAlone: boolean;
}

/** Of regions where there are no colours. */
const NEUTRAL = "#8d9aa6";
const DARK = "#0d1411";
const LIGHT = "#ffffff";

/** Share of its opacity that is left to what is not selected. */
const FADED = 0.25;
const LINE_OPACITY = 0.55;

/** A colour as a drawing of the service has it (reference §2.1); all others are data that nobody checked. */
const COLOUR = /^#[\da-f]{6}$/i;

/** How a region is painted; `undefined` for one that is not, since it is filled with nothing. */
export function regionLook(scene: DrawingScene, region: Pick<Region, "structureId" | "fill">): RegionLook | undefined {
  if (region.fill === undefined) return undefined;
  const { selected, drawing } = scene;
  const isSelected = region.structureId !== undefined && selected.has(region.structureId);
  const isFaded = selected.size > 0 && !isSelected;
  const colour = drawing.colours || isSelected ? colourOf(region.fill) : NEUTRAL;
  if (drawing.outlinesOnly) return outline(drawing.colours || isSelected ? colour : LIGHT, isSelected, isFaded);
  const opacity = scene.isAlone ? 1 : drawing.opacity;
  return {
    fill: colour,
    fillOpacity: isSelected ? strengthened(opacity) : isFaded ? opacity * FADED : opacity,
    line: DARK,
    lineOpacity: isFaded ? LINE_OPACITY * FADED : LINE_OPACITY,
    widthPx: 1,
    rim: undefined,
  };
}

/** Colour of a region, of which nothing but six hexadecimal digits is believed. */
export function colourOf(fill: string): string {
  return COLOUR.test(fill) ? fill.toLowerCase() : NEUTRAL;
}

function outline(line: string, isSelected: boolean, isFaded: boolean): RegionLook {
  const lineOpacity = isFaded ? 2 * FADED : 1;
  return { fill: undefined, fillOpacity: 0, line, lineOpacity, widthPx: isSelected ? 2 : 1, rim: DARK };
}

/** Half of the way to opaque, so that what is selected stands out at any opacity. */
function strengthened(opacity: number): number {
  return opacity + (1 - opacity) / 2;
}
