import type { AtlasResponse } from "@brainatlas/sdk";
import { type Drawing, parseDrawing, printDrawing, type Region } from "@brainatlas/sdk/drawing";
import { writeFileWhole } from "@brainatlas/sdk/node";
import { type Api, creditOf, waitFor } from "../api.ts";
import type { Context } from "../context.ts";
import { type Destination, fileOf, openDestination, writePicture } from "../destination.ts";
import { UsageError } from "../errors.ts";
import { EXIT } from "../exit.ts";
import { printable } from "../output/notes.ts";
import { printBytes, printCount, printPixels } from "../output/quantities.ts";
import { printFacts } from "../output/table.ts";
import { loadSvgGraph, type Selection, type SvgOptions, type SvgRequest, selectStructures } from "./svg-request.ts";

/** Downloads a drawing, or some structures of it. Returns the exit code. */
export async function downloadSvg(
  context: Context,
  api: Api,
  request: SvgRequest,
  options: SvgOptions,
): Promise<number> {
  const { id, structures, json } = options;
  const destination = await openDestination(context, options.out, ".svg");
  if (destination.kind === "stdout" && json === true) {
    throw new UsageError("Cannot print a drawing and JSON on the same standard output; give --out a file");
  }
  const selection = structures && selectStructures(await loadSvgGraph(context, options), structures);
  const { signal } = context;
  const response = await waitFor(context, api, () => api.client.svg(id, { ...request, download: true, signal }));
  const drawing = parseDrawing(response.text(), response.url);
  const shown = selection === undefined ? drawing.regions : drawing.regionsOf(selection.all);
  if (selection !== undefined && shown.length === 0) throw notShown(options, drawing);
  // The whole is kept as it came.
  const bytes =
    selection === undefined
      ? response.bytes()
      : new TextEncoder().encode(printDrawing(drawing, { structureIds: selection.all }));
  const file = await write(context, destination, bytes, fileName(id, request, selection));
  const result = { drawing, response, file, bytes, shown, credit: creditOf(api.kind, response) };
  // A drawing on stdout leaves only stderr for the words.
  const output = destination.kind === "stdout" ? context.stderr : context.stdout;
  output.write(json === true ? printJson(id, result) : printResult(id, result));
  return EXIT.done;
}

async function write(
  context: Context,
  destination: Destination,
  bytes: Uint8Array,
  defaultName: string,
): Promise<string | undefined> {
  if (destination.kind === "stdout") {
    context.stdout.write(bytes);
    return undefined;
  }
  const file = fileOf(destination, defaultName);
  await writePicture(file, bytes, (path) => writeFileWhole(path, bytes));
  return file;
}

function notShown({ id, structures = [] }: SvgOptions, drawing: Drawing): Error {
  const count = drawing.areaByStructure().size;
  const names = structures.map((name) => JSON.stringify(name)).join(", ");
  const advice = `it shows ${printCount(count, "structure", "structures")}, which --list names`;
  return new Error(`Cannot find ${names} in the drawing of image ${id}: no region is of it or lies in it; ${advice}`);
}

/** Different requests have different names, and the same one has the same again. */
function fileName(id: number, { downsample, groups }: SvgRequest, selection: Selection | undefined): string {
  const words = [
    downsample === undefined ? [] : [`ds${downsample}`],
    groups === undefined ? [] : [`groups${groups.join("_")}`],
    selection === undefined ? [] : [`structures${selection.named.join("_")}`],
  ];
  return `${["drawing", id, ...words.flat()].join("-")}.svg`;
}

/** What a download came to. */
interface Result {
  readonly drawing: Drawing;
  readonly response: AtlasResponse;
  /** Absolute path; `undefined` for standard output. */
  readonly file: string | undefined;
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** The regions that were wanted. */
  readonly shown: readonly Region[];
  readonly credit: string;
}

/** Facts about the drawing, and last the path of its file, for those who take the last line. */
function printResult(id: number, { drawing, response, file, bytes, shown, credit }: Result): string {
  const source = response.headers.get("x-brainatlas-source");
  const regions = printCount(shown.length, "region", "regions");
  const structures = printCount(countStructures(shown), "structure", "structures");
  const facts = printFacts(`Drawing ${id}`, [
    ["size", `${printPixels(drawing)}, ${printBytes(bytes.length)}`],
    ["shows", shown.length === 0 ? "nothing: this image has no drawing" : `${regions} of ${structures}`],
    ["source", source === null ? undefined : `mirror, ${source}`],
    ["url", response.url],
    ["credit", credit],
  ]);
  return file === undefined ? facts : `${facts}${printable(file)}\n`;
}

function printJson(id: number, { drawing, response, file, bytes, shown, credit }: Result): string {
  const { width, height, downsample } = drawing;
  const value = {
    id,
    url: response.url,
    file: file ?? null,
    sizeBytes: bytes.length,
    width,
    height,
    downsample: downsample ?? null,
    groups: drawing.groups.map(({ labelId, label }) => ({ id: labelId ?? null, name: label })),
    regions: shown.length,
    structures: countStructures(shown),
    source: response.headers.get("x-brainatlas-source"),
    credit,
  };
  return `${JSON.stringify(value, undefined, 2)}\n`;
}

function countStructures(regions: readonly Region[]): number {
  return new Set(regions.map(({ structureId }) => structureId)).size;
}
