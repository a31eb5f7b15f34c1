import { Buffer } from "node:buffer";
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { rejectionOf } from "../../../../../tests/support/fault-server.ts";
import {
  askFor,
  closing,
  createHaltingSink,
  getText,
  startRawServer,
  stillness,
} from "../../../../../tests/support/wire-kit.ts";
import { ConnectionError } from "../../errors.ts";
import { createSocketWire } from "./socket-wire.ts";
import type { Wire } from "./wire.ts";

const TEXT = Array.from({ length: 30_000 }, (_, index) => `line ${index}\n`).join("");

async function serve(coding: string, body: Buffer, status = 200): Promise<{ url: string; wire: Wire }> {
  const server = await startRawServer(({ socket }) => {
    const head = `HTTP/1.1 ${status} X\r\ncontent-encoding: ${coding}\r\ncontent-length: ${body.length}\r\n\r\n`;
    socket.write(Buffer.concat([Buffer.from(head), body]));
  });
  return { url: server.origin, wire: closing(createSocketWire()) };
}

test.each([
  ["gzip", gzipSync(TEXT)],
  ["X-Gzip", gzipSync(TEXT)],
  ["deflate", deflateSync(TEXT)],
  ["deflate", deflateRawSync(TEXT)],
  ["br", brotliCompressSync(TEXT)],
  ["identity", Buffer.from(TEXT)],
])("get() gives a body that came as %s as it was, case %#", async (coding, body) => {
  const { url, wire } = await serve(coding, body);
  const { head, text } = await getText(wire, url);
  expect(text).toBe(TEXT);
  expect(head.headers.get("content-encoding")).toBe(coding);
  expect((await getText(wire, url)).text).toBe(TEXT);
});

test("get() takes nothing as nothing, whatever it is encoded as", async () => {
  const { url, wire } = await serve("gzip", Buffer.alloc(0));
  expect((await getText(wire, url)).text).toBe("");
});

test.each([
  ["gzip", Buffer.from("plain text"), 200, "the body is not encoded as it says"],
  ["gzip", gzipSync(TEXT).subarray(0, -9), 200, "the body is not encoded as it says"],
  ["gzip", gzipSync(TEXT), 206, 'the body is a part of one encoded as "gzip"'],
  ["zstd", Buffer.from("x"), 200, 'the body is encoded as "zstd", which was not asked for'],
  ["gzip, gzip", gzipSync(gzipSync(TEXT)), 200, 'the body is encoded as "gzip, gzip"'],
  ["toString", Buffer.from("x"), 200, 'the body is encoded as "tostring"'],
])("get() refuses a body that came as %s and cannot be read, case %#", async (coding, body, status, words) => {
  const { url, wire } = await serve(coding, body, status);
  const error = await rejectionOf(getText(wire, url));
  expect(error).toBeInstanceOf(ConnectionError);
  expect((error as Error).message).toContain(words);
});

test("get() decodes no faster than its sink takes, so that little becoming much is held nowhere", async () => {
  const total = 64 * 1024 * 1024;
  const { url, wire } = await serve("gzip", gzipSync(Buffer.alloc(total)));
  const sink = createHaltingSink();
  const got = wire.get(askFor(url), () => sink);
  await sink.first;
  await stillness(() => sink.receivedBytes);
  expect(sink.receivedBytes).toBeLessThanOrEqual(65_536);
  sink.goOn();
  await got;
  expect(sink.receivedBytes).toBe(total);
});

test("get() takes a failure of the sink behind a decoder as it is", async () => {
  const { url, wire } = await serve("gzip", gzipSync(TEXT));
  const failure = new Error("disk full");
  const fail = (): never => {
    throw failure;
  };
  for (const write of [fail, () => Promise.reject(failure)]) {
    expect(await rejectionOf(wire.get(askFor(url), () => ({ write })))).toBe(failure);
  }
});
