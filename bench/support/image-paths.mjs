// What the bench of images asks for: lists that look random and are the same each time.
import { PLATE_HEIGHT, PLATE_ID, PLATE_WIDTH } from "./made-plate.mjs";
import { createRandom } from "./random.mjs";

const TILE_PX = 256;
/** Edge of the squares in which the tiles are coded, in pixels. */
const GRID_PX = 16;
const REGION_PX = 1000;
/** Tier of a whole plate: it has 4096 × 3072 pixels. */
const WHOLE_TIER = 2;
/** More than are asked for in a round, so that none is asked for again while its answer may be kept. */
const LISTED = 20_000;

/**
 * A window in pixels of a tier.
 *
 * @typedef {{ tier: number, left: number, top: number, width: number, height: number }} Window
 */

/** @returns {Window[]} Whole tiles of the full resolution. */
export function tiles(count = LISTED) {
  const random = createRandom(1);
  return Array.from({ length: count }, () => ({
    tier: 0,
    left: random(PLATE_WIDTH / TILE_PX) * TILE_PX,
    top: random(PLATE_HEIGHT / TILE_PX) * TILE_PX,
    width: TILE_PX,
    height: TILE_PX,
  }));
}

/** @returns {Window[]} Regions of the full resolution that begin on the grid of 16 pixels. */
export function alignedRegions(count = LISTED) {
  const random = createRandom(2);
  const place = (/** @type {number} */ full) => random(Math.floor((full - REGION_PX) / GRID_PX) + 1) * GRID_PX;
  return Array.from({ length: count }, () => regionAt(place(PLATE_WIDTH), place(PLATE_HEIGHT)));
}

/** @returns {Window[]} Regions of the full resolution that do not. */
export function unalignedRegions(count = LISTED) {
  const random = createRandom(3);
  /** @type {Window[]} */
  const regions = [];
  while (regions.length < count) {
    const region = regionAt(random(PLATE_WIDTH - REGION_PX), random(PLATE_HEIGHT - REGION_PX));
    if (region.left % GRID_PX !== 0 || region.top % GRID_PX !== 0) regions.push(region);
  }
  return regions;
}

/**
 * @returns {Window[]} The whole plate, by default at a quarter of its resolution, each time smaller by up to 63 pixels: of the very same one, the answer
 * would be kept.
 */
export function wholePlates(tier = WHOLE_TIER) {
  return Array.from({ length: 4096 }, (_, index) => ({
    tier,
    left: 0,
    top: 0,
    width: PLATE_WIDTH / 2 ** tier - (index % 64),
    height: PLATE_HEIGHT / 2 ** tier - (index >> 6),
  }));
}

/** The window as the IIIF Image API has it. */
export function iiifPath(/** @type {Window} */ { tier, left, top, width, height }) {
  const region = [left, top, width, height].map((value) => value * 2 ** tier);
  return `/iiif/3/${PLATE_ID}/${region}/${width},${height}/0/default.jpg`;
}

/** The window of a stored file as the image service has it. */
export function servicePath(/** @type {string} */ file, /** @type {Window} */ { tier, left, top, width, height }) {
  return `/cgi-bin/imageservice?path=${file}&left=${left * 2 ** tier}&top=${top * 2 ** tier}&width=${width}&height=${height}&downsample=${tier}`;
}

/** The window as the server of sharp-server.mjs has it. */
export function plainPath(/** @type {Window} */ window, /** @type {string} */ picture = "plate") {
  return `/${picture}?${new URLSearchParams(Object.entries(window).map(([name, value]) => [name, String(value)]))}`;
}

function regionAt(/** @type {number} */ left, /** @type {number} */ top) {
  return { tier: 0, left, top, width: REGION_PX, height: REGION_PX };
}
