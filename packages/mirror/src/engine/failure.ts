import { isAtlasError } from "@brainatlas/sdk";
import { DamagedError, NotHeldError, RequestError } from "../failures.ts";

/** An error as it crosses to another thread, where its class would be lost. */
export interface Failure {
  readonly kind: "request" | "damage" | "absence" | "other";
  readonly message: string;
  /** What a client may be told of damage. */
  readonly said: string;
  readonly stack: string | undefined;
}

/** An error to be sent to another thread. */
export function packFailure(error: unknown): Failure {
  const { message, stack } = error instanceof Error ? error : new Error(String(error));
  if (error instanceof RequestError) return { kind: "request", message, said: "", stack };
  if (error instanceof NotHeldError) return { kind: "absence", message, said: "", stack };
  if (error instanceof DamagedError) return { kind: "damage", message, said: error.said, stack };
  const said = isAtlasError(error, "ATLAS_DECODE") ? message : "";
  return { kind: "other", message, said, stack };
}

/** The error that was sent, with the stack of the thread that it came from. */
export function unpackFailure({ kind, message, said, stack }: Failure): Error {
  const error = makeError(kind, message, said);
  if (stack !== undefined) error.stack = stack;
  return error;
}

function makeError(kind: Failure["kind"], message: string, said: string): Error {
  if (kind === "request") return new RequestError(message);
  if (kind === "absence") return new NotHeldError(message);
  return kind === "damage" ? new DamagedError(message, said) : new Error(message);
}
