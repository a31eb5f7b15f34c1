import type { PaintContext, PaintPlace } from "../draw/paint-place.ts";
import { mapBetween } from "../model/screen-map.ts";

/** What lies over a picture on a canvas, and follows it. */
export interface CanvasSheet {
  /** @param isMoved Whether only the picture's place is another one, so that what is painted can be shifted. */
  update(place: PaintPlace, isMoved: boolean): void;
  /** Gives its memory back, until the next update. */
  empty(): void;
}

/** Longest that painting may take, in ms, to be done at each frame; what takes longer is shifted until the picture rests. */
const FRAME_MS = 6;
/** What is counted as rest, in ms. */
const REST_MS = 90;
/** Share of the time that painting may take while it is moved, so that what comes into view is drawn as well. */
const BUSY = 0.2;
/** Share of the last painting in the mean that is compared with `FRAME_MS`. */
const WEIGHT = 0.3;

/**
 * Keeps a canvas over a picture. Where painting is quick it is done with each frame; where it is slow, as of a large screen without graphics
 * hardware, the last canvas is moved as it is, and painted anew as soon as the picture rests.
 */
export function createSheet(
  canvas: HTMLCanvasElement,
  paint: (context: PaintContext, place: PaintPlace) => void,
): CanvasSheet {
  // Fine borders are filled quicker by the processor than by the emulated graphics hardware of many machines.
  const context = canvas.getContext("2d", { willReadFrequently: true });
  let painted: PaintPlace | undefined;
  let meanMs = 0;
  let endedMs = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const repaint = (place: PaintPlace): void => {
    clearTimeout(timer);
    if (context === null) return;
    fit(canvas, place);
    const start = performance.now();
    paint(context, place);
    // What is asked for is painted when it is read at the latest, so that its time is known.
    context.getImageData(0, 0, 1, 1);
    endedMs = performance.now();
    meanMs += WEIGHT * (endedMs - start - meanMs);
    canvas.style.transform = "";
    painted = place;
  };
  return {
    update(place, isMoved) {
      const isEarly = meanMs > FRAME_MS && performance.now() - endedMs < meanMs / BUSY;
      if (!isMoved || !isEarly || painted === undefined || !isSameSize(painted, place)) return repaint(place);
      const { a, b, c, d, e, f } = mapBetween(painted.map, place.map);
      canvas.style.transform = `matrix(${[a, b, c, d, e, f].join(", ")})`;
      clearTimeout(timer);
      timer = setTimeout(() => repaint(place), REST_MS);
    },
    empty() {
      clearTimeout(timer);
      [canvas.width, canvas.height] = [0, 0];
      painted = undefined;
    },
  };
}

function isSameSize(one: PaintPlace, other: PaintPlace): boolean {
  return (
    one.size.width === other.size.width && one.size.height === other.size.height && one.pixelRatio === other.pixelRatio
  );
}

function fit(canvas: HTMLCanvasElement, { size, pixelRatio }: PaintPlace): void {
  const [width, height] = [Math.ceil(size.width * pixelRatio), Math.ceil(size.height * pixelRatio)];
  if (canvas.width === width && canvas.height === height) return;
  [canvas.width, canvas.height] = [width, height];
  canvas.style.width = `${width / pixelRatio}px`;
  canvas.style.height = `${height / pixelRatio}px`;
}
