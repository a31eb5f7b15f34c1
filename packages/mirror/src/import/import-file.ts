import { readFile, stat } from "node:fs/promises";
import { basename } from "node:path";
import type { StoreEntry } from "../store/entries.ts";
import type { FolderStore } from "../store/folder-store.ts";
import { importDrawing } from "./import-drawing.ts";
import { importExchange, isExchange } from "./import-exchange.ts";
import { importPicture } from "./import-picture.ts";
import { importRecords } from "./import-records.ts";
import type { ImportOptions, ImportSource } from "./source.ts";

/** Largest file that is taken. */
const MAX_FILE_BYTES = 2 * 1024 ** 3;

/**
 * Puts a file into a store: a picture (JPEG, PNG or TIFF), a drawing (SVG), a recorded exchange, or records (JSON). Which it
 * is, its content says.
 *
 * @returns What was put.
 * @throws {Error} If the content is damaged or does not fit what is held; nothing is put then.
 */
export async function importFile(store: FolderStore, path: string, options: ImportOptions = {}): Promise<StoreEntry[]> {
  const source = await readSource(path);
  const start = source.bytes.subarray(0, 4096).toString("utf8").trimStart();
  if (start.startsWith("<")) return await importDrawing(store, source, options);
  if (!start.startsWith("{") && !start.startsWith("[")) return await importPicture(store, source, options);
  const document = parseJson(source);
  if (isExchange(document)) return await importExchange(store, source, document);
  return await importRecords(store, source, document, options);
}

async function readSource(path: string): Promise<ImportSource> {
  const facts = await stat(path).catch((cause: unknown) => {
    throw new Error(`Cannot import "${path}": there is no such file; check the path`, { cause });
  });
  if (!facts.isFile()) throw new Error(`Cannot import "${path}": it is no file; name the files in it`);
  if (facts.size > MAX_FILE_BYTES) {
    throw new Error(`Cannot import "${path}": it has ${facts.size} bytes; give one of at most ${MAX_FILE_BYTES}`);
  }
  return { name: basename(path), path, bytes: await readFile(path), lastModified: facts.mtime.toISOString() };
}

function parseJson(source: ImportSource): unknown {
  try {
    return JSON.parse(source.bytes.toString("utf8"));
  } catch (cause) {
    throw new Error(`Cannot import "${source.path}": it is neither a picture, a drawing nor JSON; give one of these`, {
      cause,
    });
  }
}
