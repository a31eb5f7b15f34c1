import type { AtlasResponse, RemoteImage } from "@brainatlas/sdk";
import {
  type AnyImageParameters,
  IMAGE_PARAMETER_NAMES,
  IMAGE_SERVICES,
  type ImageParameterName,
  type ImageService,
} from "@brainatlas/sdk/image";
import { type Api, creditOf, openApi, waitFor } from "../api.ts";
import type { Context } from "../context.ts";
import { type Destination, displayPath, fileOf, openDestination, writePicture } from "../destination.ts";
import { asUsage, UsageError } from "../errors.ts";
import { EXIT } from "../exit.ts";
import { defaultFileName } from "../file-name.ts";
import { type PictureSize, readJpegSize } from "../output/jpeg-size.ts";
import { note, printable } from "../output/notes.ts";
import { printBytes, printPixels } from "../output/quantities.ts";
import { showPicture } from "../output/show-picture.ts";
import { printFacts } from "../output/table.ts";
import { type ImageOptions, noteDifferences, printJson, requestToJson } from "./image-request.ts";

const SERVICES = Object.keys(IMAGE_SERVICES) as readonly ImageService[]; // The table's keys, by its type.

/** Header fields that `--json` repeats. */
const HEADERS = [
  "content-type",
  "content-length",
  "content-disposition",
  "last-modified",
  "etag",
  "date",
  "x-brainatlas-source",
];

/** Downloads a picture. Returns the exit code. */
export async function run(context: Context, options: ImageOptions): Promise<number> {
  const api = await openApi(context, options);
  const image = createImage(api, options);
  if (options.dryRun === true) {
    context.stdout.write(options.json === true ? printJson(requestToJson(image)) : `${image.url}\n`);
    return EXIT.done;
  }
  const destination = await openDestination(context, options.out);
  checkOutput(destination, options);
  if (options.inRegions !== undefined) {
    const { saveInRegions } = await import("./image-in-regions.ts");
    const file = await saveInRegions(context, api, image, destination, options);
    if (options.open === true) await openFile(context, file);
    return EXIT.done;
  }
  const response = await waitFor(context, api, () => image.download({ signal: context.signal }));
  const delivered = new URL(response.url).searchParams.get("downsample");
  noteDifferences(context, image, { headers: response.headers, downsample: delivered });
  const file = await write(context, destination, image, response);
  const result: Result = {
    image,
    response,
    file,
    size: readJpegSize(response.bytes()),
    credit: creditOf(api.kind, response),
  };
  if (options.json === true) {
    context.stdout.write(printJson(resultToJson(result)));
  } else {
    if (destination.kind !== "stdout") await showPicture(context, response, options.show ?? "auto");
    // Bytes on stdout leave only stderr for the words.
    const output = destination.kind === "stdout" ? context.stderr : context.stdout;
    output.write(printResult(result));
  }
  if (options.open === true && file !== undefined) await openFile(context, file);
  return EXIT.done;
}

function createImage({ client }: Api, options: ImageOptions): RemoteImage {
  const { id, service = "atlas" } = options;
  const given = IMAGE_PARAMETER_NAMES.filter((name) => options[name] !== undefined);
  const foreign = given.find((name) => !IMAGE_SERVICES[service].parameters.includes(name));
  if (foreign !== undefined) throw foreignParameter(foreign, service);
  const parameters: AnyImageParameters = Object.fromEntries(given.map((name) => [name, options[name]]));
  // The service is known at run time only; the client checks the parameters against it.
  return asUsage(() => client.image(service as "any", id, parameters)) as RemoteImage;
}

/** The SDK would refuse it too; here it is called by its flag, with the services that do take it. */
function foreignParameter(name: ImageParameterName, service: ImageService): UsageError {
  const takers = SERVICES.filter((other) => IMAGE_SERVICES[other].parameters.includes(name));
  const flag = `--${name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
  return new UsageError(`Cannot use ${flag} with --service ${service}; give --service ${takers.join(" or ")}`);
}

function checkOutput(destination: Destination, { json, open }: ImageOptions): void {
  if (destination.kind !== "stdout") return;
  if (json === true) throw new UsageError("Cannot print bytes and JSON on the same standard output; give --out a file");
  if (open === true) throw new UsageError("Cannot open what goes to standard output; give --out a file");
}

async function write(
  context: Context,
  destination: Destination,
  image: RemoteImage,
  response: AtlasResponse,
): Promise<string | undefined> {
  if (destination.kind === "stdout") {
    context.stdout.write(response.bytes());
    return undefined;
  }
  const path = fileOf(destination, defaultFileName(image, response.mediaType));
  await writePicture(path, response.bytes(), (target) => response.save(target));
  return path;
}

async function openFile(context: Context, path: string): Promise<void> {
  try {
    await context.load.open(path);
  } catch (error) {
    note(
      context,
      `"${displayPath(context, path)}" is not opened: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}

/** What a download came to. */
interface Result {
  readonly image: RemoteImage;
  readonly response: AtlasResponse;
  /** Absolute path; `undefined` for standard output. */
  readonly file: string | undefined;
  readonly size: PictureSize | undefined;
  readonly credit: string;
}

/** Facts about the picture, and last the path of its file, for those who take the last line. */
function printResult({ image, response, file, size, credit }: Result): string {
  const pixels = size === undefined ? "" : `${printPixels(size)}, `;
  const source = response.headers.get("x-brainatlas-source");
  const statuses = [...response.history.map((hop) => hop.status), response.status];
  const facts = printFacts(`${image[Symbol.toStringTag]} ${image.id}`, [
    ["size", `${pixels}${printBytes(response.bytes().length)}`],
    ["status", statuses.join(" → ")],
    ["source", source === null ? undefined : `mirror, ${source}`],
    ["url", response.url],
    ["credit", credit],
  ]);
  return file === undefined ? facts : `${facts}${printable(file)}\n`;
}

function resultToJson({ image, response, file, size, credit }: Result): Record<string, unknown> {
  const headers = HEADERS.map((name) => [name, response.headers.get(name)]).filter(([, value]) => value !== null);
  return {
    ...requestToJson(image),
    finalUrl: response.url,
    history: response.history.map((hop) => ({ status: hop.status, url: hop.url })),
    status: response.status,
    attempts: response.attempts,
    headers: Object.fromEntries(headers),
    file: file ?? null,
    sizeBytes: response.bytes().length,
    width: size?.width ?? null,
    height: size?.height ?? null,
    source: response.headers.get("x-brainatlas-source"),
    credit,
  };
}
