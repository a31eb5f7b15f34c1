import { DecodeError } from "../errors.ts";
import { readMetaImage } from "./read-meta-image.ts";
import type { Volume } from "./volume.ts";
import { type ReadZipOptions, readZip, type ZipEntry } from "./zip.ts";

/** What is in the zip of a grid. */
export interface GridZip {
  /** Volumes by their names: `energy`, `density`, `intensity` and `injection` of a data set, `gridAnnotation` of an atlas. */
  readonly volumes: ReadonlyMap<string, Volume>;
  /** The record of the data set; `undefined` when it was not asked for (reference §6.1). */
  readonly dataSetXml: string | undefined;
}

/** The value that stands for no data in expression grids (reference §6.1). */
export const NO_DATA = -1;

/**
 * Reads the zip of a grid: every `.mhd` in it with its voxels, in the root or in a folder, and the `data_set.xml`. Other files are
 * passed over.
 *
 * @throws {DecodeError} If it is no zip, holds no volume or two of one name, or one of them is damaged.
 * @throws {UnsupportedError} If the zip or a volume is written in a way that is not read here.
 * @example (await readGridZip(await readFile("69289763.zip"))).volumes.get("energy")?.range({ noData: NO_DATA });
 */
export async function readGridZip(bytes: Uint8Array, options: ReadZipOptions = {}): Promise<GridZip> {
  const entries = new Map(readZip(bytes, options).map((entry) => [entry.name, entry]));
  const volumes = new Map<string, Volume>();
  let dataSetXml: string | undefined;
  for (const entry of entries.values()) {
    const [, folder = "", file = ""] = /^(.*\/)?([^/]*)$/s.exec(entry.name) ?? [];
    if (file === "data_set.xml") dataSetXml = new TextDecoder().decode(await entry.read());
    if (!file.endsWith(".mhd")) continue;
    const name = file.slice(0, -4);
    if (volumes.has(name))
      throw new DecodeError("the grid", { at: entry.name, expected: "each volume once", found: name });
    volumes.set(
      name,
      await readMetaImage(await entry.read(), { ...options, resolve: (data) => find(entries, folder, data) }),
    );
  }
  if (volumes.size > 0) return { volumes, dataSetXml };
  throw new DecodeError("the grid", { at: "the zip", expected: "a volume (.mhd)", found: "none" });
}

function find(entries: ReadonlyMap<string, ZipEntry>, folder: string, name: string): Promise<Uint8Array> {
  const entry = entries.get(folder + name);
  if (entry !== undefined) return entry.read();
  throw new DecodeError("the grid", { at: "the zip", expected: `a file "${folder}${name}"`, found: "none" });
}
