import { open } from "node:fs/promises";
import { CHUNK_BYTES } from "../store/asset.ts";

/**
 * A body on its way, in a file: it grows as fast as it comes, and each reader takes it from there as fast as it likes. So none waits for
 * another, and memory stays flat.
 */
export interface Spool {
  /** Length that the body will have, where it is known. */
  readonly totalBytes: number | undefined;
  readonly writtenBytes: number;
  write(chunk: Uint8Array): Promise<void>;
  /** The last bytes that came, as many at most. */
  tail(maxBytes: number): Promise<Uint8Array>;
  /** Says that the body is whole, or why it never will be; the first word counts. */
  end(failure?: unknown): void;
  /**
   * Bytes from `start` to before `end`, by default to the end of the body, as they come; throws when the body breaks off before. The last byte
   * of all comes when `end()` has said that the body is whole, so that nobody takes a damaged one for that.
   *
   * @param signal Ends the wait.
   */
  read(
    start: number,
    end: number | undefined,
    signal: AbortSignal,
  ): AsyncGenerator<Uint8Array<ArrayBuffer>, void, undefined>;
  /** Closes the file, once nobody reads any more. */
  close(): void;
}

/** Opens a spool in a new file. */
export async function openSpool(path: string, totalBytes: number | undefined): Promise<Spool> {
  const file = await open(path, "wx+");
  let writtenBytes = 0;
  let state: { failure: unknown } | "growing" | "whole" = "growing";
  const waiting = new Set<() => void>();

  function wake(): void {
    for (const go of waiting) go();
    waiting.clear();
  }

  function untilMore(signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const stop = (): void => {
        waiting.delete(go);
        reject(signal.reason);
      };
      const go = (): void => {
        signal.removeEventListener("abort", stop);
        resolve();
      };
      signal.addEventListener("abort", stop, { once: true });
      waiting.add(go);
    });
  }

  return {
    totalBytes,
    get writtenBytes() {
      return writtenBytes;
    },
    async write(chunk) {
      let at = 0;
      while (at < chunk.byteLength)
        at += (await file.write(chunk, at, chunk.byteLength - at, writtenBytes + at)).bytesWritten;
      writtenBytes += chunk.byteLength;
      wake();
    },
    async tail(maxBytes) {
      const start = Math.max(0, writtenBytes - maxBytes);
      const { buffer, bytesRead } = await file.read(
        new Uint8Array(writtenBytes - start),
        0,
        writtenBytes - start,
        start,
      );
      return buffer.subarray(0, bytesRead);
    },
    end(failure) {
      if (state !== "growing") return;
      state = failure === undefined ? "whole" : { failure };
      wake();
    },
    async *read(start, end, signal) {
      let at = start;
      while (end === undefined || at < end) {
        signal.throwIfAborted();
        const isLastHeld = state !== "whole" && writtenBytes === totalBytes;
        const readyBytes = isLastHeld ? writtenBytes - 1 : writtenBytes;
        const ready = Math.min(readyBytes, end ?? readyBytes) - at;
        if (ready > 0) {
          const chunk = new Uint8Array(Math.min(ready, CHUNK_BYTES));
          const { bytesRead } = await file.read(chunk, 0, chunk.byteLength, at);
          if (bytesRead === 0) throw new Error("Cannot read on in the file of a body on its way: it was cut");
          at += bytesRead;
          yield chunk.subarray(0, bytesRead);
        } else if (state === "growing") await untilMore(signal);
        else if (state === "whole") return;
        else throw state.failure;
      }
    },
    close() {
      // Waits for reads that are under way; what cannot be closed was closed already.
      file.close().catch(() => {});
    },
  };
}
