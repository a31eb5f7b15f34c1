import type { ServerResponse } from "node:http";

/** Knows how much was answered that clients have not taken yet: memory that grows where they read slowly or not at all. */
export interface UnsentGauge {
  /** Counts what a response holds, until it has ended. */
  follow(response: ServerResponse): void;
  /** Whether there is as much as may be. */
  isFull(): boolean;
}

/** @param maxBytes Most that may be waiting to be taken, all responses together. */
export function createUnsentGauge(maxBytes: number): UnsentGauge {
  const responses = new Set<ServerResponse>();
  return {
    follow(response) {
      responses.add(response);
      response.once("close", () => responses.delete(response));
    },
    isFull() {
      let total = 0;
      for (const { writableLength, socket } of responses) {
        // Headers go to the socket at once; what it cannot take waits there, or in the response while another is before it.
        total += Math.max(writableLength, socket?.writableLength ?? 0);
        if (total >= maxBytes) return true;
      }
      return false;
    },
  };
}
