/** A request that cannot be answered as it is; the message is for who sent it. */
export class RequestError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "RequestError";
  }
}

/** Something that a store holds cannot be read. The message is for the operator and may name a file; clients are told `said`. */
export class DamagedError extends Error {
  readonly said: string;

  constructor(message: string, said: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "DamagedError";
    this.said = said;
  }
}

/** Something is asked for that a store holds only in part; the message is for who asked, and is an answer of what is not mirrored. */
export class NotHeldError extends Error {
  constructor(message: string) {
    super(message);
    this.name = "NotHeldError";
  }
}

/** More is asked for than can be made in good time; the message is for who asked. */
export class BusyError extends Error {
  constructor() {
    super("Cannot take this on now: too much waits to be made before it; ask again in a while");
    this.name = "BusyError";
  }
}

/**
 * Reads a part of a request by a reader that throws a `RangeError` for what it cannot use.
 *
 * Only around such a reader is that the client's fault: the runtime throws a `RangeError` of its own when a stack or a string becomes
 * too long.
 *
 * @throws {RequestError} With the reader's words.
 */
export function readRequest<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof RangeError) throw new RequestError(error.message, { cause: error });
    throw error;
  }
}
