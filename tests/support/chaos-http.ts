import { once } from "node:events";
import type { Socket } from "node:net";
import { setTimeout as wait } from "node:timers/promises";

/** A GET as it came. */
export interface ChaosAsk {
  readonly path: string;
  /** Names in lower case. */
  readonly headers: ReadonlyMap<string, string>;
}

/** An answer, with what goes wrong while it is sent. */
export interface ChaosReply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | number>>;
  readonly body: Uint8Array;
  /** How the end of the body is told. */
  readonly framing: "length" | "chunks" | "close";
  /** Sent before it, as it is. */
  readonly before?: string;
  readonly delayMs?: number;
  /** Where the answer breaks off, as a part of its head or body, and how. */
  readonly cut?: { readonly of: "head" | "body"; readonly at: number; readonly how: "reset" | "end" | "stall" };
  /** Pieces that the body is sent in, with a pause after each. */
  readonly drip?: { readonly pieces: number; readonly pauseMs: number };
  /** Whether the connection ends after it, unannounced. */
  readonly isLast?: boolean;
  /** Whether it ends so that the system resets it, should there be requests that were sent ahead (RFC 9112 §9.6). */
  readonly isUnread?: boolean;
}

const MAX_PIECE_BYTES = 65_536;
const HEAD_END = "\r\n\r\n";

/** The requests of a connection, in order; those that were sent ahead wait. */
export async function* readAsks(socket: Socket): AsyncGenerator<ChaosAsk, void, undefined> {
  let read = "";
  // Leaving the loop must not destroy the socket: what it still holds, and has not read, would become a reset.
  for await (const chunk of socket.iterator({ destroyOnReturn: false })) {
    read += (chunk as Buffer).toString("latin1"); // Without an encoding, a socket gives buffers.
    for (let end = read.indexOf(HEAD_END); end >= 0; end = read.indexOf(HEAD_END)) {
      const ask = parseAsk(read.slice(0, end));
      read = read.slice(end + HEAD_END.length);
      yield ask;
    }
  }
}

function parseAsk(head: string): ChaosAsk {
  const [first = "", ...lines] = head.split("\r\n");
  const [, path = "/"] = first.split(" ");
  const pairs = lines.map(
    (line) => [line.slice(0, line.indexOf(":")).toLowerCase(), line.slice(line.indexOf(":") + 1).trim()] as const,
  );
  return { path, headers: new Map(pairs) };
}

/**
 * Sends an answer, or as much of it as is to be.
 *
 * @param onBytes Is told of each piece of the body once the system has taken it.
 * @returns Whether the connection can be used for the next.
 */
export async function sendReply(socket: Socket, reply: ChaosReply, onBytes: (bytes: number) => void): Promise<boolean> {
  if (reply.delayMs !== undefined) await wait(reply.delayMs);
  const head = (reply.before ?? "") + printHead(reply);
  const { cut } = reply;
  if (cut?.of === "head") {
    await write(socket, Buffer.from(head.slice(0, Math.floor(head.length * cut.at)), "latin1"));
    return breakOff(socket, cut.how);
  }
  if (!(await write(socket, Buffer.from(head, "latin1")))) return false;
  const whole = reply.body.length;
  const length = cut === undefined ? whole : Math.min(Math.floor(whole * cut.at), Math.max(0, whole - 1));
  const step = reply.drip === undefined ? MAX_PIECE_BYTES : Math.max(1, Math.ceil(length / reply.drip.pieces));
  for (let at = 0; at < length; at += step) {
    const piece = reply.body.subarray(at, Math.min(length, at + step));
    if (!(await write(socket, reply.framing === "chunks" ? frame(piece) : piece))) return false;
    onBytes(piece.length);
    if (reply.drip !== undefined) await wait(reply.drip.pauseMs);
  }
  if (cut !== undefined) return breakOff(socket, cut.how);
  if (reply.framing === "chunks") await write(socket, Buffer.from("0\r\n\r\n"));
  if (reply.framing !== "close" && reply.isLast !== true) return !socket.destroyed;
  return breakOff(socket, reply.isUnread === true ? "close" : "end");
}

function printHead({ status, headers, body, framing }: ChaosReply): string {
  const all = {
    date: new Date().toUTCString(),
    ...(framing === "length" ? { "Content-Length": body.length } : {}),
    ...(framing === "chunks" ? { "transfer-encoding": "chunked" } : {}),
    ...(framing === "close" ? { Connection: "close" } : {}),
    ...headers,
  };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  return `HTTP/1.1 ${status} Made\r\n${lines.join("")}\r\n`;
}

function frame(piece: Uint8Array): Buffer {
  return Buffer.concat([Buffer.from(`${piece.length.toString(16)};made=1\r\n`), piece, Buffer.from("\r\n")]);
}

/** Waits until the system has taken the bytes; `false` when the other side has gone. */
function write(socket: Socket, bytes: Uint8Array): Promise<boolean> {
  if (socket.destroyed || !socket.writable) return Promise.resolve(false);
  return new Promise((resolve) => {
    const onClose = () => resolve(false);
    socket.once("close", onClose);
    socket.write(bytes, (error) => {
      socket.off("close", onClose);
      resolve(error === undefined || error === null);
    });
  });
}

async function breakOff(socket: Socket, how: "reset" | "close" | "end" | "stall"): Promise<false> {
  if (how === "reset") socket.resetAndDestroy();
  else if (how === "close") socket.destroy();
  else if (how === "end") socket.end();
  else if (!socket.destroyed) await once(socket, "close");
  return false;
}
