import { Buffer } from "node:buffer";
import type { Socket } from "node:net";
import { onTestFinished, vi } from "vitest";
import type { Wire, WireAsk, WireHead, WireSink } from "../../packages/sdk/src/node/wire/wire.ts";
import { defer, startTcpServer } from "./fault-server.ts";

/** A request as it came in, on which connection, and how to answer it byte by byte. */
export interface RawRequest {
  readonly socket: Socket;
  /** Of its connection, from 1. */
  readonly connection: number;
  /** Among those of its connection, from 1. */
  readonly nth: number;
  readonly path: string;
  /** Request line and header fields. */
  readonly head: string;
}

/** A server that answers with the very bytes that a test gives. */
export interface RawServer {
  readonly origin: string;
  readonly requests: RawRequest[];
  /** Connections that are open at present. */
  readonly open: Set<Socket>;
}

/** Starts a server that calls `answer` for each request, pipelined ones as they come. */
export async function startRawServer(answer: (request: RawRequest) => void): Promise<RawServer> {
  const requests: RawRequest[] = [];
  const open = new Set<Socket>();
  let connections = 0;
  const origin = await startTcpServer((socket) => {
    connections += 1;
    open.add(socket);
    socket.on("close", () => open.delete(socket));
    const connection = connections;
    let nth = 0;
    let text = "";
    socket.on("data", (bytes) => {
      text += bytes.toString("latin1");
      for (let end = text.indexOf("\r\n\r\n"); end >= 0; end = text.indexOf("\r\n\r\n")) {
        const head = text.slice(0, end);
        text = text.slice(end + 4);
        nth += 1;
        const request = { socket, connection, nth, path: head.split(" ")[1] ?? "", head };
        requests.push(request);
        answer(request);
      }
    });
  });
  return { origin, requests, open };
}

/** An answer with a length. */
export function withLength(body: string, ...fields: readonly string[]): string {
  return ["HTTP/1.1 200 OK", `content-length: ${body.length}`, ...fields, "", body].join("\r\n");
}

/** The wire, closed when the test has ended. */
export function closing(wire: Wire): Wire {
  onTestFinished(() => wire.close());
  return wire;
}

/** What came of a request. */
export interface Got {
  readonly head: WireHead;
  readonly text: string;
}

/** Gets a body whole, as Latin-1 text. */
export async function getText(wire: Wire, url: string, extra: Partial<WireAsk> = {}): Promise<Got> {
  const chunks: Buffer[] = [];
  const sink: WireSink = {
    write(bytes) {
      chunks.push(Buffer.from(bytes));
      return undefined;
    },
  };
  const head = await wire.get(askFor(url, extra), () => sink);
  return { head, text: Buffer.concat(chunks).toString("latin1") };
}

/** A sink that takes its first bytes, and is not ready for more until it is told to go on. */
export interface HaltingSink extends WireSink {
  /** Resolves when the first bytes are there. */
  readonly first: Promise<void>;
  readonly receivedBytes: number;
  goOn(): void;
}

/** Makes a sink that halts; the bytes are counted and not kept. */
export function createHaltingSink(): HaltingSink {
  const [first, ready] = [defer(), defer()];
  let receivedBytes = 0;
  return {
    first: first.promise,
    get receivedBytes() {
      return receivedBytes;
    },
    goOn: () => ready.resolve(),
    write(bytes) {
      receivedBytes += bytes.length;
      first.resolve();
      return receivedBytes === bytes.length ? ready.promise : undefined;
    },
  };
}

/** A request with ordinary limits. */
export function askFor(url: string, extra: Partial<WireAsk> = {}): WireAsk {
  return { url, headers: {}, timeoutMs: 20_000, maxRedirects: 5, ...extra };
}

/** Lets time stand still, but for `vi.advanceTimersByTime()`, until the test has ended; sockets go on. */
export function fakeTime(): void {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] });
  onTestFinished(() => {
    vi.useRealTimers();
  });
}

/** Lets the sockets have their turn. */
export function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

/** Waits until a number has not changed for many turns. */
export async function stillness(read: () => number): Promise<void> {
  for (let still = 0, last = read(); still < 100; still += 1) {
    await turn();
    if (read() !== last) still = 0;
    last = read();
  }
}
