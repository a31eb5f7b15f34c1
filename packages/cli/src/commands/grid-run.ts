import { extname } from "node:path";
import type { VolumeFile } from "@brainatlas/sdk";
import { writeFileWhole } from "@brainatlas/sdk/node";
import {
  type ExpressionVolume,
  NO_DATA,
  type ProjectionVolume,
  type ResolutionUm,
  readGridZip,
  readNrrd,
  type Volume,
} from "@brainatlas/sdk/volume";
import { type Api, type ApiOptions, creditOf, openApi, waitFor } from "../api.ts";
import type { Context } from "../context.ts";
import { fileOf, openDestination, writePicture } from "../destination.ts";
import { asUsage, UsageError } from "../errors.ts";
import { EXIT } from "../exit.ts";
import { printable } from "../output/notes.ts";
import { printBytes } from "../output/quantities.ts";
import { printFacts } from "../output/table.ts";
import { measure, printVolume } from "./volume-info-run.ts";

/** Options of `brainatlas grid`. */
export interface GridOptions extends ApiOptions {
  /** SectionDataSet id. */
  readonly dataSetId: number;
  readonly include?: readonly string[] | undefined;
  readonly projection?: ProjectionVolume | undefined;
  /** In µm. @default 100 */
  readonly resolution?: ResolutionUm | undefined;
  readonly out?: string | undefined;
  readonly info?: boolean | undefined;
  readonly dryRun?: boolean | undefined;
}

/** Downloads a grid. Returns the exit code. */
export async function run(context: Context, options: GridOptions): Promise<number> {
  const file = fileAsked(options);
  const api = await openApi(context, options);
  const url = asUsage(() => api.client.volumes.url(file));
  if (options.dryRun === true) {
    context.stdout.write(`${url}\n`);
    return EXIT.done;
  }
  const destination = await openDestination(context, options.out, extname(defaultName(file)));
  const { bytes, headers } = await waitFor(context, api, () => download(context, api, file));
  // A page that stands in for the service during maintenance comes with status 200 too.
  const volumes = await waitFor(context, api, () => readVolumes(file, bytes));
  const output = destination.kind === "stdout" ? context.stderr : context.stdout;
  let path = "";
  if (destination.kind === "stdout") {
    context.stdout.write(bytes);
  } else {
    path = fileOf(destination, defaultName(file));
    await writePicture(path, bytes, (target) => writeFileWhole(target, bytes));
  }
  if (options.info === true) output.write(describeVolumes(volumes));
  const source = headers.get("x-brainatlas-source");
  output.write(
    printFacts(`Grid of data set ${options.dataSetId}`, [
      ["volumes", [...volumes.keys()].join(", ")],
      ["size", printBytes(bytes.length)],
      ["source", source === null ? undefined : `mirror, ${source}`],
      ["url", url],
      ["credit", creditOf(api.kind, { headers })],
    ]),
  );
  if (path !== "") output.write(`${printable(path)}\n`);
  return EXIT.done;
}

type GridFile = Extract<VolumeFile, { kind: "expression-grid" | "projection-grid" }>;

function fileAsked({ dataSetId, include, projection, resolution }: GridOptions): GridFile {
  if (projection === undefined) {
    if (resolution !== undefined) throw new UsageError("Cannot use --resolution without --projection; give both");
    // The client checks the names.
    return { kind: "expression-grid", dataSetId, include: include as readonly ExpressionVolume[] | undefined };
  }
  if (include !== undefined) throw new UsageError("Cannot use --include with --projection; give one of them");
  return { kind: "projection-grid", dataSetId, image: projection, resolutionUm: resolution ?? 100 };
}

function defaultName(file: GridFile): string {
  if (file.kind === "expression-grid") return `${["grid", file.dataSetId, ...(file.include ?? [])].join("-")}.zip`;
  return `grid-${file.dataSetId}-${file.image}-${file.resolutionUm}.nrrd`;
}

async function download(
  { signal }: Context,
  { client }: Api,
  file: GridFile,
): Promise<{ readonly bytes: Uint8Array; readonly headers: Headers }> {
  const stream = await client.volumes.stream(file, { signal });
  const chunks: Uint8Array[] = [];
  for await (const chunk of stream.chunks()) chunks.push(chunk);
  return { bytes: Buffer.concat(chunks), headers: stream.headers };
}

async function readVolumes(file: GridFile, bytes: Uint8Array): Promise<ReadonlyMap<string, Volume>> {
  if (file.kind === "expression-grid") return (await readGridZip(bytes)).volumes;
  return new Map([[file.image ?? "", await readNrrd(bytes)]]);
}

function describeVolumes(volumes: ReadonlyMap<string, Volume>): string {
  return Array.from(volumes, ([name, volume]) => {
    const noData = /^(energy|density|intensity|injection)$/.test(name) ? NO_DATA : undefined;
    return printVolume(name, measure({ volume, isAnnotation: false, noData }));
  }).join("");
}
