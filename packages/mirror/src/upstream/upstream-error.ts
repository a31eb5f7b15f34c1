/**
 * How far a failure reaches: the whole service; the connection, which was slow or broke, so that several tell of the service; or the one
 * question.
 */
export type FailureReach = "service" | "connection" | "question";

/** What is known of a failure. */
export interface UpstreamFailure {
  readonly reach: FailureReach;
  /** Status for a client to whom nothing else can be given: 502, 503 or 504. */
  readonly status?: 502 | 503 | 504;
  /** How long the service wants to be left alone, in ms. */
  readonly retryAfterMs?: number | undefined;
  readonly cause?: unknown;
}

/** The upstream gave nothing that can be handed on; the message is for clients and says how it failed, in half a sentence. */
export class UpstreamError extends Error {
  readonly reach: FailureReach;
  readonly status: 502 | 503 | 504;
  readonly retryAfterMs: number | undefined;

  constructor(message: string, { reach, status = 502, retryAfterMs, cause }: UpstreamFailure) {
    super(message, { cause });
    this.name = "UpstreamError";
    this.reach = reach;
    this.status = status;
    this.retryAfterMs = retryAfterMs;
  }
}
