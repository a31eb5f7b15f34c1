import { DEFAULT_BASE_URL } from "@brainatlas/sdk";
import {
  type AnyImageParameters,
  type ColormapThreshold,
  IMAGE_PARAMETER_NAMES,
  type ImageParameterName,
  printImageUrl,
} from "@brainatlas/sdk/image";
import type { ImageRequest } from "./image-request.ts";

/** Methods of the client by service. */
const METHODS = {
  atlas: "atlasImage",
  section: "sectionImage",
  projection: "projectionImage",
  any: "subImage",
} as const;

/** The URL by which any program gets a picture. */
export function printUrl(baseUrl: string, { service, id, parameters }: ImageRequest): string {
  return printImageUrl(baseUrl, service, id, parameters);
}

/**
 * The command of the `brainatlas` program that downloads a picture, for a POSIX shell.
 *
 * @example printImageCommand(DEFAULT_BASE_URL, { service: "atlas", id: 7, parameters: { downsample: 4 } }) // → "brainatlas image 7 --downsample 4"
 */
export function printImageCommand(baseUrl: string, { service, id, parameters }: ImageRequest): string {
  return printWords([
    ...["brainatlas", "image", String(id)],
    ...(service === "atlas" ? [] : ["--service", service]),
    ...IMAGE_PARAMETER_NAMES.flatMap((name) => printOption(name, parameters)),
    ...printApi(baseUrl),
  ]);
}

/** What is printed of a drawing. */
export interface DrawingRequest {
  readonly imageId: number;
  /** With what lies in them; none for all. */
  readonly structureIds: readonly number[];
  /** GraphicGroupLabel ids; `undefined` for all. */
  readonly groups: readonly number[] | undefined;
  readonly graphId: number | undefined;
}

/** The command of the `brainatlas` program that downloads a drawing, or structures of it, for a POSIX shell. */
export function printDrawingCommand(
  baseUrl: string,
  { imageId, structureIds, groups, graphId }: DrawingRequest,
): string {
  return printWords([
    ...["brainatlas", "svg", String(imageId)],
    ...(structureIds.length === 0 ? [] : ["--structures", structureIds.join(",")]),
    ...(structureIds.length === 0 || graphId === undefined ? [] : ["--graph", String(graphId)]),
    ...(groups === undefined ? [] : ["--groups", groups.join(",")]),
    ...printApi(baseUrl),
  ]);
}

/** Lines of TypeScript by which the SDK downloads a picture to a file. */
export function printSdkLines(baseUrl: string, { service, id, parameters }: ImageRequest, file: string): string {
  const options = baseUrl === DEFAULT_BASE_URL ? "" : `{ baseUrl: ${JSON.stringify(baseUrl)} }`;
  const pairs = IMAGE_PARAMETER_NAMES.filter((name) => parameters[name] !== undefined).map(
    (name) => `${name}: ${printLiteral(parameters[name])}`,
  );
  const given = pairs.length === 0 ? "" : `, { ${pairs.join(", ")} }`;
  return [
    'import { BrainAtlas } from "@brainatlas/sdk";',
    "",
    `const atlas = new BrainAtlas(${options});`,
    `const image = atlas.${METHODS[service]}(${id}${given});`,
    `await image.save(${JSON.stringify(file)});`,
  ].join("\n");
}

/** A word as a POSIX shell reads it back, quoted only where it has to be. */
export function quoteWord(word: string): string {
  return /^[A-Za-z0-9_./:,=@%+-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

function printWords(words: readonly string[]): string {
  return words.map(quoteWord).join(" ");
}

function printApi(baseUrl: string): string[] {
  return baseUrl === DEFAULT_BASE_URL ? [] : ["--api", baseUrl];
}

function printOption(name: ImageParameterName, parameters: AnyImageParameters): string[] {
  const value = parameters[name];
  if (value === undefined) return [];
  const flag = name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  if (typeof value === "boolean") return [value ? `--${flag}` : `--no-${flag}`];
  return [`--${flag}`, printValue(value)];
}

function printValue(value: NonNullable<AnyImageParameters[ImageParameterName]>): string {
  if (Array.isArray(value)) return value.join(",");
  if (typeof value !== "object") return String(value);
  const { map, lowerThreshold } = value as ColormapThreshold; // The only object among the parameters but for lists.
  return lowerThreshold === undefined ? String(map) : `${map}:${lowerThreshold}`;
}

function printLiteral(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(printLiteral).join(", ")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const pairs = Object.entries(value).filter(([, each]) => each !== undefined);
  return `{ ${pairs.map(([name, each]) => `${name}: ${printLiteral(each)}`).join(", ")} }`;
}
