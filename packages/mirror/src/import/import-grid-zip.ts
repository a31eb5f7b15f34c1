import { readFile } from "node:fs/promises";
import { EXPRESSION_VOLUMES, type ExpressionVolume, readGridZip, readZip } from "@brainatlas/sdk/volume";
import { expressionGridName } from "../store/asset.ts";
import type { StoreEntry } from "../store/entries.ts";
import type { FolderStore } from "../store/folder-store.ts";
import { writeZip, type ZipFile } from "../zip/write-zip.ts";
import { MAX_CHECKED_BYTES } from "./check-text-asset.ts";
import { type AssetSource, type ImportOptions, importError } from "./source.ts";

/** Most that the volumes of a zip may unpack to: some hundred times what an expression grid has. */
const MAX_UNPACKED_BYTES = 256 * 1024 * 1024;
const WAY_OUT = "give the path that it is served at (--path), or the id of the well-known file that it is (--file)";

/** Whether a file begins as a zip does. */
export function isZip({ head }: AssetSource): boolean {
  return head.subarray(0, 4).toString("latin1") === "PK\x03\x04";
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
  const put = async (
    include: readonly ExpressionVolume[],
    body: Uint8Array,
    isComputed: boolean,
  ): Promise<StoreEntry> => {
    const name = expressionGridName({ dataSetId, include });
    const { lastModified, name: from } = source;
    const details = { fileName: name, ...(isComputed && { isComputed }) };
    return await store.entries.put(
      { kind: "grid", name, mediaType: "application/zip", lastModified, source: from, details },
      body,
    );
  };
  // With the record of its data set it is the zip that is given when no volume is named (reference §6.1).
  const entries = [await put(dataSetXml === undefined ? held : [], bytes, false)];
  if (held.length === 1 && dataSetXml === undefined) return entries;
  for (const volume of held) {
    entries.push(await put([volume], writeZip(await filesOf(bytes, volume), new Date(source.lastModified)), true));
  }
  return entries;
}

async function readGrid(source: AssetSource, bytes: Buffer): Promise<Awaited<ReturnType<typeof readGridZip>>> {
  try {
    return await readGridZip(bytes, { maxBytes: MAX_UNPACKED_BYTES });
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw importError(source, `${reason}; give a whole zip of a grid, or ${WAY_OUT}`, cause);
  }
}

/** The files of one volume, in the root, in the order that the service has. */
async function filesOf(bytes: Buffer, volume: ExpressionVolume): Promise<ZipFile[]> {
  const files: ZipFile[] = [];
  for (const entry of readZip(bytes, { maxBytes: MAX_UNPACKED_BYTES })) {
    const name = entry.name.slice(entry.name.lastIndexOf("/") + 1);
    if (name === `${volume}.mhd` || name === `${volume}.raw`) files.push({ name, bytes: await entry.read() });
  }
  return files;
}

/** By the option, by what is said of the data set, or by the name: they must not differ. */
function dataSetIdOf(source: AssetSource, xml: string | undefined, { id }: ImportOptions): number {
  const [, own] = /^ {0,2}<id(?: [^>]*)?>(\d{1,15})<\/id>/m.exec(xml ?? "") ?? [];
  const [, named] =
    /^(?:section[_-]data[_-]set[_-]|grid[_-]data[_-]download[_-]|grid[_-])?(\d{1,15})/.exec(source.name) ?? [];
  const found = own ?? named;
  if (id !== undefined && own !== undefined && Number(own) !== id) {
    throw importError(source, `it is of data set ${own}, and --id says ${id}; leave it out`);
  }
  const chosen = id ?? (found === undefined ? undefined : Number(found));
  if (chosen !== undefined) return chosen;
  throw importError(
    source,
    "it does not say of which data set it is; begin its name with the id, or give the id (--id)",
  );
}
