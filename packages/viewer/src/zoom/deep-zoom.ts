import type { ImagePoint } from "@brainatlas/sdk/sync";
import type { PictureLayer } from "../model/picture-layers.ts";
import type { PanelPlace, ZoomPlace } from "../model/place.ts";
import type { ScreenMap } from "../model/screen-map.ts";
import type { SeriesImage } from "../model/series.ts";
import type { Size } from "../model/size.ts";

/** How far the picture has come. */
export interface ZoomProgress {
  /** Whether all tiles of what is seen are there, or have failed for good. */
  readonly isWhole: boolean;
  /** Tiles of what is seen that failed, though they were asked for again: they are hatched. */
  readonly failedTiles: number;
  /** Why the last of them failed. */
  readonly error: unknown;
}

/** An image, and where it comes to rest. */
export interface ZoomRest {
  readonly imageId: number;
  readonly place: PanelPlace;
}

/** What a deep-zoom picture tells of itself. */
export interface DeepZoomEvents {
  /** At each frame in which something moved, and when the panel's size changed. */
  onFrame(map: ScreenMap, size: Size): void;
  /** When it has come to rest, whoever moved it: which image is shown, be it no longer the wanted one, and where. */
  onRest(imageId: number, place: PanelPlace): void;
  /** When the user pressed without moving, at a pixel of the image; additive with Ctrl, Shift or the command key. Once for a double press. */
  onClick(point: ImagePoint, isAdditive: boolean): void;
  /** When another pixel of the image came under the pointer, or none. */
  onPointer(point: ImagePoint | undefined): void;
  onProgress(progress: ZoomProgress): void;
}

/** A picture that is zoomed and panned: the only door to the library that does it. */
export interface DeepZoom {
  /**
   * Shows the layers of an image, the lowest first. Layers that are shown already stay, and what was shown stays until the new ones can be seen;
   * so does the place, but where the whole image was shown, that of the new one is.
   */
  show(image: SeriesImage, layers: readonly PictureLayer[]): void;
  /**
   * Goes to a place, or as near as its image allows, smoothly unless the user wants no motion; stays where it is there or on its way.
   *
   * @param place Without `centre` and `zoom` the whole image; without `rotationDeg` turned as it is.
   * @param smoothly False for what follows something else that moves.
   */
  goTo(place: Partial<PanelPlace>, smoothly: boolean): void;
  /** Where it is, or will be once it has come to rest; `undefined` until there is an image. */
  place(): ZoomPlace | undefined;
  /** Which image is shown, be it no longer the wanted one, and what a view says of where it will be at rest; `undefined` until there is one. */
  rest(): ZoomRest | undefined;
  /** What is drawn now, in device pixels; for exports. */
  canvas(): HTMLCanvasElement | undefined;
  /** Names the picture for screen readers. */
  describe(name: string): void;
  /** Once more for the tiles that failed. */
  retry(): void;
  destroy(): void;
}
