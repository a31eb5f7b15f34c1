import { createHash, type Hash } from "node:crypto";
import type { WireSink } from "../wire/wire.ts";
import { BUFFER_BYTES, type BufferPool } from "./buffers.ts";
import { type Checkpoint, readCheckpoint, type Validator, writeCheckpoint } from "./checkpoint.ts";
import type { Disk } from "./disk.ts";
import type { PartPaths } from "./part-paths.ts";

/** Bytes between two checkpoints. */
const CHECKPOINT_BYTES = 32 * 1024 * 1024;
/** Fewer bytes than these are fetched again rather than kept. */
const WORTH_BYTES = 1024 * 1024;
const BLOCK_BYTES = 1024 * 1024;

/** What a part file needs of its run. */
export interface PartTools {
  readonly disk: Disk;
  readonly pool: BufferPool;
  /** Is told of all bytes as they arrive. */
  readonly onBytes: (count: number) => void;
}

/** The answer that a part file is being filled from. */
export interface PartSource {
  readonly validator: Validator;
  /** Bytes of the whole file, where they are known. */
  readonly totalBytes: number | undefined;
}

/**
 * A file on its way, beside the place where it will be: hashed as it comes, and written in whole buffers, one of which is filled while
 * another is written. One that fits into a buffer is not written before its end.
 */
export class PartFile implements WireSink {
  readonly paths: PartPaths;
  readonly #tools: PartTools;
  readonly #name: string;
  readonly #url: string;
  #file: number | undefined;
  /** How it is opened: anew, or with what is in it. */
  #flags: "w+" | "r+" = "w+";
  #hash: Hash = createHash("sha256");
  #source: PartSource | undefined;
  #buffer: Buffer | undefined;
  #filled = 0;
  /** Full buffers that wait to be written. */
  #full: Buffer[] = [];
  #writing: Promise<void> | undefined;
  #fault: { readonly error: unknown } | undefined;
  #writtenBytes = 0;
  #checkpointBytes = 0;
  #hasCheckpoint = false;
  /** Whether there is a file that is to go when it is of no use. */
  #isMade = false;

  constructor(paths: PartPaths, name: string, url: string, tools: PartTools) {
    this.paths = paths;
    this.#name = name;
    this.#url = url;
    this.#tools = tools;
  }

  /** Bytes so far. */
  get receivedBytes(): number {
    return this.#writtenBytes + this.#full.length * BUFFER_BYTES + this.#filled;
  }

  /** What the bytes so far are of; `undefined` before the first answer. */
  get source(): PartSource | undefined {
    return this.#source;
  }

  /** Goes on with what an earlier run left, if that is what its checkpoint says. An abort leaves it to the next run. */
  async recover(signal: AbortSignal): Promise<void> {
    const checkpoint = await readCheckpoint(this.paths.checkpoint);
    if (checkpoint === undefined) return;
    const { disk } = this.#tools;
    const isLongEnough = ((await disk.look(this.paths.part))?.sizeBytes ?? 0) >= checkpoint.syncedBytes;
    if (checkpoint.name !== this.#name || checkpoint.url !== this.#url || !isLongEnough) {
      this.#hasCheckpoint = true;
      return;
    }
    this.#file = await disk.open(this.paths.part, "r+");
    const isSame = await this.#hashAgain(checkpoint, signal);
    [this.#isMade, this.#hasCheckpoint] = [true, true];
    if (!isSame) return await this.restart(undefined);
    await disk.truncate(this.#file, checkpoint.syncedBytes);
    [this.#writtenBytes, this.#checkpointBytes] = [checkpoint.syncedBytes, checkpoint.syncedBytes];
    this.#source = { validator: checkpoint.validator, totalBytes: checkpoint.totalBytes };
  }

  /** Begins anew, with the body of another answer. */
  async restart(source: PartSource | undefined): Promise<void> {
    await this.#writing;
    this.#fault = undefined;
    if (this.#file !== undefined) await this.#tools.disk.truncate(this.#file, 0);
    this.#flags = "w+";
    this.#hash = createHash("sha256");
    [this.#filled, this.#writtenBytes, this.#checkpointBytes] = [0, 0, 0];
    this.#source = source;
    await this.#removeCheckpoint();
  }

  /** Goes on with the body of another answer, which is of the same file. */
  goOn(source: PartSource): void {
    this.#source = source;
  }

  write(bytes: Uint8Array): Promise<void> | undefined {
    this.#tools.onBytes(bytes.length);
    if (this.#fault !== undefined) return this.#settle();
    for (let start = 0; start < bytes.length; ) {
      this.#buffer ??= this.#tools.pool.take();
      const count = Math.min(bytes.length - start, this.#buffer.length - this.#filled);
      this.#buffer.set(bytes.subarray(start, start + count), this.#filled);
      this.#filled += count;
      start += count;
      if (this.#filled === this.#buffer.length) this.#queue(this.#buffer);
    }
    return this.#full.length > 1 ? this.#settle() : undefined;
  }

  /** The bytes, when all of them are still in memory. They are valid until the file is closed. */
  get held(): Uint8Array | undefined {
    if (this.#file !== undefined || this.#full.length > 0 || this.#writtenBytes > 0) return undefined;
    return this.#buffer?.subarray(0, this.#filled) ?? new Uint8Array(0);
  }

  /** The open file, with all bytes in it. */
  async flush(): Promise<number> {
    await this.#settle();
    const file = await this.#open();
    if (this.#buffer !== undefined && this.#filled > 0) {
      const rest = this.#buffer.subarray(0, this.#filled);
      await this.#tools.disk.write(file, rest, this.#writtenBytes);
      this.#hash.update(rest);
      this.#writtenBytes += rest.length;
      this.#filled = 0;
    }
    return file;
  }

  /** Of all bytes, hexadecimal. After it no more may come. */
  digest(): string {
    const rest = this.#buffer?.subarray(0, this.#filled) ?? new Uint8Array(0);
    return this.#hash.copy().update(rest).digest("hex");
  }

  /**
   * Holds neither memory nor an open file until more comes. Bytes that nothing can be added to, and those that the disk did not take, are given up:
   * if it takes none at all, the next ones tell.
   */
  async rest(): Promise<void> {
    await this.#writing;
    const canGoOn = this.#fault === undefined && this.#source?.validator.ifRange !== undefined;
    if (!canGoOn) await this.restart(undefined);
    else if (this.#filled > 0) await this.flush().catch(() => this.restart(undefined));
    await this.close();
  }

  /** Lets go of the file, and leaves it where it is. */
  async close(): Promise<void> {
    await this.#writing;
    const { disk, pool } = this.#tools;
    if (this.#buffer !== undefined) pool.give(this.#buffer);
    [this.#buffer, this.#filled] = [undefined, 0];
    const file = this.#file;
    this.#file = undefined;
    if (file !== undefined) await disk.close(file);
  }

  /**
   * Lets go of the file, and keeps it for a later run if that can go on with it.
   *
   * @param mayBeWhole Whether one that is complete is kept as well, as nobody has found a fault with it.
   */
  async keepOrRemove(mayBeWhole: boolean): Promise<void> {
    const { validator, totalBytes = 0 } = this.#source ?? {};
    const maxBytes = mayBeWhole ? totalBytes : totalBytes - 1;
    const isWorth =
      validator?.ifRange !== undefined && this.receivedBytes >= WORTH_BYTES && this.receivedBytes <= maxBytes;
    if (isWorth && (await this.#tryCheckpoint())) return await this.close();
    await this.remove();
  }

  /** Lets go of the file, and removes it. */
  async remove(): Promise<void> {
    await this.close();
    if (this.#isMade) await this.#tools.disk.remove(this.paths.part);
    this.#isMade = false;
    await this.#removeCheckpoint();
  }

  /** Leaves the file to the journal, which tells of it by now. */
  async release(): Promise<void> {
    this.#isMade = false;
    await this.#removeCheckpoint();
  }

  /** Of a disk that is full: then the last checkpoint holds. */
  async #tryCheckpoint(): Promise<boolean> {
    try {
      const file = await this.flush();
      await this.#checkpoint(file);
      return true;
    } catch {
      return this.#checkpointBytes >= WORTH_BYTES;
    }
  }

  async #open(): Promise<number> {
    this.#file ??= await this.#tools.disk.open(this.paths.part, this.#flags);
    [this.#isMade, this.#flags] = [true, "r+"];
    return this.#file;
  }

  #queue(buffer: Buffer): void {
    this.#full.push(buffer);
    [this.#buffer, this.#filled] = [undefined, 0];
    this.#writing ??= this.#drain();
  }

  async #drain(): Promise<void> {
    const { disk, pool } = this.#tools;
    try {
      const file = await this.#open();
      for (let buffer = this.#full[0]; buffer !== undefined; buffer = this.#full[0]) {
        const written = disk.write(file, buffer, this.#writtenBytes);
        this.#hash.update(buffer);
        await written;
        this.#full.shift();
        this.#writtenBytes += buffer.length;
        pool.give(buffer);
        if (this.#writtenBytes - this.#checkpointBytes >= CHECKPOINT_BYTES) await this.#checkpoint(file);
      }
    } catch (error) {
      this.#fault = { error };
      for (const buffer of this.#full.splice(0)) pool.give(buffer);
    } finally {
      this.#writing = undefined;
    }
  }

  /** Waits for what is being written. Throws what failed, now or before. */
  async #settle(): Promise<void> {
    await this.#writing;
    if (this.#fault !== undefined) throw this.#fault.error;
  }

  async #checkpoint(file: number): Promise<void> {
    const { validator, totalBytes } = this.#source ?? {};
    if (validator?.ifRange === undefined || totalBytes === undefined) return;
    const [syncedBytes, sha256] = [this.#writtenBytes, this.#hash.copy().digest("hex")];
    await this.#tools.disk.syncData(file);
    const checkpoint = { name: this.#name, url: this.#url, validator, totalBytes, syncedBytes, sha256 };
    await writeCheckpoint(this.paths.checkpoint, checkpoint, this.#tools.disk);
    this.#checkpointBytes = syncedBytes;
    this.#hasCheckpoint = true;
  }

  async #removeCheckpoint(): Promise<void> {
    if (!this.#hasCheckpoint) return;
    this.#hasCheckpoint = false;
    await this.#tools.disk.remove(this.paths.checkpoint);
  }

  async #hashAgain({ syncedBytes, sha256 }: Checkpoint, signal: AbortSignal): Promise<boolean> {
    const file = this.#file ?? 0;
    const block = Buffer.allocUnsafeSlow(BLOCK_BYTES);
    for (let at = 0; at < syncedBytes; ) {
      signal.throwIfAborted();
      const count = await this.#tools.disk.read(file, block.subarray(0, Math.min(BLOCK_BYTES, syncedBytes - at)), at);
      if (count === 0) return false;
      this.#hash.update(block.subarray(0, count));
      at += count;
    }
    return this.#hash.copy().digest("hex") === sha256;
  }
}
