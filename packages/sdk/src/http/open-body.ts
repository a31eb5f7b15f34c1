import type { RequestFacts } from "../errors.ts";
import { promisedBytes } from "./body.ts";
import { Deadline } from "./deadline.ts";
import { toFailure } from "./failure.ts";
import type { Received } from "./response.ts";

/** The chunks of a body, in order. */
export type Chunks = AsyncGenerator<Uint8Array<ArrayBuffer>, void, undefined>;

/** An answer whose body is still to come. */
export interface Opened extends Omit<Received, "body"> {
  /** The whole body, when the status is a failing one. */
  readonly failure: Uint8Array<ArrayBuffer> | undefined;
  /** Gives the body, once. */
  read(): Chunks;
  /** Lets go of the body; who reads it is told the reason. */
  cancel(reason: unknown): void;
}

/** What reading a body needs to know. */
export interface OpenBody {
  readonly facts: RequestFacts;
  /** What `fetch` watches: its abort ends the body too. */
  readonly deadline: Deadline;
  /** Limit of the wait for one chunk, in ms. The reader may take its time in between. */
  readonly idleTimeoutMs: number;
  /** Called when the body has ended; what it throws ends the reading. */
  onEnd(receivedBytes: number, promised: number | undefined): void;
}

/** Gives a body as it arrives. It holds one chunk at a time, whatever the length. */
export function openBody(response: Response, options: OpenBody): Pick<Opened, "read" | "cancel"> {
  const { deadline, onEnd } = options;
  const reader = response.body?.getReader();
  deadline.onAbort(() => {
    reader?.cancel().catch(() => {
      // The connection is gone already: nothing is left to free.
    });
  });
  const cancel = (reason: unknown): void => deadline.abort(reason);

  async function* read(): Chunks {
    let receivedBytes = 0;
    try {
      for (;;) {
        const chunk = reader && (await readChunk(reader, options));
        if (chunk === undefined) break;
        receivedBytes += chunk.byteLength;
        yield chunk;
      }
      onEnd(receivedBytes, promisedBytes(response.headers));
    } finally {
      // Also where the loop is left early, and what is still to come is not wanted.
      cancel(undefined);
    }
  }
  return { read, cancel };
}

/** The next chunk, `undefined` at the end, or an error of the family. */
async function readChunk(
  reader: ReadableStreamDefaultReader<Uint8Array<ArrayBuffer>>,
  { facts, deadline, idleTimeoutMs }: OpenBody,
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const idle = new Deadline(deadline, "attempt", idleTimeoutMs);
  try {
    return (await idle.race(reader.read())).value;
  } catch (error) {
    throw toFailure(error, facts, idle);
  } finally {
    idle.close();
  }
}
