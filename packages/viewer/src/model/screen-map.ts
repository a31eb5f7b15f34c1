import type { ImagePoint } from "@brainatlas/sdk/sync";
import type { Size } from "./size.ts";

/**
 * Where a panel shows the pixels of its image: CSS pixels from the panel's upper left corner are `a·x + c·y + e` and `b·x + d·y + f` of
 * full-resolution pixels relative to the image's box, as `CanvasRenderingContext2D.setTransform` takes it.
 */
export interface ScreenMap {
  readonly a: number;
  readonly b: number;
  readonly c: number;
  readonly d: number;
  readonly e: number;
  readonly f: number;
}

/** CSS pixels per full-resolution pixel. */
export function scaleOf({ a, b }: ScreenMap): number {
  return Math.hypot(a, b);
}

/** A pixel of the image in CSS pixels of the panel. */
export function toScreen({ a, b, c, d, e, f }: ScreenMap, { x, y }: ImagePoint): ImagePoint {
  return { x: a * x + c * y + e, y: b * x + d * y + f };
}

/** A CSS pixel of the panel in pixels of the image. */
export function toImage({ a, b, c, d, e, f }: ScreenMap, { x, y }: ImagePoint): ImagePoint {
  const determinant = a * d - b * c;
  const [right, down] = [x - e, y - f];
  return { x: (d * right - c * down) / determinant, y: (a * down - b * right) / determinant };
}

/** The map of a centre, a zoom and a rotation. */
export function screenMap(centre: ImagePoint, zoom: number, rotationDeg: number, size: Size): ScreenMap {
  const scale = 2 ** zoom;
  const angle = (rotationDeg * Math.PI) / 180;
  const [cos, sin] = [Math.cos(angle) * scale, Math.sin(angle) * scale];
  return {
    a: cos,
    b: sin,
    c: -sin,
    d: cos,
    e: size.width / 2 - cos * centre.x + sin * centre.y,
    f: size.height / 2 - sin * centre.x - cos * centre.y,
  };
}

/** The map from where a first one puts the pixels of the image to where a second one puts them. */
export function mapBetween(first: ScreenMap, second: ScreenMap): ScreenMap {
  const determinant = first.a * first.d - first.b * first.c;
  const a = (second.a * first.d - second.c * first.b) / determinant;
  const b = (second.b * first.d - second.d * first.b) / determinant;
  const c = (second.c * first.a - second.a * first.c) / determinant;
  const d = (second.d * first.a - second.b * first.c) / determinant;
  return { a, b, c, d, e: second.e - a * first.e - c * first.f, f: second.f - b * first.e - d * first.f };
}
