import { paintDrawing } from "../draw/paint-drawing.ts";
import { paintMark, SELECTED_TONES } from "../draw/paint-mark.ts";
import { regionLook } from "../model/drawing-look.ts";
import { toScreen } from "../model/screen-map.ts";
import { createCanvas } from "./canvas.ts";
import { type FigureLayout, layoutFigure } from "./figure-layout.ts";
import { paintLine, paintPin } from "./paint-marks.ts";
import { paintScaleBar } from "./paint-scale-bar.ts";
import type { Figure } from "./read-figure.ts";
import { shorten } from "./shorten.ts";

/** Colours of a figure: those of the page, as it is light or dark. */
export interface FigureColours {
  readonly surface: string;
  readonly stage: string;
  readonly text: string;
  readonly soft: string;
  readonly border: string;
  readonly accent: string;
  readonly danger: string;
}

/** The tokens of tokens.css. */
const TOKENS = {
  surface: "--surface",
  stage: "--stage",
  text: "--text",
  soft: "--text-soft",
  border: "--border",
  accent: "--accent",
  danger: "--danger",
} as const;

/** Reads the colours that the page has now. */
export function readColours(style: Pick<CSSStyleDeclaration, "getPropertyValue">): FigureColours {
  const entries = Object.entries(TOKENS).map(([name, token]) => [name, style.getPropertyValue(token).trim()]);
  return Object.fromEntries(entries) as unknown as FigureColours; // The names of the table.
}

const FONT = 'system-ui, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif';
const SWATCH_PX = 11;

/**
 * Paints a figure: heading, picture with drawing and marks, scale bar, legend, and whose data they are.
 *
 * @param picture The pictures of the panel, in pixels of the figure.
 */
export function paintFigure(figure: Figure, picture: HTMLCanvasElement, colours: FigureColours): HTMLCanvasElement {
  const { shot, legend } = figure;
  const layout = layoutFigure(shot.size, legend.entries.length + (legend.more > 0 ? 1 : 0));
  const { canvas, context } = createCanvas(layout.width * shot.pixelRatio, layout.height * shot.pixelRatio);
  context.scale(shot.pixelRatio, shot.pixelRatio);
  context.fillStyle = colours.surface;
  context.fillRect(0, 0, layout.width, layout.height);
  paintPanel(context, figure, picture, layout, colours);
  context.textAlign = "left";
  context.textBaseline = "middle";
  const { title, subtitle, credit, innerWidth } = layout;
  paintText(context, figure.title, { ...title, width: innerWidth }, { font: `600 16px ${FONT}`, colour: colours.text });
  paintText(
    context,
    figure.subtitle,
    { ...subtitle, width: innerWidth },
    { font: `12px ${FONT}`, colour: colours.soft },
  );
  paintLegend(context, figure, layout, colours);
  paintText(context, figure.credit, { ...credit, width: innerWidth }, { font: `11px ${FONT}`, colour: colours.soft });
  return canvas;
}

function paintPanel(
  context: CanvasRenderingContext2D,
  { shot, drawn, selected, line, pin, resolutionUm }: Figure,
  picture: HTMLCanvasElement,
  layout: FigureLayout,
  colours: FigureColours,
): void {
  const { size, map } = shot;
  context.save();
  context.translate(layout.picture.x, layout.picture.y);
  context.beginPath();
  context.rect(0, 0, size.width, size.height);
  context.clip();
  context.fillStyle = colours.stage;
  context.fillRect(0, 0, size.width, size.height);
  context.drawImage(picture, 0, 0, picture.width / shot.pixelRatio, picture.height / shot.pixelRatio);
  // Each on a sheet of its own, as both begin with an empty one.
  const lay = (paint: (over: CanvasRenderingContext2D) => void): void => {
    const over = createCanvas(picture.width, picture.height);
    paint(over.context);
    context.drawImage(over.canvas, 0, 0, picture.width / shot.pixelRatio, picture.height / shot.pixelRatio);
  };
  if (drawn !== undefined)
    lay((over) => paintDrawing(over, drawn.regions, shot, (region) => regionLook(drawn.look, region)));
  if (selected !== undefined) lay((over) => paintMark(over, selected, shot, SELECTED_TONES));
  const font = `600 12px ${FONT}`;
  const marks = { line: colours.danger, pin: colours.accent, words: colours.text, edge: colours.surface };
  if (line !== undefined) paintLine(context, { line, map, resolutionUm, font, colours: marks });
  if (pin !== undefined) paintPin(context, toScreen(map, pin), marks);
  if (resolutionUm !== undefined) paintScaleBar(context, { map, size, resolutionUm, font });
  context.restore();
  context.strokeStyle = colours.border;
  context.lineWidth = 1;
  context.strokeRect(layout.picture.x - 0.5, layout.picture.y - 0.5, size.width + 1, size.height + 1);
}

function paintLegend(
  context: CanvasRenderingContext2D,
  { legend }: Figure,
  { legend: places, columnWidth }: FigureLayout,
  colours: FigureColours,
): void {
  for (const [index, { x, y }] of places.entries()) {
    const entry = legend.entries[index];
    const style = { font: `12px ${FONT}`, colour: colours.text };
    if (entry === undefined) {
      paintText(context, `and ${legend.more} more`, { x, y, width: columnWidth }, { ...style, colour: colours.soft });
      continue;
    }
    context.fillStyle = entry.colour ?? colours.stage;
    context.fillRect(x, y - SWATCH_PX / 2, SWATCH_PX, SWATCH_PX);
    context.strokeStyle = colours.soft;
    context.lineWidth = 0.5;
    context.strokeRect(x, y - SWATCH_PX / 2, SWATCH_PX, SWATCH_PX);
    const words = [entry.acronym, entry.name].filter((word) => word !== "").join("  ");
    paintText(context, words, { x: x + SWATCH_PX + 6, y, width: columnWidth - SWATCH_PX - 14 }, style);
  }
}

/** Paints a line of text, shortened where it has no room. */
function paintText(
  context: CanvasRenderingContext2D,
  text: string,
  { x, y, width }: { readonly x: number; readonly y: number; readonly width: number },
  { font, colour }: { readonly font: string; readonly colour: string },
): void {
  context.font = font;
  context.fillStyle = colour;
  context.fillText(
    shorten(text, (part) => context.measureText(part).width <= width),
    x,
    y,
  );
}
