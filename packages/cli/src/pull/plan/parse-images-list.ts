import { IMAGE_SERVICES, type ImageService, parseImageParameters } from "@brainatlas/sdk/image";
import { UsageError } from "../../errors.ts";
import type { PictureView } from "../plan.ts";

/** An image of a list. */
export interface ListedImage {
  /** Line that names it, as editors count, from 1. */
  readonly line: number;
  readonly id: number;
  /** @default that of the image's class */
  readonly service: ImageService | undefined;
  readonly view: PictureView;
  /** Whose drawn plate is meant. @default the first that an image has */
  readonly atlas: number | undefined;
  /** Whether the line asks for a part of the picture, a tier or a quality: in a pull it is all of it. */
  readonly isPartial: boolean;
}

type ListedValues = Omit<ListedImage, "line">;

/** Most images of one list. */
const MAX_IMAGES = 50_000;
const MAX_LINE_CHARACTERS = 4000;
/** Lines that an error names. */
const NAMED = 5;

const SERVICES: ReadonlyMap<string, ImageService> = new Map(
  (Object.keys(IMAGE_SERVICES) as ImageService[]).flatMap((name) => {
    const { path, model } = IMAGE_SERVICES[name];
    const ownModel: [string, ImageService][] = name === "projection" ? [] : [[model.toLowerCase(), name]];
    return [[name, name], [path, name], ...ownModel] as [string, ImageService][];
  }),
);
const VIEWS: readonly PictureView[] = ["primary", "annotation", "expression", "projection"];

/**
 * Reads a list of images: one a line, by its id or its URL, or a table in csv or tsv with a column `id`, and `service` (or `type`) and `view`
 * if need be. Empty lines and those that begin with # are passed over.
 *
 * @throws {UsageError} If a line is none of these; the message names the line.
 * @example parseImagesList("# plates\n100960224\n")[0]?.id // → 100960224
 */
export function parseImagesList(text: string): readonly ListedImage[] {
  const [first, ...others] = linesOf(text);
  const columns = first && readHeading(first.text);
  const lines = first === undefined || columns !== undefined ? others : [first, ...others];
  const images: ListedImage[] = [];
  const faults: string[] = [];
  for (const { line, text: words } of lines) {
    const image = words.length > MAX_LINE_CHARACTERS ? "it is too long" : readLine(words, columns);
    if (typeof image !== "string") images.push({ line, ...image });
    else faults.push(`line ${line} (${JSON.stringify(words.slice(0, 60))}): ${image}`);
    if (images.length > MAX_IMAGES)
      throw new UsageError(`Cannot use a list of more than ${MAX_IMAGES} images; give several lists`);
  }
  if (faults.length > 0) throw faultyList(faults);
  if (images.length === 0) throw new UsageError("Cannot use the list of images: it names none");
  return images;
}

/** The lines that say something, as editors count them. */
function linesOf(text: string): { readonly line: number; readonly text: string }[] {
  const lines = text.replace(/^\uFEFF/, "").split(/\r\n|\n|\r/);
  return lines
    .map((raw, index) => ({ line: index + 1, text: raw.trim() }))
    .filter((each) => each.text !== "" && !each.text.startsWith("#"));
}

function faultyList(faults: readonly string[]): UsageError {
  const more = faults.length > NAMED ? `; and ${faults.length - NAMED} others` : "";
  return new UsageError(`Cannot use the list of images: ${faults.slice(0, NAMED).join("; ")}${more}`, {
    hint: "a line is the id of an image or its URL; or the file is a table with a column id",
  });
}

function readHeading(line: string): readonly string[] | undefined {
  const cells = splitCells(line).map((cell) => cell.toLowerCase());
  return cells.includes("id") ? cells : undefined;
}

function readLine(line: string, columns: readonly string[] | undefined): ListedValues | string {
  if (columns === undefined) return readImage(line);
  const cells = splitCells(line);
  if (cells.length > columns.length) return `it has ${cells.length} columns, and the heading ${columns.length}`;
  const cell = (name: string): string => cells[columns.indexOf(name)] ?? "";
  const image = readImage(cell("id"));
  if (typeof image === "string") return image;
  const serviceName = cell("service") || cell("type");
  const service = serviceName === "" ? image.service : SERVICES.get(serviceName.toLowerCase());
  if (serviceName !== "" && service === undefined) {
    return `${JSON.stringify(serviceName)} is no service; give one of ${Object.keys(IMAGE_SERVICES).join(", ")}`;
  }
  const viewName = cell("view") || image.view;
  const view = VIEWS.find((each) => each === viewName);
  if (view === undefined) return `${JSON.stringify(viewName)} is no view; give one of ${VIEWS.join(", ")}`;
  const partial = ["downsample", "quality", "left", "top", "width", "height"].some((name) => cell(name) !== "");
  return { ...image, service, view, isPartial: image.isPartial || partial };
}

/** An image by its id or its URL. */
function readImage(text: string): ListedValues | string {
  if (/^\d{1,15}$/.test(text) && Number(text) > 0) {
    return { id: Number(text), service: undefined, view: "primary", atlas: undefined, isPartial: false };
  }
  const url = readUrl(text);
  if (url === undefined) return "it is neither an id nor a URL";
  const [, path = "", id = ""] = /\/api\/v2\/(\w+_download)\/(\d{1,15})(?:\.\w+)?$/.exec(url.pathname) ?? [];
  const service = SERVICES.get(path);
  if (service === undefined || Number(id) < 1) return "it is the URL of no image";
  return readParameters(Number(id), service, url.searchParams);
}

function readUrl(text: string): URL | undefined {
  if (!/^(https?:\/\/|\/)/i.test(text) || !URL.canParse(text, "http://localhost")) return undefined;
  return new URL(text, "http://localhost");
}

function readParameters(id: number, service: ImageService, query: URLSearchParams): ListedValues | string {
  try {
    const { annotation, atlas, view, expression, projection, ...others } = parseImageParameters(
      query,
      IMAGE_SERVICES[service].parameters,
    );
    const { tumorFeatureAnnotation, tumorFeatureBoundary, ...cut } = others;
    if (tumorFeatureAnnotation === true || tumorFeatureBoundary === true || view?.startsWith("tumor") === true) {
      return "overlays of tumors cannot be pulled";
    }
    const masked = view ?? (expression === true ? "expression" : projection === true ? "projection" : "primary");
    const shown = annotation === true ? "annotation" : (masked as PictureView); // Those of tumors are refused above.
    return { id, service, view: shown, atlas, isPartial: Object.keys(cut).length > 0 };
  } catch (error) {
    if (error instanceof RangeError) return error.message;
    throw error;
  }
}

/** Cells of a line of csv, or of tsv; one between quotes may hold a comma. */
function splitCells(line: string): string[] {
  if (line.includes("\t")) return line.split("\t").map((cell) => cell.trim());
  return Array.from(line.matchAll(/(?:^|,)\s*(?:"((?:[^"]|"")*)"\s*|([^,]*))(?=,|$)/g), ([, quoted, plain = ""]) =>
    quoted === undefined ? plain.trim() : quoted.replaceAll('""', '"').trim(),
  );
}
