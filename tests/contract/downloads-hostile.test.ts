// Servers that mean harm: each item ends with a reason, soon, in bounded memory, and the next one is had.
import type { Socket } from "node:net";
import { gzipSync } from "node:zlib";
import { type DownloadItem, type DownloadOptions, downloadAll } from "@brainatlas/sdk/node";
import { describe, expect, test } from "vitest";
import { listFiles } from "../support/chaos-check.ts";
import { startFaultServer, startTcpServer, text } from "../support/fault-server.ts";
import { temporaryFolder } from "../support/temporary.ts";

const MAX_FILE_BYTES = 1_000_000;
/** What may have been sent before the client's leaving shows. */
const MAX_SENT_BYTES = 40_000_000;
const BOMB_BYTES = 64_000_000;
const BLOCK = Buffer.alloc(65_536, "x");

/** Heads that end, and what is wrong with them. */
const HEADS: readonly [string, string][] = [
  ["a length of 2^63", "HTTP/1.1 200 OK\r\ncontent-length: 9223372036854775808\r\n\r\nshort"],
  ["a length of 2^64", "HTTP/1.1 200 OK\r\ncontent-length: 18446744073709551616\r\n\r\nshort"],
  ["a length of 2^53 - 1", "HTTP/1.1 200 OK\r\ncontent-length: 9007199254740991\r\n\r\nshort"],
  ["a length with 400 digits", `HTTP/1.1 200 OK\r\ncontent-length: ${"9".repeat(400)}\r\n\r\nshort`],
  ["a negative length", "HTTP/1.1 200 OK\r\ncontent-length: -5\r\n\r\nshort"],
  ["a length in words", "HTTP/1.1 200 OK\r\ncontent-length: five\r\n\r\nshort"],
  ["two lengths", "HTTP/1.1 200 OK\r\ncontent-length: 5\r\ncontent-length: 3\r\n\r\nshort"],
  ["a chunk of 2^64", "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n10000000000000000\r\nshort"],
  ["a negative chunk", "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n-5\r\nshort\r\n0\r\n\r\n"],
  ["a chunk without a length", "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n\r\nshort\r\n0\r\n\r\n"],
  ["no HTTP", "220 mail.example.org ESMTP\r\n\r\n"],
  ["another protocol", "HTTP/9.9 200 OK\r\n\r\n"],
  ["no status", "HTTP/1.1 OK\r\n\r\n"],
  ["a status of 9999", "HTTP/1.1 9999 OK\r\ncontent-length: 5\r\n\r\nshort"],
  ["a field without a colon", "HTTP/1.1 200 OK\r\nnonsense\r\ncontent-length: 5\r\n\r\nshort"],
  ["a redirect to a word of 10 MB", `HTTP/1.1 302 Found\r\nlocation: /${"a".repeat(10_000_000)}\r\n\r\n`],
  ["a switch of protocols", "HTTP/1.1 101 Switching Protocols\r\nupgrade: h2c\r\n\r\n"],
];

/** What is sent without an end, after what. */
const ENDLESS: readonly [string, string, Buffer][] = [
  ["body", "HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n", BLOCK],
  ["body of chunks", "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n", chunk(BLOCK)],
  ["body of 2^52 bytes", "HTTP/1.1 200 OK\r\ncontent-length: 4503599627370496\r\n\r\n", BLOCK],
  ["field", "HTTP/1.1 200 OK\r\nx: ", BLOCK],
  ["list of fields", "HTTP/1.1 200 OK\r\n", Buffer.from("x: y\r\n".repeat(10_000))],
  ["row of hints", "", Buffer.from("HTTP/1.1 103 Early Hints\r\n\r\n".repeat(2000))],
  ["extension of a chunk", "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5;", BLOCK],
  ["trailer", "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n0\r\n", Buffer.from("x: y\r\n".repeat(10_000))],
  ["status line", "HTTP/1.1 200 ", BLOCK],
];

describe("downloadAll() from a server that means harm", () => {
  test.each(ENDLESS)("ends an endless %s", async (_, head, block) => {
    const sent = { bytes: 0 };
    const origin = await startTcpServer((socket) => {
      socket.once("data", () => {
        socket.write(head);
        sendForever(socket, block, sent);
      });
    });
    await expectFailure(`${origin}/plate.bin`, { maxFileBytes: MAX_FILE_BYTES });
    expect(sent.bytes).toBeLessThan(MAX_SENT_BYTES);
  });

  test.each(HEADS)("reports %s", async (_, answer) => {
    const origin = await startTcpServer((socket) => socket.once("data", () => socket.end(answer)));
    await expectFailure(`${origin}/plate.bin`);
  });

  test("ends a chain of 10,000 redirects early", async () => {
    const server = await startFaultServer({
      "/plate": (response, request) => {
        const [, nth = 0] = /\?(\d+)/.exec(request.url ?? "") ?? [];
        response.writeHead(302, { location: Number(nth) < 10_000 ? `?${Number(nth) + 1}` : "/right" }).end();
      },
    });
    await expectFailure(`${server.origin}/plate`, { retries: 0 });
    expect(server.paths.length).toBeLessThan(100);
  });

  test.each(["1000000000", `1${"0".repeat(400)}`, "Fri, 31 Dec 9999 23:59:59 GMT"])(
    "does not wait for a Retry-After of %s",
    async (value) => {
      const server = await startFaultServer({ "/plate": text(503, "later", { "retry-after": value }) });
      const { attempts } = await expectFailure(`${server.origin}/plate`, { maxBackoffMs: 60_000 });
      expect(attempts).toBe(1);
    },
  );

  test.each(["-5", "soon", "1e9", "0x7fffffff", "Thu, 01 Jan 1970 00:00:00 GMT"])(
    "takes a Retry-After of %s for none",
    async (value) => {
      const server = await startFaultServer({ "/plate": text(503, "later", { "retry-after": value }) });
      const { attempts } = await expectFailure(`${server.origin}/plate`, { retries: 2 });
      expect(attempts).toBe(3);
    },
  );

  test("stops reading a volume that unpacks to more than it promises", async () => {
    const head = "NRRD0004\ntype: uint8\ndimension: 3\nsizes: 1 1 10\nencoding: gzip\n\n";
    const body = Buffer.concat([Buffer.from(head), gzipSync(Buffer.alloc(BOMB_BYTES))]);
    const server = await startFaultServer({ "/volume": (response) => response.end(body) });
    await expectFailure(`${server.origin}/volume`, { retries: 0 }, { name: "volume.nrrd" });
  });

  test("takes no volume of more voxels than numbers can count", async () => {
    const sizes = "4294967296 4294967296 4294967296";
    const body = `NRRD0004\ntype: double\ndimension: 3\nsizes: ${sizes}\nencoding: raw\n\n`;
    const server = await startFaultServer({ "/volume": (response) => response.end(body) });
    await expectFailure(`${server.origin}/volume`, { retries: 0 }, { name: "volume.nrrd" });
  });

  test("ends an answer that is packed and unpacks to more than is allowed", async () => {
    const packed = gzipSync(Buffer.alloc(BOMB_BYTES));
    const server = await startFaultServer({
      "/plate": (response) => response.writeHead(200, { "content-encoding": "gzip" }).end(packed),
    });
    await expectFailure(`${server.origin}/plate`, { maxFileBytes: MAX_FILE_BYTES });
  });

  test.each([
    ["zip", Buffer.concat([Buffer.from("PK\u0005\u0006"), Buffer.alloc(14, 0xff), Buffer.alloc(4)])],
    ["jpg", Buffer.from([0xff, 0xd8])],
    ["json", Buffer.from("[".repeat(500_000))],
    ["svg", Buffer.from("<svg")],
    ["nrrd", Buffer.from("NRRD0004\n")],
    ["zip", Buffer.alloc(0)],
    ["jpg", Buffer.alloc(0)],
  ])("takes no %s that only begins as one", async (ending, body) => {
    const server = await startFaultServer({ "/file": (response) => response.end(body) });
    await expectFailure(`${server.origin}/file`, { retries: 0 }, { name: `file.${ending}` });
  });
});

/** Expects that an item fails, that the next one does not, and that nothing lies about. */
async function expectFailure(url: string, options: Partial<DownloadOptions> = {}, item: Partial<DownloadItem> = {}) {
  const good = await startFaultServer({ "/right": text(200, "right") });
  const directory = await temporaryFolder();
  const items = [
    { url, name: "plate.bin", ...item },
    { url: `${good.origin}/right`, name: "right.txt" },
  ];
  const limits = { timeoutMs: 2000, retries: 1, backoffMs: 1 };
  const { failures, fetched } = await downloadAll(items, { directory, ...limits, ...options });
  expect([failures.map((failure) => failure.item.url), fetched]).toEqual([[url], 1]);
  expect(await listFiles(directory)).toEqual(["manifest.ndjson", "right.txt"]);
  const { reason = "", attempts = 0 } = failures[0] ?? {};
  expect(reason.length).toBeGreaterThan(10);
  expect(reason.length).toBeLessThan(2000);
  return { attempts, reason };
}

function sendForever(socket: Socket, block: Buffer, sent: { bytes: number }): void {
  while (!socket.destroyed && sent.bytes < MAX_SENT_BYTES * 2) {
    sent.bytes += block.length;
    if (!socket.write(block)) {
      socket.once("drain", () => sendForever(socket, block, sent));
      return;
    }
  }
}

function chunk(block: Buffer): Buffer {
  return Buffer.concat([Buffer.from(`${block.length.toString(16)}\r\n`), block, Buffer.from("\r\n")]);
}
