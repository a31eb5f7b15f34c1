import type { PictureSize } from "./jpeg-size.ts";

/** An area of a terminal, in characters. */
export interface CellArea {
  readonly columns: number;
  readonly rows: number;
}

/** A character's cell in pixels, for terminals that show pictures: they do not say; this is a usual one. */
export const CELL_PX: PictureSize = { width: 10, height: 20 };

/**
 * The area that a picture covers, its shape kept, a cell being twice as high as wide. Never blown up over one pixel a
 * `pixelsAcross`-th of a cell.
 *
 * @param pixelsAcross Pixels that a cell shows from left to right.
 * @example fitCells({ width: 400, height: 200 }, { columns: 60, rows: 40 }, 1) // → { columns: 60, rows: 15 }
 */
export function fitCells(picture: PictureSize, room: CellArea, pixelsAcross: number): CellArea {
  const perColumn = Math.max(
    picture.width / Math.max(1, room.columns),
    picture.height / (2 * Math.max(1, room.rows)),
    pixelsAcross,
  );
  return {
    columns: Math.max(1, Math.round(picture.width / perColumn)),
    rows: Math.max(1, Math.round(picture.height / (2 * perColumn))),
  };
}
