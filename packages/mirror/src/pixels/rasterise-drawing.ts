import { clampDownsample, type ImageBox, type TierWindow, tierSize } from "@brainatlas/sdk/image";
import type { DrawingSource } from "../engine/picture-source.ts";
import { type ByteCache, createByteCache } from "../store/byte-cache.ts";
import { type DrawingPart, type DrawingParts, readDrawingParts } from "./drawing-parts.ts";
import { drawingFault } from "./svg-root.ts";

/** Most pixels of a band. */
const BAND_PX = 2 ** 20;
/** Longest edge that is drawn in one go; the renderer's surfaces have at most 32767. */
const MAX_EDGE_PX = 16_384;
/** How far beyond its border a path is taken to paint, in pixels of the picture: edges are softened. */
const SOFT_EDGE_PX = 2;
/** Drawings that are kept taken apart, in bytes: some dozens of the largest recorded ones. */
const MAX_KEPT_BYTES = 16 * 2 ** 20;

const taken: ByteCache<DrawingParts> = createByteCache(MAX_KEPT_BYTES, ({ sizeBytes }) => sizeBytes);

/**
 * Draws a window of a drawing at its tier on white, in bands of whole rows from the top: red, green and blue, 8 bits each, interleaved. A
 * band has at most 2²⁰ pixels, or one row.
 *
 * Only the paths that meet a band are drawn for it, so that a tile costs the same wherever the plate ends. A drawing's coordinates are
 * full-resolution pixels of the section's box, times the scale of its own document (reference §2.1).
 *
 * The pixels are those that all of the paths would give. Windows begin at whole pixels, so that nothing shifts between two that overlap;
 * but at softened edges their values may differ by a few fifteenths of a step of colour. The renderer takes the share of a pixel that a
 * path covers from the area, or from fifteen lines through the pixel where some edge in the same row of its surface begins or ends, and
 * which edges there are depends on the window.
 *
 * @param signal Ends the work between two bands; the generator throws its reason.
 * @throws {DecodeError} If the document is no drawing, or the renderer cannot read it.
 */
export async function* drawingBands(
  source: DrawingSource,
  window: TierWindow,
  signal?: AbortSignal,
): AsyncGenerator<Uint8Array, void, undefined> {
  const drawing = await taken.get(source.tag, async () => readDrawingParts(source.svg), signal);
  yield* bandsOf(drawing, source, window, signal);
}

/**
 * Makes sure that a drawing can be drawn, by drawing it once, small.
 *
 * @param box Where the drawing lies, as its record has it.
 * @throws {DecodeError} If it cannot.
 */
export async function checkDrawing(svg: string, box: ImageBox): Promise<void> {
  const downsample = clampDownsample(Number.POSITIVE_INFINITY, box);
  const [width, height] = [tierSize(box.image_width, downsample), tierSize(box.image_height, downsample)];
  for await (const _ of bandsOf(readDrawingParts(svg), { box }, { left: 0, top: 0, width, height, downsample }));
}

async function* bandsOf(
  drawing: DrawingParts,
  place: Pick<DrawingSource, "box" | "overlay">,
  window: TierWindow,
  signal?: AbortSignal,
): AsyncGenerator<Uint8Array, void, undefined> {
  const rows = Math.max(1, Math.floor(BAND_PX / window.width));
  for (let done = 0; done < window.height; done += rows) {
    signal?.throwIfAborted();
    const height = Math.min(rows, window.height - done);
    yield await drawBand(drawing, place, { ...window, top: window.top + done, height });
  }
}

/** A band; one that is wider than the renderer's surfaces is put together from columns. */
async function drawBand(
  drawing: DrawingParts,
  place: Pick<DrawingSource, "box" | "overlay">,
  band: TierWindow,
): Promise<Uint8Array> {
  if (band.width <= MAX_EDGE_PX) return await drawWindow(drawing, place, band);
  const whole = new Uint8Array(band.width * band.height * 3);
  for (let done = 0; done < band.width; done += MAX_EDGE_PX) {
    const width = Math.min(MAX_EDGE_PX, band.width - done);
    const column = await drawWindow(drawing, place, { ...band, left: band.left + done, width });
    for (let row = 0; row < band.height; row += 1) {
      whole.set(column.subarray(row * width * 3, (row + 1) * width * 3), (row * band.width + done) * 3);
    }
  }
  return whole;
}

async function drawWindow(
  { width: documentWidth, parts, isReachKnown }: DrawingParts,
  { box, overlay }: Pick<DrawingSource, "box" | "overlay">,
  { left, top, width, height, downsample }: TierWindow,
): Promise<Uint8Array> {
  // Documents are scaled by powers of two; their printed sizes have lost the fraction.
  const documentScale = 2 ** Math.round(Math.log2(documentWidth / box.width));
  const scale = 2 ** downsample;
  const view = {
    left: (left * scale - box.x) * documentScale,
    top: (top * scale - box.y) * documentScale,
    width: width * scale * documentScale,
    height: height * scale * documentScale,
    edge: SOFT_EDGE_PX * scale * documentScale,
  };
  const met = parts.filter((part) => isMet(part, view));
  const isEmpty = isReachKnown && overlay === undefined && met.every(({ reach }) => reach === undefined);
  if (isEmpty) return new Uint8Array(width * height * 3).fill(255);
  const onTop = overlay === undefined ? "" : `<g transform="scale(${documentScale})">${overlay}</g>`;
  return await render(`${opening(view, width, height)}${met.map(({ markup }) => markup).join("")}${onTop}</svg>`);
}

/** The beginning of a document that shows a part of a drawing in so many pixels, on white. */
function opening(view: View, width: number, height: number): string {
  const place = `x="${view.left}" y="${view.top}" width="${view.width}" height="${view.height}"`;
  const viewBox = `${view.left} ${view.top} ${view.width} ${view.height}`;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="${viewBox}" preserveAspectRatio="none"><rect ${place} fill="white"/>`;
}

/** A window in units of the document, and how much softened edges add to it. */
interface View {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  readonly edge: number;
}

function isMet({ reach }: DrawingPart, { left, top, width, height, edge }: View): boolean {
  if (reach === undefined) return true;
  const isBeside = reach.right < left - edge || reach.left > left + width + edge;
  return !isBeside && reach.bottom >= top - edge && reach.top <= top + height + edge;
}

async function render(svg: string): Promise<Uint8Array> {
  try {
    // Loaded only now: a mirror of pyramids serves without it.
    const { default: sharp } = await import("sharp");
    return await sharp(Buffer.from(svg), { limitInputPixels: false }).removeAlpha().raw({ depth: "uchar" }).toBuffer();
  } catch (cause) {
    const found = cause instanceof Error ? cause.message.trim().slice(0, 200) : String(cause);
    throw drawingFault("the document", "what the renderer reads", found, cause);
  }
}
