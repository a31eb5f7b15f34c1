import { type ScaleBar, scaleBar } from "../model/scale-bar.ts";
import { type ScreenMap, scaleOf } from "../model/screen-map.ts";
import type { Size } from "../model/size.ts";

/** What a scale bar is painted with. */
export type BarContext = Pick<
  CanvasRenderingContext2D,
  "fillRect" | "fillText" | "measureText" | "fillStyle" | "font" | "textAlign" | "textBaseline"
>;

/** Where a scale bar is painted, and of what it is. */
export interface BarPlace {
  readonly map: ScreenMap;
  /** Of the panel, in CSS pixels. */
  readonly size: Size;
  /** Edge of a full-resolution pixel, in µm. */
  readonly resolutionUm: number;
  readonly font: string;
}

/** From the corner of the panel, and within the plate that makes the bar seen on any picture; in CSS pixels. */
const FROM_CORNER_PX = 10;
const WITHIN_PX = 8;
const BAR_PX = 4;
const PLATE_PX = 34;

/** Paints a scale bar into the lower left corner of a panel, whose upper left one is at 0, 0. Returns what it painted. */
export function paintScaleBar(context: BarContext, { map, size, resolutionUm, font }: BarPlace): ScaleBar {
  const bar = scaleBar(scaleOf(map), resolutionUm);
  context.font = font;
  const width = Math.max(bar.lengthPx, context.measureText(bar.label).width);
  const [left, bottom] = [FROM_CORNER_PX, size.height - FROM_CORNER_PX];
  context.fillStyle = "rgb(255 255 255 / 85%)";
  context.fillRect(left, bottom - PLATE_PX, width + 2 * WITHIN_PX, PLATE_PX);
  context.fillStyle = "#000000";
  context.textAlign = "left";
  context.textBaseline = "alphabetic";
  context.fillText(bar.label, left + WITHIN_PX, bottom - PLATE_PX + 16);
  context.fillRect(left + WITHIN_PX, bottom - WITHIN_PX - BAR_PX, bar.lengthPx, BAR_PX);
  return bar;
}
