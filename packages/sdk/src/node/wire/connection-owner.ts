import type { Clock } from "./clock.ts";
import type { Connection } from "./connection.ts";
import type { Exchange } from "./exchange.ts";
import type { SecureOptions } from "./open-socket.ts";

/** What a connection needs of those who own it. */
export interface ConnectionOwner {
  readonly clock: Clock;
  readonly maxHeadBytes: number;
  readonly secure: SecureOptions;
  /** An answer is complete, or much of it is there: there may be room for another request. */
  onRoom(): void;
  onBody(sizeBytes: number): void;
  /**
   * The connection has ended; these requests have to be sent again on another.
   *
   * @param isRefusal Whether nothing is to be sent ahead any more: the server may not bear it, or sent what nobody asked for.
   */
  onEnd(connection: Connection, unanswered: readonly Exchange[], isRefusal: boolean): void;
}
