import type { Size } from "../model/size.ts";

/** A place in a figure, in CSS pixels from its upper left corner. */
export interface FigurePlace {
  readonly x: number;
  readonly y: number;
}

/** Where everything is in a figure: a heading, the picture, its legend, and whose data it shows. */
export interface FigureLayout extends Size {
  readonly picture: FigurePlace;
  /** Lines of the heading, by the middle of their left ends. */
  readonly title: FigurePlace;
  readonly subtitle: FigurePlace;
  /** Lines of the legend, by the middle of their left ends, column after column. */
  readonly legend: readonly FigurePlace[];
  readonly columnWidth: number;
  readonly credit: FigurePlace;
  /** Of what is written over the whole width. */
  readonly innerWidth: number;
}

const MARGIN_PX = 16;
const TITLE_PX = 22;
const LINE_PX = 19;
const GAP_PX = 12;

/** Narrowest figure, so that its words have room, and narrowest column of a legend. */
const LEAST_WIDTH_PX = 420;
const COLUMN_PX = 240;

/**
 * Lays out a figure.
 *
 * @param picture Size of the picture, in CSS pixels.
 * @param lines Number of lines of the legend.
 */
export function layoutFigure(picture: Size, lines: number): FigureLayout {
  const innerWidth = Math.max(picture.width, LEAST_WIDTH_PX);
  const top = MARGIN_PX + TITLE_PX + LINE_PX + GAP_PX / 2;
  const columns = Math.max(1, Math.min(Math.floor(innerWidth / COLUMN_PX), lines));
  const rows = Math.ceil(lines / columns);
  const columnWidth = innerWidth / columns;
  const legendTop = top + picture.height + GAP_PX;
  const legend = Array.from({ length: lines }, (_, index) => ({
    x: MARGIN_PX + Math.floor(index / rows) * columnWidth,
    y: legendTop + (index % rows) * LINE_PX + LINE_PX / 2,
  }));
  const legendBottom = legendTop + (rows > 0 ? rows * LINE_PX + GAP_PX : 0);
  return {
    width: innerWidth + 2 * MARGIN_PX,
    height: legendBottom + LINE_PX + MARGIN_PX / 2,
    picture: { x: MARGIN_PX + (innerWidth - picture.width) / 2, y: top },
    title: { x: MARGIN_PX, y: MARGIN_PX + TITLE_PX / 2 },
    subtitle: { x: MARGIN_PX, y: MARGIN_PX + TITLE_PX + LINE_PX / 2 },
    legend,
    columnWidth,
    credit: { x: MARGIN_PX, y: legendBottom + LINE_PX / 2 },
    innerWidth,
  };
}
