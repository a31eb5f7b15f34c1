import OpenSeadragon from "openseadragon";

/** What the tiles are decoded to. */
export const BITMAP = "imageBitmap";

/** Draws decoded tiles as they are. The library's own drawer keeps a canvas of each, which costs a copy and its memory. */
export class BitmapDrawer extends OpenSeadragon.CanvasDrawer {
  override getType(): string {
    return "bitmap";
  }

  override getSupportedDataFormats(): string[] {
    return [BITMAP];
  }

  /** The library reads of what it draws the property `canvas` alone. */
  override getDataToDraw(tile: OpenSeadragon.Tile): { canvas: ImageBitmap } | undefined {
    const canvas: ImageBitmap | undefined = super.getDataToDraw(tile);
    return canvas && { canvas };
  }
}

OpenSeadragon.converter.learnDestroy(BITMAP, (bitmap: ImageBitmap) => bitmap.close());
