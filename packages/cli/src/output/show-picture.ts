import type { AtlasResponse, Pixels } from "@brainatlas/sdk";
import type { Context } from "../context.ts";
import { downscale } from "./downscale.ts";
import { CELL_PX, type CellArea, fitCells } from "./fit.ts";
import { detectGraphics, type Graphics, hasTrueColour, type ShowMode } from "./graphics.ts";
import { type PictureSize, readJpegSize } from "./jpeg-size.ts";
import { note } from "./notes.ts";
import { encodePng } from "./png.ts";
import { printBlocks, printIterm, printKitty } from "./terminal-picture.ts";

/** Widest picture, in characters. */
const MAX_COLUMNS = { pictures: 60, blocks: 100 } as const;
/** Lines that are left for the text below the picture. */
const TEXT_ROWS = 8;
/** Pixels of a picture that is still decoded to be shown: 64 million are 256 MB. */
const MAX_DECODED_PIXELS = 64e6;

/**
 * Shows a picture on stdout where that is a terminal that can. Never fails: a picture that cannot be shown is a note on
 * stderr, and nothing when nobody asked for it.
 */
export async function showPicture(context: Context, response: AtlasResponse, mode: ShowMode): Promise<void> {
  await show(context, mode, (graphics) => render(context, response, graphics));
}

/** Shows pixels as {@link showPicture} shows a picture. */
export async function showPixels(context: Context, pixels: Pixels, mode: ShowMode): Promise<void> {
  await show(context, mode, (graphics) => renderPixels(context, pixels, graphics));
}

async function show(
  context: Context,
  mode: ShowMode,
  draw: (graphics: Exclude<Graphics, "none">) => Promise<string>,
): Promise<void> {
  const graphics = chooseGraphics(context, mode);
  if (graphics === "none") return;
  try {
    context.stdout.write(await draw(graphics));
  } catch (error) {
    note(context, `the picture is not shown: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function chooseGraphics({ env, stdout, stderr }: Context, mode: ShowMode): Graphics {
  const isTerminal = stdout.isTTY === true;
  if (mode === "auto") return detectGraphics(env, isTerminal);
  if (mode !== "none" && !isTerminal) {
    note({ stderr }, "the picture is not shown: standard output is not a terminal");
    return "none";
  }
  return mode;
}

async function render(context: Context, response: AtlasResponse, graphics: Exclude<Graphics, "none">): Promise<string> {
  const size = readJpegSize(response.bytes());
  if (graphics === "iterm" && size !== undefined) {
    return printIterm(response.bytes(), fitCells(size, roomOf(context, "pictures"), CELL_PX.width));
  }
  return await renderPixels(context, await decode(response, size), graphics);
}

async function renderPixels(context: Context, pixels: Pixels, graphics: Exclude<Graphics, "none">): Promise<string> {
  if (graphics === "blocks") {
    const area = fitCells(pixels, roomOf(context, "blocks"), 1);
    return printBlocks(downscale(pixels, area.columns, area.rows * 2), hasTrueColour(context.env));
  }
  const area = fitCells(pixels, roomOf(context, "pictures"), CELL_PX.width);
  const scaled = downscale(pixels, area.columns * CELL_PX.width, area.rows * CELL_PX.height);
  if (graphics === "sixel") return await printSixel(scaled);
  const png = encodePng(scaled);
  return graphics === "kitty" ? printKitty(png, area) : printIterm(png, area);
}

async function decode(response: AtlasResponse, size: PictureSize | undefined): Promise<Pixels> {
  if (size !== undefined && size.width * size.height > MAX_DECODED_PIXELS) {
    const millions = Math.round((size.width * size.height) / 1e6);
    throw new RangeError(`it has ${millions} million pixels; ask for a higher --downsample to see it here`);
  }
  return await response.pixels();
}

async function printSixel({ data, width, height }: Pixels): Promise<string> {
  const { image2sixel } = await import("sixel");
  return `${image2sixel(data, width, height, 256, 1)}\n`;
}

function roomOf({ stdout }: Context, kind: keyof typeof MAX_COLUMNS): CellArea {
  return {
    columns: Math.min(stdout.columns ?? 80, MAX_COLUMNS[kind]),
    rows: Math.max(6, (stdout.rows ?? 24) - TEXT_ROWS),
  };
}
