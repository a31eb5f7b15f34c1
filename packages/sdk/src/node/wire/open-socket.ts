import { Buffer } from "node:buffer";
import { connect as connectPlain, isIP, type OnReadOpts, type Socket } from "node:net";
import { type ConnectionOptions, connect as connectSecurely, type SecureContext } from "node:tls";
import type { Target } from "./target.ts";

/** Bytes that are read at a time. */
const BUFFER_BYTES = 131_072;

/** What is told of a socket. */
export interface SocketEvents {
  onOpen(): void;
  /**
   * Takes bytes that are valid during the call only.
   *
   * @returns `false` if no more are wanted until `resume()`; some may come all the same.
   */
  onBytes(bytes: Uint8Array): boolean;
  /** The other side sends no more. */
  onEnd(): void;
  /** It is gone; the error is `undefined` where it ended in order. */
  onClose(error: Error | undefined): void;
}

/** What a secure connection may be given beside its address. */
export interface SecureOptions {
  readonly secureContext?: SecureContext;
}

/**
 * Opens a connection whose bytes are read into one buffer again and again, so that no garbage is made.
 *
 * Certificates are verified against the host of the target, and HTTP/1.1 is agreed upon by ALPN.
 */
export function openSocket(target: Target, secure: SecureOptions, events: SocketEvents): Socket {
  const { host, port, isSecure } = target;
  const onread: OnReadOpts = {
    buffer: Buffer.allocUnsafeSlow(BUFFER_BYTES),
    callback: (length, buffer) => events.onBytes(length === buffer.length ? buffer : buffer.subarray(0, length)),
  };
  const socket = isSecure
    ? connectSecurely(secureOptions(target, secure, onread))
    : connectPlain({ host, port, onread });
  socket.setNoDelay(true);
  let failure: Error | undefined;
  socket.once(isSecure ? "secureConnect" : "connect", () => events.onOpen());
  socket.once("end", () => events.onEnd());
  socket.on("error", (error) => {
    failure = error;
  });
  socket.once("close", () => events.onClose(failure));
  return socket;
}

function secureOptions({ host, port }: Target, secure: SecureOptions, onread: OnReadOpts): ConnectionOptions {
  // An address has no name to be sent (RFC 6066 §3); it is verified all the same.
  const name = isIP(host) === 0 ? { servername: host } : {};
  const options = { ...secure, ...name, host, port, ALPNProtocols: ["http/1.1"], onread };
  return options; // By way of a constant, as the types do not know of `onread` here.
}
