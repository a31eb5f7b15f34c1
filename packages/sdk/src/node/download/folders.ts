import { dirname } from "node:path";
import type { Disk } from "./disk.ts";

/** Folders that are remembered as there. */
const MAX_KNOWN = 4096;

/** The folders of a run: made when they are needed, and their names brought onto the disk now and then. */
export class Folders {
  readonly #disk: Disk;
  /** What has been made, or is being made. */
  readonly #known = new Map<string, Promise<void>>();
  readonly #dirty = new Set<string>();

  constructor(disk: Disk) {
    this.#disk = disk;
  }

  /** Makes a folder, and what is missing above it. */
  make(path: string): Promise<void> {
    let making = this.#known.get(path);
    if (making !== undefined) return making;
    if (this.#known.size >= MAX_KNOWN) this.#known.clear();
    making = this.#make(path).catch((error: unknown) => {
      this.#known.delete(path);
      throw error;
    });
    this.#known.set(path, making);
    return making;
  }

  async #make(path: string): Promise<void> {
    const uppermost = await this.#disk.makeFolder(path);
    if (uppermost === undefined) return;
    for (let each = path; each.length >= uppermost.length; each = dirname(each)) this.#dirty.add(dirname(each));
  }

  /** Notes that a name in it changed. */
  touch(path: string): void {
    this.#dirty.add(path);
  }

  /** Has all names on the disk. */
  async sync(): Promise<void> {
    for (const path of [...this.#dirty]) {
      this.#dirty.delete(path);
      try {
        await this.#disk.syncFolder(path);
      } catch (error) {
        this.#dirty.add(path);
        throw error;
      }
    }
  }
}
