import { writeFileWhole } from "@brainatlas/sdk/node";
import type { Context } from "./context.ts";
import { displayPath, openDestination, writePicture } from "./destination.ts";
import { UsageError } from "./errors.ts";

/** What a chart is called. */
export interface ChartHeading {
  readonly title: string;
  readonly subtitle: string;
}

/** A file that a chart is written to. */
export interface Plot {
  /** Its path as the reader would write it. */
  readonly shown: string;
  /** Writes an SVG document, as it is or as a PNG of twice its size. */
  write(svg: string): Promise<void>;
}

/** Dots of a PNG for each px of the chart: enough for a sharp print. */
const PNG_SCALE = 2;
/** The density at which sharp makes one dot of one px. */
const SVG_DENSITY = 72;

/**
 * Checks the path of a chart before anything is asked for.
 *
 * @throws {UsageError} If its ending is neither .svg nor .png.
 * @throws {Error} If its folder does not exist.
 */
export async function openPlot(context: Context, path: string): Promise<Plot> {
  const ending = /\.(svg|png)$/i.exec(path)?.[1]?.toLowerCase();
  if (ending === undefined) throw new UsageError(`Cannot draw into "${path}"; give a file that ends in .svg or .png`);
  const destination = await openDestination(context, path);
  if (destination.kind !== "file")
    throw new UsageError(`Cannot draw into "${path}": it is a folder; give a file in it`);
  const { path: file } = destination;
  return {
    shown: displayPath(context, file),
    async write(svg) {
      const bytes = ending === "svg" ? new TextEncoder().encode(svg) : await toPng(context, svg);
      await writePicture(file, bytes, (target) => writeFileWhole(target, bytes));
    },
  };
}

async function toPng(context: Context, svg: string): Promise<Uint8Array> {
  const { default: sharp } = await context.load.sharp();
  return await sharp(Buffer.from(svg), { density: SVG_DENSITY * PNG_SCALE })
    .png()
    .toBuffer();
}
