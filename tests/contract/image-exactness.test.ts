// Every picture of a stored file is to the pixel what decoding all of its tiles and cutting the window out gives: where nothing is decoded
// on the way, where a JPEG is encoded again within that encoding's own error and never shifted, and as PNG to the pixel.
import { join } from "node:path";
import {
  createMirror,
  type FolderStore,
  type ImportOptions,
  importFile,
  importSample,
  type Mirror,
  openStore,
} from "@brainatlas/mirror";
import sharp from "sharp";
import { describe, expect, onTestFinished, test } from "vitest";
import { encodingError, errorOf, isUnshifted, largestDifference, showsShifts } from "../support/picture-error.ts";
import { decodeRgb, writeIn } from "../support/pictures.ts";
import {
  cropPlain,
  decodePlain,
  openPlainPyramid,
  type PlainBox,
  type PlainPixels,
  type PlainPyramid,
  plainBox,
} from "../support/plain-image.ts";
import { type DrawnWindow, drawWindows } from "../support/random-windows.ts";
import { describeRecorded, recording } from "../support/recordings.ts";
import { temporaryFolder } from "../support/temporary.ts";
import { makeTexture } from "../support/textured-picture.ts";

const IS_LONG = process.env.BRAINATLAS_LONG === "1";
const WINDOWS = IS_LONG ? 2000 : 200;
const ORIGIN = "http://mirror.test";
/** Quality of the stored tiles, and of what no quality is asked for. */
const STORED_QUALITY = 85;
/** Decoders round differently: by one in brightness and in each colour, which adds up to 3 or 4 in a channel. */
const ROUNDING = { largest: 5, mean: 1 };
/**
 * What the error of another encoder may be exceeded by. It fills up the squares at the border in a way of its own, which counts where the
 * picture is narrow; and chance plays its part in pictures of a few pixels.
 */
function allowedError(error: number, { width, height }: PlainPixels): number {
  return error * (1.05 + 1 / Math.min(width, height)) + 0.3 + 4 / Math.sqrt(width * height);
}
/** Largest tier that is asked for as a whole, in pixels. */
const MAX_WHOLE_PX = 1_500_000;

/** A stored picture, what answers with it, and what it is. */
interface Plate {
  readonly mirror: Mirror;
  /** Server path. */
  readonly path: string;
  readonly pyramid: PlainPyramid;
  /** What the image service calls the first tier that is held. */
  readonly finestDownsample: number;
  /** Whole tiers as the mirror gives them as PNG, once they were asked for. */
  readonly wholes: Map<number, PlainPixels>;
}

/** A store with a picture file in it. */
async function plateOf(file: string, options: ImportOptions = {}): Promise<Plate> {
  const store = await newStore();
  const { entries } = await importFile(store, file, { id: 1, ...options });
  return await plateIn(store, entries[0]?.name ?? "");
}

async function newStore(): Promise<FolderStore> {
  return await openStore(join(await temporaryFolder(), "store"), { create: true });
}

/** The stored picture with a server path. */
async function plateIn(store: FolderStore, path: string, finestDownsample = 0): Promise<Plate> {
  const found = await store.entries.get("picture", path);
  if (found === undefined) throw new Error("The import put no picture");
  const { width, height, downsample } = found.entry.details;
  const held = 2 ** Number(downsample);
  const size = { width: Math.floor(Number(width) / held), height: Math.floor(Number(height) / held) };
  const pyramid = openPlainPyramid(found.path, size);
  const mirror = createMirror({ store });
  onTestFinished(async () => {
    pyramid.close();
    await mirror.close();
    store.close();
  });
  return { mirror, path, pyramid, finestDownsample, wholes: new Map() };
}

/** How a window is asked for. */
interface Ask {
  readonly target: string;
  readonly quality?: number;
  readonly isPng?: boolean;
}

/** The ways of asking take turns. */
function askFor(
  { path, finestDownsample }: Plate,
  { request }: DrawnWindow,
  box: PlainBox | undefined,
  turn: number,
): Ask {
  const full = 2 ** finestDownsample;
  const asked = {
    ...request,
    left: request.left * full,
    top: request.top * full,
    downsample: request.downsample + finestDownsample,
  };
  const service = `/cgi-bin/imageservice?path=${path}&${Object.entries(asked)
    .map((pair) => pair.join("="))
    .join("&")}`;
  const way = box === undefined ? 0 : turn % 5;
  if (way < 2) return { target: service };
  if (way === 2) {
    const quality = (turn * 7) % 101;
    return { target: `${service}&quality=${quality}`, ...(quality === STORED_QUALITY ? {} : { quality }) };
  }
  const scale = 2 ** request.downsample;
  const { left = 0, top = 0, width = 0, height = 0 } = box ?? {};
  const region = [left, top, width, height].map((length) => length * scale);
  const iiif = `/iiif/3/${encodeURIComponent(path)}/${region}/${width},${height}/0/default`;
  return way === 3 ? { target: `${iiif}.jpg` } : { target: `${iiif}.png`, isPng: true };
}

/** Asks for windows of a plate, and judges each answer. Gives how many came by each path. */
async function checkWindows(plate: Plate, count: number, seed: number): Promise<Map<string, number>> {
  const paths = new Map<string, number>();
  for (const [turn, window] of drawWindows(plate.pyramid.tiers, count, seed).entries()) {
    const tier = plate.pyramid.tiers[window.request.downsample];
    if (tier === undefined) throw new Error("The window is of no tier");
    const box = plainBox(window.request, tier);
    const ask = askFor(plate, window, box, turn);
    const response = await plate.mirror.fetch(ORIGIN + ask.target);
    const body = new Uint8Array(await response.arrayBuffer());
    const path = response.headers.get("x-brainatlas-path") ?? `${response.status}`;
    const context = `${window.kind} ${ask.target} by ${path}`;
    checkDesk(plate.mirror, ask.target, response, body, context);
    paths.set(path, (paths.get(path) ?? 0) + 1);
    if (box === undefined) {
      expect([context, response.status]).toEqual([context, 400]);
      continue;
    }
    expect([context, path]).toEqual([context, pathFor(box, ask)]);
    const expected = tier.crop(box);
    if (ask.isPng === true) await judgePng(plate, expected, body, box, window.request.downsample, context);
    else await judgeJpeg(expected, body, ask, path, context);
  }
  return paths;
}

/** Nothing is decoded where a window begins on the grid of 16 pixels and no other quality is asked for. */
function pathFor({ left, top, width, height }: PlainBox, { quality, isPng }: Ask): string {
  if (isPng === true) return "finish";
  if (quality !== undefined || left % 16 !== 0 || top % 16 !== 0) return "recode";
  return width === 256 && height === 256 && left % 256 === 0 && top % 256 === 0 ? "tile" : "join";
}

/** What is answered before the router is what the router answers. */
function checkDesk(mirror: Mirror, target: string, response: Response, body: Uint8Array, context: string): void {
  const tile = mirror.tile(target);
  if (tile === undefined) return;
  expect([context, response.status]).toEqual([context, 200]);
  expect([context, Buffer.compare(tile.body, body)]).toEqual([context, 0]);
  expect([context, tile.headers.etag]).toEqual([context, response.headers.get("etag")]);
}

/** A JPEG for which nothing was decoded is the very same; one that was encoded again is as close as such a one can be, and not shifted. */
async function judgeJpeg(
  expected: PlainPixels,
  body: Uint8Array,
  ask: Ask,
  path: string,
  context: string,
): Promise<void> {
  const given = decodePlain(body);
  expect([context, given.width, given.height]).toEqual([context, expected.width, expected.height]);
  if (path !== "recode") {
    expect([context, largestDifference(expected, given)]).toEqual([context, 0]);
    return;
  }
  const allowed = allowedError(await encodingError(expected, ask.quality ?? STORED_QUALITY), expected);
  const error = errorOf(expected, given);
  expect([context, error <= allowed ? "within" : `${error} beyond ${allowed}`]).toEqual([context, "within"]);
  if (showsShifts(expected, error)) expect([context, isUnshifted(expected, given)]).toEqual([context, true]);
}

/** Pixels without loss are those of the other decoder but for rounding, and to the last bit those of the whole tier. */
async function judgePng(
  plate: Plate,
  expected: PlainPixels,
  body: Uint8Array,
  box: PlainBox,
  downsample: number,
  context: string,
): Promise<void> {
  const given = await decodeRgb(body);
  expect([context, given.width, given.height]).toEqual([context, expected.width, expected.height]);
  const [largest, mean] = [largestDifference(expected, given), errorOf(expected, given)];
  const isRounding = largest <= ROUNDING.largest && mean <= allowedError(ROUNDING.mean, expected);
  expect([context, isRounding ? "rounding" : { largest, mean }]).toEqual([context, "rounding"]);
  const whole = await wholeOf(plate, downsample);
  if (whole !== undefined) expect([context, largestDifference(cropPlain(whole, box), given)]).toEqual([context, 0]);
}

/** A whole tier as the mirror gives it; `undefined` for a large one. */
async function wholeOf({ mirror, path, pyramid, wholes }: Plate, downsample: number): Promise<PlainPixels | undefined> {
  const { width, height } = pyramid.tiers[downsample] ?? { width: 0, height: 0 };
  const known = wholes.get(downsample);
  if (known !== undefined || width * height > MAX_WHOLE_PX) return known;
  const region = [0, 0, width, height].map((length) => length * 2 ** downsample);
  const target = `/iiif/3/${encodeURIComponent(path)}/${region}/${width},${height}/0/default.png`;
  const response = await mirror.fetch(ORIGIN + target);
  const whole = await decodeRgb(new Uint8Array(await response.arrayBuffer()));
  expect([target, whole.width, whole.height]).toEqual([target, width, height]);
  wholes.set(downsample, whole);
  return whole;
}

const ALL_PATHS = ["tile", "join", "recode", "finish", "400"];

test("windows of a made picture are exact", async () => {
  const file = await writeIn(await temporaryFolder(), "1.png", await makeTexture(2309, 1501));
  expect([...(await checkWindows(await plateOf(file), WINDOWS, 1)).keys()]).toEqual(expect.arrayContaining(ALL_PATHS));
});

test("windows of a picture that fits one tile are exact", async () => {
  const file = await writeIn(await temporaryFolder(), "1.png", await makeTexture(201, 99));
  await checkWindows(await plateOf(file), WINDOWS / 4, 2);
});

test("windows of noise, which no codec likes, are exact", async () => {
  const file = await writeIn(await temporaryFolder(), "1.png", await makeNoise(777, 1033));
  await checkWindows(await plateOf(file), WINDOWS / 2, 3);
});

test("windows of a plate that is held from a coarse tier on are exact", async () => {
  const store = await newStore();
  const downsample = 4;
  await importSample(store, [100883869], { downsample });
  const path = (await store.record(100883869))?.row.path;
  await checkWindows(await plateIn(store, path ?? "", downsample), WINDOWS, 7);
});

/** Values without any order, the same each time. */
async function makeNoise(width: number, height: number): Promise<Buffer> {
  let state = 1;
  const data = Uint8Array.from({ length: width * height * 3 }, () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return state >>> 23;
  });
  return await sharp(data, { raw: { width, height, channels: 3 } })
    .png()
    .toBuffer();
}

describeRecorded("windows of recorded pictures", () => {
  const images = (name: string): string => recording("real", "images", name);
  const few: [string, number][] = [["section-71717640-s193-expression.jpg", WINDOWS / 2]];
  const more: [string, number][] = [
    ["microscopy-mosaic-9884x5831.jpg", WINDOWS],
    ["atlas-plate-devmouse-p56-sagittal-annotated-ds1-6080x3680.jpg", WINDOWS],
    ["section-69177654-ds2-2980x1888.jpg", WINDOWS],
    ["mouse-p56-coronal-plate-073-inverted-1024.jpg", WINDOWS],
  ];
  test.each(IS_LONG ? [...few, ...more] : few)("%s is given to the pixel", async (name, count) => {
    await checkWindows(await plateOf(images(name)), count, 4);
  });
});

describe.runIf(IS_LONG)("a picture of 30,000 × 25,000 pixels", () => {
  test("is given to the pixel", async () => {
    const [width, height] = [30_000, 25_000];
    const file = join(await temporaryFolder(), "1.tif");
    const texture = await sharp(await makeTexture(1999, 1723))
      .png()
      .toBuffer();
    await sharp({ create: { width, height, channels: 3, background: "white" }, limitInputPixels: false })
      .composite([{ input: texture, tile: true, gravity: "northwest" }])
      .tiff({ compression: "jpeg", quality: 95, tile: true, tileWidth: 256, tileHeight: 256 })
      .toFile(file);
    await checkWindows(await plateOf(file), WINDOWS, 5);
  });
});
