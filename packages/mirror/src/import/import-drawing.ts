import type { ImageBox } from "@brainatlas/sdk/image";
import { checkDrawing } from "../pixels/rasterise-drawing.ts";
import { readSvgRoot, type SvgRoot } from "../pixels/svg-root.ts";
import type { StoreEntry } from "../store/entries.ts";
import type { FolderStore } from "../store/folder-store.ts";
import { putImageRecords } from "../store/image-records.ts";
import { DEFAULT_IMAGE_TYPE, inventRow, withAnnotatedPath } from "./rows.ts";
import {
  type ImportOptions,
  type ImportSource,
  type ImportSummary,
  imageIdOf,
  imageModelOf,
  importError,
} from "./source.ts";

/** Puts a drawing. Its coloured plate is drawn from it from then on, unless a picture of that plate is held. */
export async function importDrawing(
  store: FolderStore,
  source: ImportSource,
  options: ImportOptions,
): Promise<ImportSummary> {
  const model = imageModelOf(options);
  const svg = new TextDecoder("utf-8", { ignoreBOM: true }).decode(source.bytes);
  const facts = readDrawingFacts(svg, source);
  const id = imageIdOf(source, options, facts.imageId);
  const held = await store.record(id);
  const size = { width: Math.round(facts.width / facts.scale), height: Math.round(facts.height / facts.scale) };
  const row = held?.row ?? inventRow({ id, ...size, resolution: options.resolution, annotated: true });
  const annotated = withAnnotatedPath(row, options.imageType ?? facts.imageType ?? DEFAULT_IMAGE_TYPE);
  await checkRenders(svg, row, source);

  const { lastModified, name } = source;
  const put: StoreEntry[] = [
    await store.entries.put(
      { kind: "drawing", name: String(id), mediaType: "image/svg+xml", lastModified, source: name },
      svg,
    ),
  ];
  if ((await store.entries.get("picture", annotated.path)) === undefined) {
    const details = { drawingOf: id };
    const link = {
      kind: "picture",
      name: annotated.path,
      mediaType: "image/jpeg",
      lastModified,
      source: name,
      details,
    } as const;
    put.push(await store.entries.put(link, ""));
  }
  const image = { model: model ?? held?.model ?? "AtlasImage", row: annotated.row };
  return { entries: put, ...putImageRecords(await store.records(), [image]) };
}

interface DrawingFacts {
  readonly width: number;
  readonly height: number;
  /** Units of the document a full-resolution pixel: 1/2^downsample. */
  readonly scale: number;
  readonly imageId: number | undefined;
  readonly imageType: string | undefined;
}

/** What a drawing says of itself (reference §2.1): attributes come in any order. */
function readDrawingFacts(svg: string, source: ImportSource): DrawingFacts {
  const { width, height, content } = readRoot(svg, source);
  const [outer = ""] = /<g\b[^>]*>/.exec(content) ?? [];
  const scale = Number(/transform="\s*scale\(([\d.]+)/.exec(outer)?.[1] ?? 1);
  const imageId = /\ssub_image_id="(\d+)"/.exec(content)?.[1];
  const imageType = /\sgraphic_group_label="([^"]*?)(?: Fiber Tracts)?"/.exec(content)?.[1];
  return {
    width,
    height,
    scale: scale > 0 ? scale : 1,
    imageId: imageId === undefined ? undefined : Number(imageId),
    imageType,
  };
}

function readRoot(svg: string, source: ImportSource): SvgRoot {
  try {
    return readSvgRoot(svg);
  } catch (cause) {
    throw faultOf(source, cause);
  }
}

/** What no renderer reads is not put. */
async function checkRenders(svg: string, box: ImageBox, source: ImportSource): Promise<void> {
  try {
    await checkDrawing(svg, box);
  } catch (cause) {
    throw faultOf(source, cause);
  }
}

function faultOf(source: ImportSource, cause: unknown): Error {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return importError(source, `it cannot be drawn (${reason}); give a whole drawing`, cause);
}
