import { createHash } from "node:crypto";
import { readdir, readFile, stat } from "node:fs/promises";
import { extname, join, relative, sep } from "node:path";
import { etagOf } from "../routes/conditional.ts";

/** A file of a page. */
export interface StaticFile {
  readonly body: Uint8Array<ArrayBuffer>;
  readonly mediaType: string;
  readonly etag: string;
  /** Whether its name says its content, so that it never changes. */
  readonly isFixed: boolean;
}

const MEDIA_TYPES: Readonly<Record<string, string>> = {
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".ico": "image/x-icon",
  ".jpg": "image/jpeg",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".map": "application/json; charset=utf-8",
  ".png": "image/png",
  ".svg": "image/svg+xml; charset=utf-8",
  ".txt": "text/plain; charset=utf-8",
  ".wasm": "application/wasm",
  ".webmanifest": "application/manifest+json; charset=utf-8",
  ".webp": "image/webp",
  ".woff2": "font/woff2",
};
const UNKNOWN_TYPE = "application/octet-stream";

/** More than any page has: a folder beyond it was not meant. */
const MAX_FILES = 1000;
const MAX_BYTES = 64 * 1024 * 1024;

/** Names that are the same in a URL, and in which nothing leads elsewhere or is hidden. */
const PLAIN_NAME = /^[\w-][\w.-]*(?:\/[\w-][\w.-]*)*$/;
/** A name with a hash before its extension, as bundlers give it. */
const FIXED_NAME = /^assets\/.*-[\w-]{8,}\.\w+$/;

/**
 * Reads a page: all files of a folder by their paths in it, such as `assets/index-Ck4RP02B.css`. What is hidden or linked, or has a name
 * that needs escapes in a URL, is left out.
 *
 * @throws {RangeError} If there are more than 1,000 files, or 64 MiB.
 * @throws {Error} If the folder has no `index.html`, or cannot be read.
 */
export async function readStaticFiles(folder: string): Promise<ReadonlyMap<string, StaticFile>> {
  const names = await listNames(folder);
  if (!names.includes("index.html")) throw new Error(`Cannot serve ${JSON.stringify(folder)}: it has no index.html`);
  let sizeBytes = 0;
  for (const name of names) sizeBytes += (await stat(join(folder, name))).size;
  if (names.length > MAX_FILES || sizeBytes > MAX_BYTES) {
    throw new RangeError(`Cannot serve ${JSON.stringify(folder)}: it holds more than a page does; give the page's own`);
  }
  const files = new Map<string, StaticFile>();
  for (const name of names) files.set(name, describe(name, new Uint8Array(await readFile(join(folder, name)))));
  return files;
}

async function listNames(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).replaceAll(sep, "/"))
    .filter((name) => PLAIN_NAME.test(name));
}

function describe(name: string, body: Uint8Array<ArrayBuffer>): StaticFile {
  const mediaType = MEDIA_TYPES[extname(name).toLowerCase()] ?? UNKNOWN_TYPE;
  const etag = etagOf(name, createHash("sha256").update(body).digest("base64url"));
  return { body, mediaType, etag, isFixed: FIXED_NAME.test(name) };
}
