import { realpath, stat } from "node:fs/promises";
import type { RemoteImage } from "@brainatlas/sdk";
import { downloadInRegions, type JoinedPicture } from "@brainatlas/sdk/node";
import { type Api, creditOf, withApiHint } from "../api.ts";
import type { Context } from "../context.ts";
import { type Destination, fileOf } from "../destination.ts";
import { UsageError } from "../errors.ts";
import { defaultFileName } from "../file-name.ts";
import { printable } from "../output/notes.ts";
import { createProgressLine } from "../output/progress-line.ts";
import { printBytes, printCount, printPixels } from "../output/quantities.ts";
import { printFacts } from "../output/table.ts";
import { type ImageOptions, noteDifferences, printJson, requestToJson } from "./image-request.ts";

/**
 * Fetches a picture as regions, and writes and prints what came of it.
 *
 * @returns Path of the file.
 * @throws {UsageError} If it is to go to standard output or be shown, or an option or the ending of the file is of no use.
 */
export async function saveInRegions(
  context: Context,
  api: Api,
  image: RemoteImage,
  destination: Destination,
  { inRegions: regionPx, show, json }: ImageOptions,
): Promise<string> {
  if (destination.kind === "stdout") throw new UsageError("Cannot join regions on standard output; give --out a file");
  if (show !== undefined && show !== "none") {
    throw new UsageError("Cannot use --show with --in-regions; open the file with --open");
  }
  const named = fileOf(destination, defaultFileName(image, "image/tiff"));
  const path = await realpath(named).catch(() => named); // A link stays; what it leads to is replaced.
  const joined = await join(context, api, image, path, regionPx);
  noteDifferences(context, image, joined);
  const { size: sizeBytes } = await stat(path);
  context.stdout.write(
    json === true ? printJson(toJson(api, image, joined, sizeBytes)) : print(api, image, joined, sizeBytes),
  );
  return path;
}

async function join(
  context: Context,
  api: Api,
  image: RemoteImage,
  path: string,
  regionPx: number | undefined,
): Promise<JoinedPicture> {
  const line = createProgressLine(context);
  try {
    return await downloadInRegions(image, path, {
      regionPx,
      signal: context.signal,
      onProgress: ({ regions, totalRegions, receivedBytes }) =>
        line.show(() => `region ${regions} of ${totalRegions}, ${printBytes(receivedBytes)}`),
    });
  } catch (error) {
    // Before it has asked for anything, and once it knows the size: all of it is the caller's choice.
    if (error instanceof RangeError) throw new UsageError(error.message, { cause: error });
    throw withApiHint(error, api);
  } finally {
    line.end();
  }
}

function print(api: Api, image: RemoteImage, joined: JoinedPicture, sizeBytes: number): string {
  const { regions, receivedBytes, headers, path } = joined;
  const source = headers.get("x-brainatlas-source");
  const facts = printFacts(`${image[Symbol.toStringTag]} ${image.id}`, [
    ["size", `${printPixels(joined)}, ${printBytes(sizeBytes)}`],
    ["regions", `${printCount(regions, "region", "regions")}, ${printBytes(receivedBytes)}`],
    ["source", source === null ? undefined : `mirror, ${source}`],
    ["url", image.url],
    ["credit", creditOf(api.kind, joined)],
  ]);
  return `${facts}${printable(path)}\n`;
}

function toJson(
  api: Api,
  image: RemoteImage,
  { path, width, height, regions, receivedBytes, headers }: JoinedPicture,
  sizeBytes: number,
): Record<string, unknown> {
  return {
    ...requestToJson(image),
    file: path,
    sizeBytes,
    width,
    height,
    regions,
    receivedBytes,
    source: headers.get("x-brainatlas-source"),
    credit: creditOf(api.kind, { headers }),
  };
}
