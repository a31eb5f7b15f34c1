import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import { isAtlasError } from "@brainatlas/sdk";
import { NotHeldError } from "../failures.ts";
import { damaged } from "../store/damaged.ts";
import type { Pyramid } from "./pyramid.ts";
import { readPyramid } from "./read-pyramid.ts";
import { fault } from "./tiff-fields.ts";

/** A stored pyramid with a way to its tiles. */
export interface PyramidFile {
  readonly pyramid: Pyramid;
  /**
   * The stored bytes of a tile. Read at once, on the thread that asks: ten thousand bytes of a file that the system has in memory take less
   * than the way to another thread.
   *
   * @param tier Counts from the finest, 0.
   * @param index Counts row by row from the upper left, 0.
   * @param into Memory that may be used instead of new one; what does not fit into it is read into new.
   * @throws {RangeError} If there is no such tile.
   * @throws {NotHeldError} If the pyramid is of a part of the picture, and the tile lies outside.
   * @throws {DamagedError} If the file is no longer what it was.
   */
  readTile(tier: number, index: number, into?: Uint8Array): Uint8Array;
}

/** One that holds its file open until it is closed. */
export interface OpenPyramid extends PyramidFile {
  close(): void;
}

/**
 * Opens a stored pyramid and reads its tables.
 *
 * @throws {DamagedError} If there is no such file, or no pyramid in it.
 */
export function openPyramid(path: string): OpenPyramid {
  const fd = openFile(path);
  try {
    const pyramid = tablesOf(path, fd);
    return {
      pyramid,
      readTile: (tier, index, into) => tileOf(path, fd, pyramid, tier, index, into),
      close: () => closeSync(fd),
    };
  } catch (error) {
    closeSync(fd);
    throw error;
  }
}

/** Pyramids that were read lately. */
export interface PyramidCache {
  /**
   * The pyramid of a file. It can be used for as long as it is wanted: what is forgotten meanwhile is opened again.
   *
   * @throws {DamagedError} As `openPyramid()` does.
   */
  get(path: string): PyramidFile;
  /** Closes all files. */
  close(): void;
}

/** Tables that are kept: those of some hundred plates. */
const MAX_TABLE_BYTES = 16 * 1024 * 1024;

/**
 * Makes a cache of open files and their tables: a store holds thousands, of which few are looked at.
 *
 * @param maxOpen Files that are held open at once.
 * @param maxBytes Size of the tables that are kept; those of the one that is asked for are kept in any case.
 */
export function createPyramidCache(maxOpen: number, maxBytes: number = MAX_TABLE_BYTES): PyramidCache {
  /** Both in the order of their last use. */
  const descriptors = new Map<string, number>();
  const kept = new Map<string, PyramidFile>();
  let total = 0;

  function descriptorOf(path: string): number {
    const fd = descriptors.get(path) ?? openFile(path);
    descriptors.delete(path);
    descriptors.set(path, fd);
    for (const [oldest, other] of descriptors) {
      if (descriptors.size <= maxOpen || other === fd) break;
      descriptors.delete(oldest);
      closeSync(other);
    }
    return fd;
  }

  function keep(path: string, file: PyramidFile): void {
    kept.set(path, file);
    total += tableBytes(file.pyramid);
    for (const [oldest, other] of kept) {
      if (total <= maxBytes || other === file) break;
      kept.delete(oldest);
      total -= tableBytes(other.pyramid);
    }
  }

  return {
    get(path) {
      const found = kept.get(path);
      if (found !== undefined) {
        kept.delete(path);
        kept.set(path, found);
        return found;
      }
      const pyramid = tablesOf(path, descriptorOf(path));
      const file: PyramidFile = {
        pyramid,
        readTile: (tier, index, into) => tileOf(path, descriptorOf(path), pyramid, tier, index, into),
      };
      keep(path, file);
      return file;
    },
    close() {
      for (const fd of descriptors.values()) closeSync(fd);
      descriptors.clear();
      kept.clear();
      total = 0;
    },
  };
}

/** What the tables of a pyramid take in memory. */
function tableBytes({ tiers }: Pyramid): number {
  return tiers.reduce(
    (sum, { offsets, sizes, tables }) => sum + offsets.byteLength + sizes.byteLength + tables.length,
    0,
  );
}

function openFile(path: string): number {
  try {
    return openSync(path, "r");
  } catch (cause) {
    throw (cause as NodeJS.ErrnoException).code === "ENOENT" ? damaged("body", path, "it is gone", cause) : cause;
  }
}

function tablesOf(path: string, fd: number): Pyramid {
  const read = (offset: number, length: number): Uint8Array => bytesOf(fd, offset, new Uint8Array(length));
  return whole(path, () => readPyramid(read, fstatSync(fd).size));
}

function tileOf(
  path: string,
  fd: number,
  { tiers }: Pyramid,
  tier: number,
  index: number,
  into: Uint8Array | undefined,
): Uint8Array {
  const offset = tiers[tier]?.offsets[index];
  const size = tiers[tier]?.sizes[index];
  if (offset === undefined || size === undefined) {
    throw new RangeError(`Cannot read tile ${index} of tier ${tier}: there is none; give one that the tables have`);
  }
  if (size === 0) throw new NotHeldError("This mirror holds a part of the picture, and not all of what is asked for");
  const room = into !== undefined && into.length >= size ? into.subarray(0, size) : new Uint8Array(size);
  const bytes = bytesOf(fd, offset, room);
  return bytes.length === size ? bytes : whole(path, () => fault(offset, `${size} bytes`, `only ${bytes.length}`));
}

/** Fills memory from a place of a file; less of it at the file's end. */
function bytesOf(fd: number, offset: number, room: Uint8Array): Uint8Array {
  let done = 0;
  while (done < room.length) {
    const count = readSync(fd, room, done, room.length - done, offset + done);
    if (count === 0) break;
    done += count;
  }
  return room.subarray(0, done);
}

/** What cannot be decoded of a stored file is its damage. */
function whole<T>(path: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (isAtlasError(error, "ATLAS_DECODE")) throw damaged("body", path, error.message, error);
    throw error;
  }
}
