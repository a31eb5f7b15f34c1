import { readFile } from "node:fs/promises";
import {
  EXPRESSION_VOLUMES,
  type ExpressionVolume,
  type GridZip,
  parseMetaImageHeader,
  readGridZip,
  readZip,
  type ZipEntry,
} from "@brainatlas/sdk/volume";
import { expressionGridName } from "../store/asset.ts";
import type { StoreEntry } from "../store/entries.ts";
import type { FolderStore } from "../store/folder-store.ts";
import { writeZip, type ZipFile } from "../zip/write-zip.ts";
import { MAX_CHECKED_BYTES } from "./check-text-asset.ts";
import { type AssetSource, assetIdOf, type ImportOptions, importError } from "./source.ts";

/** Most that the volumes of a zip may unpack to: some hundred times what an expression grid has. */
const MAX_UNPACKED_BYTES = 256 * 1024 * 1024;
const WAY_OUT = "give the path that it is served at (--path), or the id of the well-known file that it is (--file)";

/** Whether a file begins as a zip does. */
export function isZip({ head }: AssetSource): boolean {
  return Buffer.from(head.subarray(0, 4)).toString("latin1") === "PK\x03\x04";
}

/**
 * Puts the zip of an expression grid: as it is, and each of its volumes in a zip of its own, which answers for it alone and with others.
 */
export async function importGridZip(
  store: FolderStore,
  source: AssetSource,
  options: ImportOptions,
): Promise<StoreEntry[]> {
  if (source.sizeBytes > MAX_CHECKED_BYTES)
    throw importError(source, `it is too large for the zip of a grid; ${WAY_OUT}`);
  const bytes = await readFile(source.path);
  const { volumes, dataSetXml } = await readGrid(source, bytes);
  const held = EXPRESSION_VOLUMES.filter((volume) => volumes.has(volume));
  if (held.length === 0)
    throw importError(
      source,
      `it is no zip of an expression grid: it has none of ${EXPRESSION_VOLUMES.join(", ")}; ${WAY_OUT}`,
    );
  const dataSetId = dataSetIdOf(source, dataSetXml, options);
  // With the record of its data set it is the zip that is given when no volume is named (reference §6.1).
  const given = dataSetXml === undefined ? held : [];
  const made = given.length === 1 ? [] : await makeZips(source, bytes, held);
  const put = async (
    include: readonly ExpressionVolume[],
    body: Uint8Array,
    more: StoreEntry["details"] = {},
  ): Promise<StoreEntry> => {
    const name = expressionGridName({ dataSetId, include });
    const { lastModified, name: from } = source;
    const details = { fileName: name, ...more };
    return await store.entries.put(
      { kind: "grid", name, mediaType: "application/zip", lastModified, source: from, details },
      body,
    );
  };
  const whole = await put(given, bytes);
  const entries = [whole];
  for (const [volume, body] of made)
    entries.push(await put([volume], body, { isComputed: true, takenOf: whole.sha256 }));
  return entries;
}

async function readGrid(source: AssetSource, bytes: Uint8Array): Promise<GridZip> {
  try {
    return await readGridZip(bytes, { maxBytes: MAX_UNPACKED_BYTES });
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw importError(source, `${reason}; give a whole zip of a grid, or ${WAY_OUT}`, cause);
  }
}

/** A zip for each volume, read again before any of them is put. */
async function makeZips(
  source: AssetSource,
  bytes: Buffer,
  volumes: readonly ExpressionVolume[],
): Promise<(readonly [ExpressionVolume, Uint8Array])[]> {
  const entries = readZip(bytes, { maxBytes: MAX_UNPACKED_BYTES });
  const made: (readonly [ExpressionVolume, Uint8Array])[] = [];
  for (const volume of volumes) {
    const zip = await writeZip(await filesOf(entries, volume), new Date(source.lastModified));
    await readGrid(source, zip);
    made.push([volume, zip]);
  }
  return made;
}

/** The files of one volume, in the root, under the names and in the order that the service has. */
async function filesOf(entries: readonly ZipEntry[], volume: ExpressionVolume): Promise<ZipFile[]> {
  const found = entries.find(({ name }) => `/${name}`.endsWith(`/${volume}.mhd`));
  if (found === undefined) return []; // The grid was read: there is one.
  const header = await found.read();
  const { dataFile } = parseMetaImageHeader(header);
  const mhd = `${volume}.mhd`;
  if (dataFile === undefined) return [{ name: mhd, bytes: header }]; // With its voxels in it.
  const folder = found.name.slice(0, -mhd.length);
  const voxels = await entries.find(({ name }) => name === folder + dataFile)?.read();
  // A byte a character, so that all else stays as it is.
  const renamed = Buffer.from(header)
    .toString("latin1")
    .replace(/^(\s*ElementDataFile\s*=).*/m, `$1 ${volume}.raw`);
  return [
    { name: `${volume}.raw`, bytes: voxels ?? new Uint8Array(0) },
    { name: mhd, bytes: Buffer.from(renamed, "latin1") },
  ];
}

/** By the option, by what is said of the data set, or by the name: what says it must say the same, the name only where no option is given. */
function dataSetIdOf(source: AssetSource, xml: string | undefined, { id }: ImportOptions): number {
  const [, own] = /^ {0,2}<id(?: [^>]*)?>(\d{1,15})<\/id>/m.exec(xml ?? "") ?? [];
  const [, named] =
    /^(?:section[_-]data[_-]set[_-]|grid[_-]data[_-]download[_-]|grid[_-])?(\d{1,15})/.exec(source.name) ?? [];
  const other = id === undefined ? named : String(id);
  if (own !== undefined && other !== undefined && Number(own) !== Number(other)) {
    const way = id === undefined ? `rename it, or give --id ${own}` : "leave it out";
    throw importError(
      source,
      `it is of data set ${own}, and ${id === undefined ? "its name" : "--id"} says ${other}; ${way}`,
    );
  }
  const lacking = "it does not say of which data set it is; begin its name with the id, or give the id (--id)";
  return assetIdOf(source, id, own ?? named, lacking);
}
