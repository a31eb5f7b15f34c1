import type { ImagePoint } from "@brainatlas/sdk/sync";
import { printLine } from "../model/distance.ts";
import { type ScreenMap, toScreen } from "../model/screen-map.ts";
import type { LineView } from "../model/view.ts";

/** Colours of what is marked on a picture. */
export interface MarkColours {
  readonly line: string;
  readonly pin: string;
  readonly words: string;
  /** Around all, so that it is seen on any picture. */
  readonly edge: string;
}

/** Of a line and of its edge, in CSS pixels. */
const LINE_PX = 2;
const EDGE_PX = 5;

/** Of the strokes across the ends of a line, and from the line to its words; in CSS pixels. */
const END_PX = 6;
const WORDS_PX = 14;

/** A pin of which the tip is at 0, 0, in CSS pixels. */
const PIN = "M0,0 C0,-4 7,-8 7,-15 A7,7 0 1 0 -7,-15 C-7,-8 0,-4 0,0 Z";

/** A measuring line, and where it is. */
export interface PaintedLine {
  readonly line: LineView;
  readonly map: ScreenMap;
  /** Edge of a full-resolution pixel, in µm; `undefined` where it is not known. */
  readonly resolutionUm: number | undefined;
  readonly font: string;
  readonly colours: MarkColours;
}

/** Paints a measuring line with its length, in CSS pixels of the panel. */
export function paintLine(
  context: CanvasRenderingContext2D,
  { line, map, resolutionUm, font, colours }: PaintedLine,
): void {
  const [from, to] = [toScreen(map, line.from), toScreen(map, line.to)];
  const length = Math.hypot(to.x - from.x, to.y - from.y) || 1;
  const across = { x: (-(to.y - from.y) / length) * END_PX, y: ((to.x - from.x) / length) * END_PX };
  const path = new Path2D();
  for (const [start, end] of [
    [from, to],
    [shift(from, across, -1), shift(from, across, 1)],
    [shift(to, across, -1), shift(to, across, 1)],
  ] as const) {
    path.moveTo(start.x, start.y);
    path.lineTo(end.x, end.y);
  }
  for (const [colour, widthPx] of [
    [colours.edge, EDGE_PX],
    [colours.line, LINE_PX],
  ] as const) {
    context.strokeStyle = colour;
    context.lineWidth = widthPx;
    context.stroke(path);
  }
  paintWords(
    context,
    printLine(line, resolutionUm),
    { x: (from.x + to.x) / 2, y: (from.y + to.y) / 2 - WORDS_PX },
    { font, colours },
  );
}

/** Paints a pin, in CSS pixels of the panel. */
export function paintPin(context: CanvasRenderingContext2D, { x, y }: ImagePoint, colours: MarkColours): void {
  context.save();
  context.translate(x, y);
  const path = new Path2D(PIN);
  context.fillStyle = colours.pin;
  context.fill(path);
  context.strokeStyle = colours.edge;
  context.lineWidth = 1.5;
  context.stroke(path);
  context.beginPath();
  context.arc(0, -15, 2.5, 0, 2 * Math.PI);
  context.fillStyle = colours.edge;
  context.fill();
  context.restore();
}

function paintWords(
  context: CanvasRenderingContext2D,
  words: string,
  { x, y }: ImagePoint,
  { font, colours }: Pick<PaintedLine, "font" | "colours">,
): void {
  context.font = font;
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.lineJoin = "round";
  context.strokeStyle = colours.edge;
  context.lineWidth = 4;
  context.strokeText(words, x, y);
  context.fillStyle = colours.words;
  context.fillText(words, x, y);
}

function shift({ x, y }: ImagePoint, by: ImagePoint, times: number): ImagePoint {
  return { x: x + by.x * times, y: y + by.y * times };
}
