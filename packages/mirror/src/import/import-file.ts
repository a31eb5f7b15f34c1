import type { Catalogue } from "../records/catalogue.ts";
import type { FolderStore } from "../store/folder-store.ts";
import { importExport, isExport } from "../transfer/import-export.ts";
import { admitContent } from "./admit.ts";
import { csvRows, looksLikeCsv } from "./csv-rows.ts";
import { importAsset } from "./import-asset.ts";
import { importDrawing } from "./import-drawing.ts";
import { importExchange, isExchange } from "./import-exchange.ts";
import { importGraph, isGraph, isGraphXml, readGraph, readGraphXml } from "./import-graph.ts";
import { importPicture } from "./import-picture.ts";
import { importRows } from "./import-rows.ts";
import { jsonLineRows, jsonRows, looksLikeJsonLines, parseJson } from "./json-rows.ts";
import { isText, readSource, type StartedFile, startFile, textOf, unpackTo } from "./read-source.ts";
import { type ImportOptions, type ImportSource, type ImportSummary, importError } from "./source.ts";
import { looksLikeTsv, tsvRows } from "./tsv-rows.ts";
import { xmlRows } from "./xml-rows.ts";

/**
 * Puts a file into a store: a picture (JPEG, PNG or TIFF), which is stored as a pyramid of tiles, a drawing (SVG), a recorded exchange, a
 * structure graph, or rows of any model (JSON, XML or CSV, as the service answers them, TSV, or a JSON object a line). Which it is, its content
 * says. Any of them may be packed with gzip.
 *
 * So it does files that are given out as they are: volumes (NRRD), zips of grids, meshes (OBJ), neurons (SWC), and files of any kind of which
 * the options say what they are.
 *
 * So is a whole store that `exportStore()` wrote; `importExport()` tells how far that is, and can be ended.
 *
 * @throws {Error} If the content is damaged or does not fit what is held, or is made up and the store's is not, or the other way round; nothing
 *   is put then.
 * @example (await importFile(store, "1.json")).models // → { StructureGraph: 1, Ontology: 1, Structure: 1327 }
 */
export async function importFile(
  store: FolderStore,
  path: string,
  options: ImportOptions = {},
): Promise<ImportSummary> {
  if (await isExport(path)) return await importExport(store, path);
  await admitContent(store, { path }, options.synthetic === true);
  const asset = await importAsset(store, path, options);
  if (asset !== undefined) return asset;
  const file = await startFile(path);
  if (!isText(file.start)) return await importPictureFile(store, file, options);
  const source = await readSource(file);
  // Blanks are left before a line of names: a tab there is a name that is missing.
  const start = file.start
    .toString("utf8")
    .replace(/^\uFEFF/, "")
    .replace(/^\s*[\r\n]/, "");
  return await importText(store, source, start, options);
}

async function importPictureFile(
  store: FolderStore,
  file: StartedFile,
  options: ImportOptions,
): Promise<ImportSummary> {
  const { name, path, lastModified } = file;
  const picture = { name, path, lastModified, contentPath: path };
  if (!file.isPacked) return await importPicture(store, picture, options);
  return await store.entries.aside(async (contentPath) => {
    await unpackTo(file, contentPath);
    return await importPicture(store, { ...picture, contentPath }, options);
  });
}

async function importText(
  store: FolderStore,
  source: ImportSource,
  start: string,
  options: ImportOptions,
): Promise<ImportSummary> {
  const content = start.trimStart();
  if (content.startsWith("<")) return await importMarkup(store, source, content, options);
  if (content.startsWith("{") || content.startsWith("[")) return await importJson(store, source, options);
  const text = textOf(source);
  if (looksLikeTsv(start)) return await importRows(store, source, tsvRows(source, text), options);
  if (looksLikeCsv(content)) return await importRows(store, source, csvRows(source, text), options);
  if (text.trimStart() === "") throw importError(source, "it is empty; give a file that holds something");
  throw importError(
    source,
    "it is text of no known kind; give JSON, a JSON object a line, XML, or CSV or TSV under a line of names",
  );
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
  const text = textOf(source);
  if (looksLikeJsonLines(text)) return await importRows(store, source, jsonLineRows(source, text), options);
  const document = parseJson(source, text);
  if (isExchange(document)) return await importExchange(store, source, document);
  const rows = jsonRows(source, document);
  const isTold = options.model !== undefined || options.query !== undefined;
  if (!isTold && isGraph(rows)) return await importGraph(store, source, readGraph(source, document), options);
  return await importRows(store, source, rows, options);
}

async function catalogueOf(store: FolderStore): Promise<Catalogue> {
  return await (await store.records()).catalogue();
}
