import type { Drawing } from "@brainatlas/sdk/drawing";
import { createRandom } from "../../bench/support/random.mjs";
import type { Point, Tab } from "./viewer-page.ts";

/** A plate of the sample from near by: a CSS pixel is 16 of its own. */
export const PLATE_ID = 100960224;
export const PLATE = `atlas=1&plate=${PLATE_ID}&x=5280&y=3776&zoom=-4`;

/** The place that an address gives for a panel. */
export interface LinkedPlace {
  readonly centre: Point;
  readonly zoom: number;
}

/** Where a panel is, by the address; it has to say it. */
export function placeOf(tab: Tab, index = 0): LinkedPlace {
  const suffix = index === 0 ? "" : String(index + 1);
  const [x, y, zoom] = ["x", "y", "zoom"].map((key) => Number(tab.link().get(key + suffix) ?? Number.NaN));
  if (x === undefined || y === undefined || zoom === undefined || Number.isNaN(x + y + zoom))
    throw new Error(`The address does not say where panel ${index} is: ${tab.page.url()}`);
  return { centre: { x, y }, zoom };
}

/** Window and image of a panel that stands still and upright: the points of one in the other. */
export interface PanelPoints {
  /** A pixel of the image in CSS pixels of the window. */
  toWindow(point: Point): Point;
  toImage(point: Point): Point;
  /** Of the panel in the window, in CSS pixels. */
  readonly box: { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
}

/** Measures a panel. */
export async function pointsOf(tab: Tab, index = 0): Promise<PanelPoints> {
  const { centre, zoom } = placeOf(tab, index);
  const box = await tab.panel(index).boundingBox();
  if (box === null) throw new Error("The panel is not to be seen");
  const middle = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  const scale = 2 ** zoom;
  return {
    box,
    toWindow: ({ x, y }) => ({ x: middle.x + (x - centre.x) * scale, y: middle.y + (y - centre.y) * scale }),
    toImage: ({ x, y }) => ({ x: centre.x + (x - middle.x) / scale, y: centre.y + (y - middle.y) / scale }),
  };
}

/** A place in the window, what it is in the image, and the structure that the SDK finds there. */
export interface KnownPoint {
  readonly window: Point;
  readonly image: Point;
  readonly structureId: number | undefined;
}

/** How many pixels of the image around a point have to be of the same structure. */
const EVEN_PX = 12;

/** Parts of a panel at its edges in which controls may lie. */
const MARGIN = { x: 0.2, y: 0.15 };

/**
 * Whole CSS pixels of a panel, drawn by a seed, that lie within one structure, or within none.
 *
 * @param isWanted Which structures.
 */
export async function knownPoints(
  tab: Tab,
  drawing: Drawing,
  count: number,
  { seed = 1, isWanted = () => true }: { seed?: number; isWanted?: (id: number | undefined) => boolean } = {},
): Promise<KnownPoint[]> {
  const points = await pointsOf(tab);
  const { box } = points;
  const random = createRandom(seed);
  const found: KnownPoint[] = [];
  for (let tries = 0; found.length < count && tries < 20_000; tries += 1) {
    const share = (margin: number): number => margin + ((1 - 2 * margin) * random(100_000)) / 100_000;
    const x = Math.round(box.x + box.width * share(MARGIN.x));
    const y = Math.round(box.y + box.height * share(MARGIN.y));
    const image = points.toImage({ x, y });
    const around = [0, EVEN_PX, -EVEN_PX].flatMap((dx) =>
      [0, EVEN_PX, -EVEN_PX].map((dy) => drawing.structureAt(image.x + dx, image.y + dy)),
    );
    const [structureId] = around;
    if (around.every((id) => id === structureId) && isWanted(structureId))
      found.push({ window: { x, y }, image, structureId });
  }
  if (found.length < count) throw new Error(`Only ${found.length} of ${count} points were found`);
  return found;
}
