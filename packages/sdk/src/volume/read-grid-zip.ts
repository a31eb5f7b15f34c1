import { DecodeError } from "../errors.ts";
import { readMetaImage } from "./read-meta-image.ts";
import type { Volume } from "./volume.ts";
import { MAX_VOLUME_BYTES } from "./voxels.ts";
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
  const files = new GridFiles(readZip(bytes, options));
  const volumes = new Map<string, Volume>();
  let dataSetXml: string | undefined;
  let maxBytes = options.maxBytes ?? MAX_VOLUME_BYTES;
  for (const path of files.paths) {
    const [, folder = "", file = ""] = /^(.*\/)?([^/]*)$/s.exec(path) ?? [];
    if (file === "data_set.xml") dataSetXml = new TextDecoder().decode(await files.read(path));
    if (!file.endsWith(".mhd")) continue;
    const name = file.slice(0, -4);
    if (volumes.has(name)) throw fault(path, "each volume once", name);
    if (maxBytes < 1) throw fault(path, "no more volumes, by the limit maxBytes", "another");
    const header = await files.read(path);
    const volume = await readMetaImage(header, { maxBytes, resolve: (data) => files.readData(folder + data) });
    // Voxels may be compressed once more: what the zip says of its files does not bound them.
    maxBytes -= volume.data.byteLength;
    volumes.set(name, volume);
  }
  if (volumes.size > 0) return { volumes, dataSetXml };
  throw fault("the zip", "a volume (.mhd)", "none");
}

/** The files of a zip, each of which is read once at most: headers that share one would make a small zip large. */
class GridFiles {
  readonly #entries: ReadonlyMap<string, ZipEntry>;
  readonly #read = new Set<string>();

  constructor(entries: readonly ZipEntry[]) {
    this.#entries = new Map(entries.map((entry) => [entry.name, entry]));
  }

  get paths(): Iterable<string> {
    return this.#entries.keys();
  }

  /** The voxels that a header names. */
  async readData(path: string): Promise<Uint8Array> {
    if (path.endsWith(".mhd")) throw fault("the zip", "voxels in a file of their own", `a header that names "${path}"`);
    return await this.read(path);
  }

  async read(path: string): Promise<Uint8Array> {
    const entry = this.#entries.get(path);
    if (entry === undefined) throw fault("the zip", `a file "${path}"`, "none");
    if (this.#read.has(path)) throw fault("the zip", `a file "${path}" for one volume alone`, "two that name it");
    this.#read.add(path);
    return await entry.read();
  }
}

function fault(at: string, expected: string, found: string): DecodeError {
  return new DecodeError("the grid", { at, expected, found });
}
