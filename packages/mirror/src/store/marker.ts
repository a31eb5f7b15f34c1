import { mkdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { writeFileWhole } from "@brainatlas/sdk/node";
import { MARKER_FILE } from "./layout.ts";

const FORMAT = "brainatlas-store";
/**
 * 4: pictures may lack tiles, which 3 would call damaged; 3: pictures are pyramids; in 2 they were the files that were imported. Another kind of
 * entries needs a new version as well: a program that does not know it would take its files for strangers.
 */
export const STORE_VERSION = 4;
/** The oldest that is read, all of which 4 has as well; it becomes one of 4 when something is put. */
const OLDEST_VERSION = 3;

/** Marks a folder as a store of this version. */
export async function writeMarker(directory: string, { synthetic }: { synthetic?: unknown }): Promise<void> {
  await mkdir(directory, { recursive: true });
  await writeFileWhole(join(directory, MARKER_FILE), markerText(synthetic === true));
}

/** What the file says that marks a folder as a store. */
export function markerText(synthetic: boolean): string {
  return `${JSON.stringify({ format: FORMAT, version: STORE_VERSION, ...(synthetic && { synthetic }) })}\n`;
}

/** Marks a store as one whose content is made up. */
export async function markSynthetic(directory: string): Promise<void> {
  await writeMarker(directory, { synthetic: true });
}

/** Whether a store is marked as one whose content is made up. */
export async function isSynthetic(directory: string): Promise<boolean> {
  return parseMarker((await readIfThere(join(directory, MARKER_FILE))) ?? "").synthetic === true;
}

/** Whether a folder is marked as a store of a version that is known. */
export async function hasMarker(directory: string): Promise<boolean> {
  const marker = await readIfThere(join(directory, MARKER_FILE)).catch((cause: unknown) => {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`Cannot open the store "${directory}": ${reason}; give another folder`, { cause });
  });
  if (marker === undefined) return false;
  const fault = markerFault(marker);
  if (fault !== undefined) throw new Error(`Cannot open the store "${directory}": ${fault}`);
  return true;
}

/** Why a store with such a marker is none that this program reads, and what would help; `undefined` if it reads it. */
export function markerFault(text: string): string | undefined {
  const { format, version } = parseMarker(text);
  if (format === FORMAT && isKnown(version)) return undefined;
  const isOlder = typeof version === "number" && version < OLDEST_VERSION;
  const remedy = isOlder
    ? "import its content again into another folder"
    : "use the program that made it, or another folder";
  return `it is of version ${String(version)}, and this program knows ${OLDEST_VERSION} and ${STORE_VERSION}; ${remedy}`;
}

/** Whether a store of a version is one that this program reads. */
function isKnown(version: unknown): version is number {
  return Number.isInteger(version) && Number(version) >= OLDEST_VERSION && Number(version) <= STORE_VERSION;
}

/** The version that a store is marked with. */
export async function readVersion(directory: string): Promise<number> {
  return Number(parseMarker((await readIfThere(join(directory, MARKER_FILE))) ?? "").version);
}

/** Marks a store of an older version as one of this, before anything is put that the older did not have. */
export async function raiseVersion(directory: string): Promise<void> {
  const { version, synthetic } = parseMarker((await readIfThere(join(directory, MARKER_FILE))) ?? "");
  if (version !== STORE_VERSION) await writeMarker(directory, { synthetic });
}

/** What the marker of a store says; nothing if it cannot be read. */
export function parseMarker(text: string): { format?: unknown; version?: unknown; synthetic?: unknown } {
  try {
    return Object(JSON.parse(text));
  } catch {
    return {};
  }
}

/** Whether a folder holds a store. */
export async function isStore(directory: string): Promise<boolean> {
  return await stat(join(directory, MARKER_FILE)).then(
    () => true,
    () => false,
  );
}

async function readIfThere(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    if ((error as { code?: unknown }).code === "ENOENT") return undefined;
    throw error;
  }
}
