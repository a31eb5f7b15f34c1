import { Buffer } from "node:buffer";
import { get as getByNode } from "node:http";
import type { Socket } from "node:net";
import fc from "fast-check";
import { expect, test } from "vitest";
import { checkAsyncProperty } from "../../../../../tests/support/property.ts";
import { closing, getText, startRawServer } from "../../../../../tests/support/wire-kit.ts";
import { createSocketWire } from "./socket-wire.ts";

/** An answer as it is sent, in pieces, and whether the connection ends by it. */
interface Answer {
  readonly pieces: readonly string[];
  readonly isEnd: boolean;
}

interface Seen {
  readonly status: number;
  readonly fields: readonly (readonly [string, string])[];
  readonly text: string;
}

const latin1 = fc.string({ unit: fc.integer({ min: 0, max: 255 }).map((code) => String.fromCharCode(code)) });
const name = fc.constantFrom("etag", "X-Own", "last-modified", "content-type", "x-Other");
const value = fc.stringMatching(/^[!-~]([ -~]{0,20}[!-~])?$/);
const fields = fc.uniqueArray(fc.tuple(name, value), { selector: ([key]) => key });

const answers: fc.Arbitrary<Answer> = fc
  .record({
    status: fc.constantFrom(200, 206, 404, 503, 204, 304),
    fields,
    blank: fc.constantFrom("", " ", " \t "),
    framing: fc.constantFrom("length", "chunked", "close"),
    chunks: fc.array(latin1.filter((text) => text !== "")),
    interim: fc.nat(2),
    cuts: fc.array(fc.nat(300), { maxLength: 6 }),
  })
  .map(({ status, fields: pairs, blank, framing, chunks, interim, cuts }) => {
    const isBare = status === 204 || status === 304;
    const body = isBare ? "" : bodyOf(framing, chunks);
    const length = framing === "length" ? `content-length:${blank}${chunks.join("").length}\r\n` : "";
    const coding = framing === "chunked" && !isBare ? "transfer-encoding: chunked\r\n" : "";
    const lines = pairs.map(([key, text]) => `${key}:${blank}${text}${blank}\r\n`).join("");
    const head = `HTTP/1.1 ${status} Some reason\r\n${lines}${isBare ? "" : length}${coding}\r\n`;
    const text = `${"HTTP/1.1 103 X\r\nlink: a\r\n\r\n".repeat(interim)}${head}${body}`;
    const at = [0, ...cuts.filter((cut) => cut < text.length).sort((a, b) => a - b), text.length];
    const pieces = at.slice(1).map((end, index) => text.slice(at[index], end));
    return { pieces, isEnd: framing === "close" && !isBare };
  });

function bodyOf(framing: string, chunks: readonly string[]): string {
  if (framing !== "chunked") return chunks.join("");
  return `${chunks.map((chunk) => `${chunk.length.toString(16)};x=y\r\n${chunk}\r\n`).join("")}0\r\nx-sum: 1\r\n\r\n`;
}

async function send(socket: Socket, { pieces, isEnd }: Answer): Promise<void> {
  for (const piece of pieces) await new Promise((resolve) => socket.write(piece, "latin1", resolve));
  if (isEnd) socket.end();
}

function seeByNode(url: string): Promise<Seen> {
  return new Promise((resolve, reject) => {
    getByNode(url, { agent: false }, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("end", () => {
        const headers = Object.entries(response.headersDistinct).map(([key, texts]) => [key, String(texts)] as const);
        const text = Buffer.concat(chunks).toString("latin1");
        resolve({ status: response.statusCode ?? 0, fields: headers.sort(byName), text });
      });
      response.on("error", reject);
    }).on("error", reject);
  });
}

function byName([a]: readonly [string, string], [b]: readonly [string, string]): number {
  return a < b ? -1 : 1;
}

test("get() sees of any answer what Node's own client sees", async () => {
  let answer: Answer = { pieces: [], isEnd: true };
  const server = await startRawServer(({ socket }) => {
    socket.setNoDelay(true);
    send(socket, answer);
  });
  const wire = closing(createSocketWire());
  wire.limit(1);
  const property = fc.asyncProperty(answers, async (given) => {
    answer = given;
    const { head, text } = await getText(wire, server.origin);
    const seen = { status: head.status, fields: [...head.headers], text };
    expect(seen).toEqual(await seeByNode(server.origin));
  });
  await checkAsyncProperty(property);
});

test("get() leaves nothing behind that would keep a process alive", async () => {
  const server = await startRawServer(({ socket }) => socket.write("HTTP/1.1 200 OK\r\ncontent-length: 1\r\n\r\nx"));
  const count = (kind: string): number => process.getActiveResourcesInfo().filter((name) => name === kind).length;
  const timers = count("Timeout");
  const wire = closing(createSocketWire());
  await getText(wire, server.origin);
  expect(server.open.size).toBe(1);
  // The server's own end of the connection is the one that counts.
  expect(count("TCPSocketWrap")).toBe(1);
  expect(count("Timeout")).toBe(timers);
});
