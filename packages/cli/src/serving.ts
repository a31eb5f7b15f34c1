import { setFlagsFromString } from "node:v8";
import type { Listening, Served } from "@brainatlas/mirror";
import { type Context, Interrupt } from "./context.ts";
import { UsageError } from "./errors.ts";
import { EXIT } from "./exit.ts";
import { note } from "./output/notes.ts";

/** Where a server listens. */
export interface Place {
  readonly port: number;
  readonly host: string;
}

/** The interface that only this machine reaches. */
export const LOOPBACK = "127.0.0.1";

/**
 * How early memory is given back. What a server makes is let go of soon, and a picture with it only when the room for young objects is full:
 * the runtime's own bounds, of 16 MB and of twice what is in use, leave hundreds of megabytes lying about.
 */
const MEMORY_FLAGS = ["--max-semi-space-size=2", "--semi-space-growth-factor=1", "--heap-growing-percent=50"];

/** Makes the process one that serves; before what it serves is made. */
export function becomeServer(): void {
  for (const flag of MEMORY_FLAGS) setFlagsFromString(flag);
}

/** @throws {UsageError} If it is no port. */
export function checkPort(port: number): void {
  if (port < 0 || port > 65535) throw new UsageError(`Cannot use --port ${port}; give a whole number from 0 to 65535`);
}

/**
 * Serves until the program is asked to end. Returns the exit code.
 *
 * @param tell Says where it is, once it listens.
 * @throws {Error} If the port cannot be had.
 */
export async function keepServing(
  context: Context,
  served: Served,
  place: Place,
  tell: (url: string) => void | Promise<void>,
): Promise<number> {
  const listening = await listenAt(context, served, place);
  try {
    await tell(listening.url);
    if (!isLoopback(place.host)) note(context, "other machines can reach it; it has no passwords");
    return await untilInterrupted(context);
  } finally {
    await listening.close();
  }
}

async function listenAt(context: Context, served: Served, { port, host }: Place): Promise<Listening> {
  const { listen } = await context.load.mirror();
  try {
    return await listen(served, { port, host });
  } catch (cause) {
    // Errors of the network carry a code that the standard type does not have.
    const code = String((cause as { code?: unknown }).code ?? "");
    const reason = LISTEN_ERRORS[code] ?? (cause instanceof Error ? cause.message : String(cause));
    throw new Error(`Cannot listen on ${host}, port ${port}: ${reason}`, { cause });
  }
}

/** Waits for the program to be asked to end. A service that is told to stop (SIGTERM) has done what it was there for. */
function untilInterrupted({ signal }: Context): Promise<number> {
  return new Promise((resolve, reject) => {
    const end = (): void => {
      const reason: unknown = signal.reason;
      if (reason instanceof Interrupt && reason.signalName === "SIGTERM") resolve(EXIT.done);
      else reject(reason);
    };
    if (signal.aborted) end();
    else signal.addEventListener("abort", end, { once: true });
  });
}

const isLoopback = (host: string): boolean => /^(127\.|localhost$|::1$|\[::1\]$)/.test(host);

const LISTEN_ERRORS: Readonly<Record<string, string>> = {
  EADDRINUSE: "another program has it; give another --port, or --port 0 for any that is free",
  EACCES: "the system does not allow it; give a --port of 1024 or more",
  EADDRNOTAVAIL: "this machine has no such address; give another --host",
  ENOTFOUND: "there is no such host; give another --host",
};
