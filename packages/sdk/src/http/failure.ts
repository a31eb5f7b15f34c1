import { ConnectionError, isAtlasError, type RequestFacts, TimeoutError } from "../errors.ts";
import { type Deadline, Expiry } from "./deadline.ts";

/** Words for the error codes that the runtimes' `fetch` reports. */
const REASONS: Readonly<Record<string, string>> = {
  ENOTFOUND: "the host name was not found",
  EAI_AGAIN: "the host name could not be looked up",
  ECONNREFUSED: "the connection was refused",
  ConnectionRefused: "the connection was refused",
  ECONNRESET: "the connection was broken off",
  UND_ERR_SOCKET: "the connection was broken off",
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: "the body ended before its promised length",
  EPIPE: "the connection was broken off",
  ETIMEDOUT: "the connection timed out",
  UND_ERR_CONNECT_TIMEOUT: "the connection timed out",
  UND_ERR_HEADERS_TIMEOUT: "the headers did not come in time",
  UND_ERR_BODY_TIMEOUT: "the body stalled",
  EHOSTUNREACH: "the host is unreachable",
  ENETUNREACH: "the network is unreachable",
  CERT_HAS_EXPIRED: "the server's certificate has expired",
  DEPTH_ZERO_SELF_SIGNED_CERT: "the server's certificate is self-signed",
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: "the server's certificate could not be verified",
};

/**
 * Says why a `fetch` failed, in words.
 *
 * Runtimes wrap the cause: the innermost error that carries a known `code` decides, else the innermost message.
 */
export function describeFailure(error: unknown): string {
  let innermost = "";
  for (let cause: unknown = error, depth = 0; cause instanceof Error && depth < 8; cause = cause.cause, depth += 1) {
    // Node's and Bun's errors carry a code that the standard type does not have.
    const { code } = cause as { code?: unknown };
    const known = typeof code === "string" ? REASONS[code] : undefined;
    if (known !== undefined) return known;
    if (cause.message !== "") innermost = cause.message;
    if (cause instanceof AggregateError && cause.cause === undefined && cause.errors.length > 0) {
      return describeFailure(cause.errors[0]);
    }
  }
  return innermost === "" ? "no answer arrived" : `no answer arrived (${innermost})`;
}

/**
 * The platform's failure as an error of the family; an abort that the caller asked for stays as it is.
 *
 * @param facts Of the hop under way.
 */
export function toFailure(error: unknown, facts: RequestFacts, deadline: Deadline): unknown {
  const reason = deadline.aborted ? deadline.reason : error;
  if (reason instanceof Expiry) return new TimeoutError(facts, reason.timeoutMs, reason.expired);
  if (deadline.aborted || isAtlasError(error)) return reason;
  return new ConnectionError(facts, describeFailure(error), { cause: error });
}
