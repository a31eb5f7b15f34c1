/** Bytes of a buffer: a smaller file is written in one step. */
export const BUFFER_BYTES: number = 256 * 1024;
/** Buffers that are kept for later. */
const MAX_KEPT = 64;

/** Buffers that are used again: each is for who took it, until it is given back. */
export class BufferPool {
  readonly #free: Buffer[] = [];

  take(): Buffer {
    return this.#free.pop() ?? Buffer.allocUnsafeSlow(BUFFER_BYTES);
  }

  give(buffer: Buffer): void {
    if (this.#free.length < MAX_KEPT) this.#free.push(buffer);
  }
}
