import { QueryError, type ResultRow } from "./result.ts";

export type Batch = readonly ResultRow[];

/** Where batches come from after the first. */
export interface BatchSource {
  /** The next batch; `undefined` after the last. */
  next(): Promise<Batch | undefined>;
  /** Called once, when no more will be taken, and never while one is being read. */
  close(): void;
}

/** What ends a stream early. */
export interface StreamLimits {
  readonly stallLimitMs: number;
  readonly signal: AbortSignal | undefined;
}

/** Ends batches of which no more are wanted, also where none was ever taken. */
export async function closeBatches(batches: AsyncIterable<Batch>): Promise<void> {
  await batches[Symbol.asyncIterator]().return?.();
}

/** An answer whose one batch is read. */
export async function* streamOne(batch: Batch): AsyncGenerator<Batch, void, undefined> {
  if (batch.length > 0) yield batch;
}

/**
 * Batches to be taken one by one. The source is closed after the last, when the taker leaves, when the signal says so, and when
 * the next is not asked for in time: also if none is ever taken.
 */
export function streamBatches(
  first: Batch,
  source: BatchSource,
  { stallLimitMs, signal }: StreamLimits,
): AsyncIterableIterator<Batch, void, undefined> {
  let ready: Batch | undefined = first;
  let timer: NodeJS.Timeout | undefined;
  let isClosed = false;
  let failure: { readonly reason: unknown } | undefined;
  // One step at a time, whatever is called while another runs.
  let last: Promise<unknown> = Promise.resolve();

  function close(): void {
    clearTimeout(timer);
    signal?.removeEventListener("abort", abort);
    if (isClosed) return;
    isClosed = true;
    source.close();
  }

  function fail(reason: unknown): void {
    if (isClosed) return;
    failure = { reason };
    close();
  }

  function abort(): void {
    last = last.then(() => fail(signal?.reason));
  }

  function wait(): void {
    timer = setTimeout(() => {
      const seconds = stallLimitMs / 1000;
      fail(
        new QueryError(
          `Cannot go on: the next rows were not taken for ${seconds} s; ask again, from the row that is missing`,
        ),
      );
    }, stallLimitMs);
    timer.unref();
  }

  async function step(): Promise<IteratorResult<Batch, void>> {
    clearTimeout(timer);
    if (failure !== undefined) throw failure.reason;
    if (isClosed) return { done: true, value: undefined };
    try {
      const batch = ready ?? (await source.next());
      ready = undefined;
      if (batch === undefined) close();
      else wait();
      return batch === undefined ? { done: true, value: undefined } : { done: false, value: batch };
    } catch (error) {
      fail(error);
      throw error;
    }
  }

  function inTurn<T>(run: () => T | Promise<T>): Promise<T> {
    const turn = last.then(run);
    last = turn.catch(() => undefined);
    return turn;
  }

  signal?.addEventListener("abort", abort);
  if (signal?.aborted) abort();
  wait();
  const stream: AsyncIterableIterator<Batch, void, undefined> = {
    next: () => inTurn(step),
    return: () =>
      inTurn(() => {
        close();
        return { done: true, value: undefined };
      }),
    [Symbol.asyncIterator]: () => stream,
  };
  return stream;
}
