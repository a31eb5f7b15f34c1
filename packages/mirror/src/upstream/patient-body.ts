/** A body whose reader is not waited for without end. */
export interface PatientBody {
  readonly body: ReadableStream<Uint8Array<ArrayBuffer>>;
  /** Settles when it has been read, was let go of or broke off; never rejects. */
  readonly ended: Promise<void>;
}

/**
 * Chunks as a body that breaks off when its reader takes nothing for a while, or the signal aborts.
 *
 * @param start What comes before the chunks.
 * @param patienceMs Longest time between two reads, in ms.
 * @param stop Ends what the chunks come from.
 * @param signal Aborts with `stop`, and may before.
 */
export function patientBody(
  start: Uint8Array<ArrayBuffer>,
  chunks: AsyncGenerator<Uint8Array<ArrayBuffer>, void, undefined>,
  patienceMs: number,
  stop: AbortController,
  signal: AbortSignal,
): PatientBody {
  let first: Uint8Array<ArrayBuffer> | undefined = start.byteLength === 0 ? undefined : start;
  let timer: NodeJS.Timeout | undefined;
  let end = (): void => {};
  const ended = new Promise<void>((resolve) => {
    end = () => {
      clearTimeout(timer);
      resolve();
    };
  });
  const giveUp = (): void => stop.abort(new Error(`Cannot wait on: nothing was read for ${patienceMs / 1000} s`));
  const wait = (): void => {
    timer = setTimeout(giveUp, patienceMs);
  };
  const leave = (): void => {
    end();
    // Frees the connection, whether or not anybody reads on.
    chunks.return().catch(() => {});
  };
  if (signal.aborted) leave();
  else {
    signal.addEventListener("abort", leave, { once: true });
    wait();
  }
  const body = new ReadableStream<Uint8Array<ArrayBuffer>>(
    {
      async pull(controller) {
        clearTimeout(timer);
        signal.throwIfAborted();
        const value = first ?? (await nextOf(chunks, end));
        first = undefined;
        if (value === undefined) return controller.close();
        controller.enqueue(value);
        wait();
      },
      cancel: (reason) => stop.abort(reason),
    },
    // Nothing is made before it is asked for.
    { highWaterMark: 0 },
  );
  return { body, ended };
}

/** The next chunk; after the last one, and when there is none to come, all is at its end. */
async function nextOf(
  chunks: AsyncGenerator<Uint8Array<ArrayBuffer>, void, undefined>,
  end: () => void,
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  try {
    const { done, value } = await chunks.next();
    if (done !== true) return value;
    end();
    return undefined;
  } catch (error) {
    end();
    throw error;
  }
}
