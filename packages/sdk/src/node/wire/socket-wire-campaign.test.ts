import type { Socket } from "node:net";
import fc from "fast-check";
import { expect, test } from "vitest";
import { checkAsyncProperty } from "../../../../../tests/support/property.ts";
import { askFor, closing, startRawServer, turn } from "../../../../../tests/support/wire-kit.ts";
import { isAtlasError } from "../../errors.ts";
import { createSocketWire } from "./socket-wire.ts";

/** What the server does with one request, and the client while it is answered. */
interface Fate {
  readonly size: number;
  readonly isChunked: boolean;
  readonly end: "kept" | "announced" | "silent" | "reset" | "cut";
  readonly pauses: number;
  readonly sink: "fast" | "slow" | "unread" | "fails" | "aborts";
}

const fate: fc.Arbitrary<Fate> = fc.record({
  size: fc.oneof(fc.nat(20), fc.nat(200_000)),
  isChunked: fc.boolean(),
  end: fc.constantFrom("kept", "kept", "kept", "kept", "announced", "silent", "reset", "cut"),
  pauses: fc.nat(4),
  sink: fc.constantFrom("fast", "fast", "slow", "slow", "unread", "fails", "aborts"),
});

const campaign = fc.record({
  fates: fc.array(fate, { minLength: 1, maxLength: 25 }),
  pipelining: fc.integer({ min: 1, max: 4 }),
  connections: fc.integer({ min: 1, max: 4 }),
});

const FAILURE = new Error("the sink fails");
const ABORT = new Error("the signal aborts");

function bodyOf(index: number, { size }: Fate): string {
  return String.fromCharCode(97 + (index % 26)).repeat(size);
}

function answerOf(index: number, given: Fate): string {
  const body = bodyOf(index, given);
  const connection = given.end === "announced" ? "connection: close\r\n" : "";
  if (!given.isChunked) return `HTTP/1.1 200 OK\r\n${connection}content-length: ${body.length}\r\n\r\n${body}`;
  const chunks = body.match(/.{1,7000}/g) ?? [];
  const framed = chunks.map((chunk) => `${chunk.length.toString(16)}\r\n${chunk}\r\n`).join("");
  return `HTTP/1.1 200 OK\r\n${connection}transfer-encoding: chunked\r\n\r\n${framed}0\r\n\r\n`;
}

/** Answers the requests of a connection one after another, each as its fate is. */
async function answer(socket: Socket, index: number, given: Fate): Promise<void> {
  if (socket.destroyed || socket.writableEnded) return;
  for (let pause = 0; pause < given.pauses; pause += 1) await turn();
  const text = answerOf(index, given);
  if (given.end === "cut" || given.end === "reset") {
    socket.write(text.slice(0, text.length >> 1));
    await turn();
    if (given.end === "reset") socket.resetAndDestroy();
    else socket.end();
  } else if (given.end === "kept") socket.write(text);
  else socket.end(text);
}

test("get() gives every request its own bytes or an error, whatever becomes of the connections", async () => {
  const property = fc.asyncProperty(campaign, async ({ fates, pipelining, connections }) => {
    const queues = new Map<Socket, Promise<void>>();
    const server = await startRawServer(({ socket, path }) => {
      const index = Number(path.slice(1));
      const given = fates[index];
      if (given === undefined) throw new Error(`Nobody asks for ${path}`);
      queues.set(
        socket,
        (queues.get(socket) ?? Promise.resolve()).then(() => answer(socket, index, given)),
      );
    });
    const wire = closing(createSocketWire({ pipelining }));
    wire.limit(connections);
    const outcomes = await Promise.all(
      fates.map(async (given, index) => {
        const controller = new AbortController();
        let text = "";
        const write = (bytes: Uint8Array): Promise<void> | undefined => {
          if (given.sink === "fails") throw FAILURE;
          if (given.sink === "aborts") controller.abort(ABORT);
          text += new TextDecoder().decode(bytes);
          return given.sink === "slow" ? turn() : undefined;
        };
        const open = (): { write: typeof write } | undefined => (given.sink === "unread" ? undefined : { write });
        const ask = askFor(`${server.origin}/${index}`, { signal: controller.signal });
        try {
          await wire.get(ask, open);
          return { isRight: given.sink === "unread" || text === bodyOf(index, given), error: undefined };
        } catch (error) {
          return { isRight: bodyOf(index, given).startsWith(text), error };
        }
      }),
    );
    for (const [index, { isRight, error }] of outcomes.entries()) {
      expect(isRight).toBe(true);
      const { end, sink, size } = fates[index] ?? {};
      if (error === FAILURE) expect(sink).toBe("fails");
      else if (error === ABORT) expect(sink).toBe("aborts");
      else if (error !== undefined) {
        expect(isAtlasError(error, "ATLAS_CONNECTION")).toBe(true);
        expect(end === "cut" || end === "reset" || end === "silent").toBe(true);
      } else if (end === "cut" && sink !== "unread") expect(size).toBe(-1);
    }
    expect(server.requests.length).toBeLessThanOrEqual(fates.length * 4);
    wire.close();
  });
  await checkAsyncProperty(property, 60);
});
