import {
  type AnyImageParameters,
  IMAGE_PARAMETER_NAMES,
  type ImageParameterName,
  type ImageService,
} from "@brainatlas/sdk/image";

/** What names an image's file. */
export interface NamedImage {
  readonly service: ImageService;
  readonly id: number;
  readonly parameters: AnyImageParameters;
}

/** How a parameter is called in a file name; the ones that are not here go by their own name. */
const SHORT: Partial<Record<ImageParameterName, string>> = { downsample: "ds", quality: "q", view: "" };

const EXTENSIONS: Readonly<Record<string, string>> = {
  "image/jpeg": "jpg",
  "image/png": "png",
  "image/tiff": "tif",
  "image/webp": "webp",
  "image/gif": "gif",
};

/**
 * Name of an image's file: its service, its id and every parameter that was given, in the order of the URL. Different
 * requests have different names, and the same one has the same again.
 *
 * @example defaultFileName({ service: "atlas", id: 7, parameters: { downsample: 4, annotation: true } }, "image/jpeg")
 * // → "atlas-image-7-ds4-annotation.jpg"
 */
export function defaultFileName({ service, id, parameters }: NamedImage, mediaType: string): string {
  const given = IMAGE_PARAMETER_NAMES.filter((name) => parameters[name] !== undefined);
  const words = given.map((name) => printWord(name, parameters[name]));
  const start = service === "any" ? "image" : `${service}-image`;
  return `${[start, id, ...words].join("-")}.${EXTENSIONS[mediaType] ?? "bin"}`;
}

function printWord(name: ImageParameterName, value: unknown): string {
  const word = SHORT[name] ?? kebab(name);
  if (typeof value === "boolean") return value ? word : `no-${word}`;
  if (name === "view") return `view-${kebab(String(value))}`;
  return `${word}${printValue(value)}`;
}

function printValue(value: unknown): string {
  if (Array.isArray(value)) return value.join("_");
  if (typeof value === "object" && value !== null) return Object.values(value).map(printValue).join("_");
  return typeof value === "string" ? `-${kebab(value)}` : String(value);
}

/** Lower case with hyphens, of what is written with capitals or underscores. */
function kebab(text: string): string {
  return text.replaceAll("_", "-").replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
