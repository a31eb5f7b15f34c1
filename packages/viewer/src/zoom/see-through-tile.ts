import { seeThroughBlack } from "../model/see-through.ts";

/** A tile of a mask whose black is seen through; the one that was given is closed. */
export function seeThroughTile(tile: ImageBitmap): ImageBitmap {
  const canvas = new OffscreenCanvas(tile.width, tile.height);
  const context = canvas.getContext("2d", { willReadFrequently: true });
  if (context === null) return tile;
  context.drawImage(tile, 0, 0);
  tile.close();
  const pixels = context.getImageData(0, 0, canvas.width, canvas.height);
  seeThroughBlack(pixels.data);
  context.putImageData(pixels, 0, 0);
  return canvas.transferToImageBitmap();
}
