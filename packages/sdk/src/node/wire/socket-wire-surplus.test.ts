import { expect, test } from "vitest";
import { defer, rejectionOf } from "../../../../../tests/support/fault-server.ts";
import {
  closing,
  getText,
  type RawRequest,
  startRawServer,
  turn,
  withLength,
} from "../../../../../tests/support/wire-kit.ts";
import { ConnectionError } from "../../errors.ts";
import { createSocketWire } from "./socket-wire.ts";
import type { Wire } from "./wire.ts";

const SURPLUS = "more bytes came than the answer says that it has";

/** What comes instead of one answer. */
const ANSWERS: readonly (readonly [string, (request: RawRequest) => void])[] = [
  ["twice at once", ({ socket, path }) => socket.write(withLength(path).repeat(2))],
  [
    "twice, one write each",
    ({ socket, path }) => {
      socket.setNoDelay(true);
      socket.write(withLength(path));
      socket.write(withLength(path));
    },
  ],
  ["with another behind it", ({ socket, path }) => socket.write(withLength(path) + withLength("smuggled"))],
  ["longer than it says", ({ socket, path }) => socket.write(`${withLength(path)}!`)],
  ["longer than it says, at the end", ({ socket, path }) => socket.end(`${withLength(path)}!`)],
  [
    "with bytes behind its last chunk",
    ({ socket }) => socket.write("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n1\r\nx\r\n0\r\n\r\n\r\n"),
  ],
];

/** Gets paths all at once, some of whose answers are not as they should be, and says of each its text or why there is none. */
async function getAll(wire: Wire, origin: string, paths: readonly string[]): Promise<string[]> {
  const outcomes = await Promise.allSettled(paths.map((path) => getText(wire, origin + path)));
  return outcomes.map((outcome) => (outcome.status === "fulfilled" ? outcome.value.text : String(outcome.reason)));
}

test.each(ANSWERS)(
  "get() rejects with a ConnectionError when an answer comes %s, and gives nobody else of it",
  async (_how, answer) => {
    const paths = Array.from({ length: 20 }, (_, index) => `/${index}`);
    for (const pipelining of [1, 2]) {
      const server = await startRawServer((request) => {
        if (request.path === "/1") answer(request);
        else request.socket.write(withLength(request.path));
      });
      const wire = closing(createSocketWire({ pipelining }));
      wire.limit(2);
      const texts = await getAll(wire, server.origin, paths);
      expect(texts[1]).toContain(SURPLUS);
      expect(texts.toSpliced(1, 1)).toEqual(paths.toSpliced(1, 1));
      expect(wire.capacity(1, server.origin)).toBe(1);
      expect(await rejectionOf(getText(wire, `${server.origin}/1`))).toBeInstanceOf(ConnectionError);
    }
  },
);

test("get() sends nothing ahead of bytes that are there already", async () => {
  const server = await startRawServer(({ socket, path, connection }) => {
    const isDoubled = connection === 1 && path === "/a";
    socket.write(withLength(path).repeat(isDoubled ? 2 : 1));
  });
  const wire = closing(createSocketWire({ pipelining: 4 }));
  wire.limit(1);
  await getText(wire, `${server.origin}/warm`);
  const others: Promise<{ text: string }>[] = [];
  const failed = rejectionOf(
    wire.get({ url: `${server.origin}/a`, headers: {}, timeoutMs: 20_000, maxRedirects: 0 }, () => ({
      write() {
        // While the bytes behind the body are being read, and while they wait for this sink.
        others.push(getText(wire, `${server.origin}/b`));
        setImmediate(() => others.push(getText(wire, `${server.origin}/c`)));
        return turn().then(turn);
      },
    })),
  );
  expect(await failed).toBeInstanceOf(ConnectionError);
  expect((await Promise.all(others)).map((other) => other.text)).toEqual(["/b", "/c"]);
  expect(server.requests.map(({ path, connection }) => `${connection}${path}`)).toEqual([
    "1/warm",
    "1/a",
    "2/b",
    "2/c",
  ]);
});

test("get() sends nothing ahead to an origin that sent what nobody asked for", async () => {
  const closed = defer();
  const server = await startRawServer(({ socket, path, connection }) => {
    socket.once("close", () => closed.resolve());
    socket.write(withLength(path));
    if (connection === 1) setImmediate(() => setImmediate(() => socket.write("HTTP/1.1 408 Too Late\r\n\r\n")));
  });
  const wire = closing(createSocketWire({ pipelining: 2 }));
  wire.limit(1);
  await getText(wire, `${server.origin}/a`);
  expect(wire.capacity(4, server.origin)).toBe(8);
  await closed.promise;
  expect(wire.capacity(4, server.origin)).toBe(4);
  expect(wire.capacity(4)).toBe(8);
  expect((await getText(wire, `${server.origin}/b`)).text).toBe("/b");
});

test("get() uses one connection for what is asked one after the other", async () => {
  const server = await startRawServer(({ socket, path }) => socket.write(withLength(path)));
  const wire = closing(createSocketWire());
  for (const path of ["/a", "/b", "/c"]) await getText(wire, server.origin + path);
  expect(server.requests.map(({ connection }) => connection)).toEqual([1, 1, 1]);
});
