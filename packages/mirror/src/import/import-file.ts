import type { Catalogue } from "../records/catalogue.ts";
import type { FolderStore } from "../store/folder-store.ts";
import { csvRows, looksLikeCsv } from "./csv-rows.ts";
import { importDrawing } from "./import-drawing.ts";
import { importExchange, isExchange } from "./import-exchange.ts";
import { importGraph, isGraph, isGraphXml, readGraph, readGraphXml } from "./import-graph.ts";
import { importPicture } from "./import-picture.ts";
import { importRows } from "./import-rows.ts";
import { jsonRows, parseJson } from "./json-rows.ts";
import { readSource, textOf } from "./read-source.ts";
import type { ImportOptions, ImportSource, ImportSummary } from "./source.ts";
import { xmlRows } from "./xml-rows.ts";

/** Bytes of a file in which its kind shows. */
const START_BYTES = 65_536;

/**
 * Puts a file into a store: a picture (JPEG, PNG or TIFF), a drawing (SVG), a recorded exchange, a structure graph, or rows of any
 * model (JSON, XML or CSV, as the service answers them). Which it is, its content says. Any of them may be packed with gzip.
 *
 * @throws {Error} If the content is damaged or does not fit what is held; nothing is put then.
 * @example (await importFile(store, "1.json")).models // → { StructureGraph: 1, Ontology: 1, Structure: 1327 }
 */
export async function importFile(
  store: FolderStore,
  path: string,
  options: ImportOptions = {},
): Promise<ImportSummary> {
  const source = await readSource(path);
  const start = source.bytes
    .subarray(0, START_BYTES)
    .toString("utf8")
    .replace(/^\uFEFF/, "")
    .trimStart();
  if (start.startsWith("<")) return await importMarkup(store, source, start, options);
  if (start.startsWith("{") || start.startsWith("[")) return await importJson(store, source, options);
  if (looksLikeCsv(start)) return await importRows(store, source, csvRows(source, textOf(source)), options);
  return await importPicture(store, source, options);
}

async function importMarkup(
  store: FolderStore,
  source: ImportSource,
  start: string,
  options: ImportOptions,
): Promise<ImportSummary> {
  if (/<svg[\s>]/.test(start)) return await importDrawing(store, source, options);
  const text = textOf(source);
  if (isGraphXml(start)) return await importGraph(store, source, readGraphXml(source, text), options);
  return await importRows(store, source, xmlRows(source, text, await catalogueOf(store)), options);
}

async function importJson(store: FolderStore, source: ImportSource, options: ImportOptions): Promise<ImportSummary> {
  const document = parseJson(source, textOf(source));
  if (isExchange(document)) return await importExchange(store, source, document);
  const rows = jsonRows(source, document);
  const isTold = options.model !== undefined || options.query !== undefined;
  if (!isTold && isGraph(rows)) return await importGraph(store, source, readGraph(source, document), options);
  return await importRows(store, source, rows, options);
}

async function catalogueOf(store: FolderStore): Promise<Catalogue> {
  return await (await store.records()).catalogue();
}
