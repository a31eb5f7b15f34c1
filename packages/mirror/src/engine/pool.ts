import { Worker } from "node:worker_threads";
import { BusyError } from "../failures.ts";
import { type Collector, createCollector } from "./collector.ts";
import { unpackFailure } from "./failure.ts";
import type { Order, Report, ThreadData } from "./messages.ts";
import type { PictureJob, PicturePath } from "./picture-job.ts";

/** A picture that was made, or that is being made as its chunks are asked for. */
export interface MadePicture {
  readonly path: PicturePath;
  readonly body: Uint8Array<ArrayBuffer> | AsyncIterable<Uint8Array<ArrayBuffer>>;
  /** Ends the work on a body that is made as it is read, also before its first chunk is asked for. */
  readonly stop?: ((reason: unknown) => void) | undefined;
}

/**
 * Room for young objects of a thread: it makes few, and lets go of pictures only when that room is full. The runtime would take up to 48 MB.
 */
const YOUNG_MB = 3;

/** Does jobs away from the thread that asks. */
export interface JobRunner {
  /**
   * @param isStreamed Whether the body comes in chunks; it is to be read to its end, or ended.
   * @param signal Ends the wait, and the work.
   * @throws {BusyError} If as many wait as may.
   */
  run(job: PictureJob, isStreamed: boolean, signal: AbortSignal): Promise<MadePicture>;
  close(): Promise<void>;
}

const CLOSED = "Cannot make a picture: the engine is closed";

interface Waiting {
  readonly order: Order;
  readonly signal: AbortSignal;
  /** Gives up, before there was a thread. */
  leave(reason: unknown): void;
  /** Gives the job to a thread. */
  begin(thread: Thread): void;
}

interface Thread {
  readonly worker: Worker;
  readonly unwanted: Int32Array<SharedArrayBuffer>;
  /** What the job that it works on is told. */
  hear: (report: Report | { readonly kind: "ended"; readonly error: Error }) => void;
}

/**
 * Makes a pool of threads. They are begun when there is work, and do not keep the process alive without.
 *
 * @param size Threads at most.
 * @param maxWaiting Jobs that may wait for a thread.
 * @param code What the threads run.
 */
export function createPool(
  size: number,
  maxWaiting: number,
  code: URL = new URL("./thread.js", import.meta.url),
): JobRunner {
  const threads = new Set<Thread>();
  const idle: Thread[] = [];
  const waiting = new Set<Waiting>();
  const spent = createCollector();
  let isClosed = false;

  function next(): void {
    const [first] = waiting;
    if (first === undefined || isClosed) return;
    const thread = idle.pop() ?? (threads.size < size ? begin() : undefined);
    if (thread === undefined) return;
    waiting.delete(first);
    first.begin(thread);
  }

  function begin(): Thread {
    const unwanted = new Int32Array(new SharedArrayBuffer(4));
    const workerData: ThreadData = { unwanted };
    const worker = new Worker(code, { workerData, resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MB } });
    const thread: Thread = { worker, unwanted, hear: () => {} };
    threads.add(thread);
    const end = (error: Error): void => {
      if (!threads.delete(thread)) return;
      const at = idle.indexOf(thread);
      if (at >= 0) idle.splice(at, 1);
      thread.hear({ kind: "ended", error });
      next();
    };
    worker.on("message", (report: Report) => thread.hear(report));
    worker.on("error", end);
    worker.on("exit", (code) => end(new Error(`A thread that makes pictures ended with ${code}`)));
    return thread;
  }

  function free(thread: Thread): void {
    thread.hear = () => {};
    thread.worker.unref();
    if (threads.has(thread)) idle.push(thread);
    next();
  }

  return {
    run(job, isStreamed, signal) {
      return new Promise((resolve, reject) => {
        signal.throwIfAborted();
        if (isClosed) throw new Error(CLOSED);
        if (waiting.size >= maxWaiting) throw new BusyError();
        const order: Order = { kind: "job", job, isStreamed };
        const leave = (reason: unknown = signal.reason): void => {
          waiting.delete(work);
          reject(reason);
        };
        const stopWaiting = (): void => leave();
        const work: Waiting = {
          order,
          signal,
          leave,
          begin(thread) {
            signal.removeEventListener("abort", stopWaiting);
            follow(thread, work, free, spent).then(resolve, reject);
          },
        };
        waiting.add(work);
        signal.addEventListener("abort", stopWaiting, { once: true });
        next();
      });
    },
    async close() {
      isClosed = true;
      for (const { leave } of [...waiting]) leave(new Error(CLOSED));
      await Promise.all([...threads].map(({ worker }) => worker.terminate()));
    },
  };
}

/** Gives a job to a thread and follows what it reports, until it is done. */
function follow(
  thread: Thread,
  { order, signal }: Waiting,
  free: (thread: Thread) => void,
  spent: Collector,
): Promise<MadePicture> {
  return new Promise((resolve, reject) => {
    const chunks = createChunks(() => thread.worker.postMessage({ kind: "taken" } satisfies Order), stop);

    function stop(): void {
      Atomics.store(thread.unwanted, 0, 1);
      // It may wait for a chunk to be taken.
      thread.worker.postMessage({ kind: "taken" } satisfies Order);
      reject(signal.reason);
    }

    function end(error?: Error): void {
      signal.removeEventListener("abort", stop);
      if (error !== undefined) reject(error);
      chunks.end(error);
      free(thread);
    }

    thread.hear = (report) => {
      switch (report.kind) {
        case "begun":
          return resolve({ path: report.path, body: chunks.body });
        case "chunk":
          spent(report.bytes.length);
          return chunks.add(report.bytes);
        case "whole":
          spent(report.bytes.length);
          resolve({ path: report.path, body: report.bytes });
          return end();
        case "done":
          return end();
        case "failed":
          return end(unpackFailure(report.failure));
        case "ended":
          return end(report.error);
      }
    };
    Atomics.store(thread.unwanted, 0, 0);
    thread.worker.ref();
    thread.worker.postMessage(order);
    signal.addEventListener("abort", stop, { once: true });
  });
}

/** Chunks between who makes and who reads them. */
function createChunks(taken: () => void, stop: () => void) {
  const ready: Uint8Array<ArrayBuffer>[] = [];
  let ended = false;
  let failure: Error | undefined;
  let wake = (): void => {};

  async function* read(): AsyncGenerator<Uint8Array<ArrayBuffer>> {
    try {
      for (;;) {
        const chunk = ready.shift();
        if (chunk !== undefined) {
          // Of a job that has ended the thread asks for nothing: it may have another.
          if (!ended) taken();
          yield chunk;
        } else if (ended) {
          if (failure !== undefined) throw failure;
          return;
        } else {
          await new Promise<void>((resolve) => {
            wake = resolve;
          });
        }
      }
    } finally {
      if (!ended) stop();
    }
  }

  return {
    body: read(),
    add(chunk: Uint8Array<ArrayBuffer>): void {
      ready.push(chunk);
      wake();
    },
    end(error: Error | undefined): void {
      ended = true;
      failure = error;
      wake();
    },
  };
}
