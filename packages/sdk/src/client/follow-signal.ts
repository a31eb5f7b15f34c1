import { onAbort } from "../http/on-abort.ts";

/** An abort of one's own that follows another's. */
export interface FollowedSignal {
  readonly signal: AbortSignal;
  /** Aborts it, and lets go of the other. */
  close(reason?: unknown): void;
}

/** `AbortSignal.any` with an end: what has been closed is not held on to by a signal that lives on. */
export function followSignal(other: AbortSignal | undefined): FollowedSignal {
  const controller = new AbortController();
  const follow = (): void => controller.abort(other?.reason);
  if (other?.aborted) follow();
  const stop = other && onAbort(other, follow);
  return {
    signal: controller.signal,
    close: (reason) => {
      stop?.();
      controller.abort(reason);
    },
  };
}
