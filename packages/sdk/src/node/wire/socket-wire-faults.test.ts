import { Buffer } from "node:buffer";
import { expect, test, vi } from "vitest";
import { defer, rejectionOf } from "../../../../../tests/support/fault-server.ts";
import {
  askFor,
  closing,
  createHaltingSink,
  fakeTime,
  getText,
  type RawRequest,
  type RawServer,
  startRawServer,
  stillness,
  turn,
  withLength,
} from "../../../../../tests/support/wire-kit.ts";
import { ConnectionError, TimeoutError } from "../../errors.ts";
import { createSocketWire } from "./socket-wire.ts";
import type { OpenSink, Wire } from "./wire.ts";

async function serve(answer: (request: RawRequest) => void): Promise<{ server: RawServer; url: string; wire: Wire }> {
  const server = await startRawServer(answer);
  return { server, url: `${server.origin}/x`, wire: closing(createSocketWire()) };
}

const HEAD = "HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\n";
const CHUNKED_HEAD = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n";

test.each([
  ["", "the connection was broken off"],
  ["HTTP/1.1 2", "the connection was broken off"],
  [`${HEAD}12345`, "the body ended after 5 of 10 bytes"],
  [`${CHUNKED_HEAD}5\r\n123`, "the body ended after 3 bytes, before its last chunk"],
  [`${CHUNKED_HEAD}3\r\n123\r\n0\r\n`, "the body ended after 3 bytes, before its last chunk"],
  ["220 mail.test ESMTP\r\n", "the answer is no HTTP/1"],
  ["HTTP/1.1 200 OK\r\n folded\r\n\r\n", "a header field is malformed"],
  ["HTTP/1.1 200 OK\r\ncontent-length: 1, 2\r\n\r\n", "the body has several lengths"],
  [`${CHUNKED_HEAD}zz\r\n`, "a chunk of the body has no size"],
])("get() rejects with a ConnectionError when the answer ends after %j", async (answer, words) => {
  const { url, wire } = await serve(({ socket }) => socket.end(answer, "latin1"));
  const error = await rejectionOf(getText(wire, url));
  expect(error).toBeInstanceOf(ConnectionError);
  expect((error as Error).message).toContain(words);
});

test("get() rejects with a ConnectionError when the connection is reset within a body", async () => {
  const { server, url, wire } = await serve(({ socket }) => socket.write(`${HEAD}123`));
  const open: OpenSink = () => ({
    write() {
      server.requests[0]?.socket.resetAndDestroy();
      return undefined;
    },
  });
  const error = await rejectionOf(wire.get(askFor(url), open));
  expect(error).toBeInstanceOf(ConnectionError);
  expect((error as Error).message).toContain("the connection was broken off");
});

test("get() does not read an endless head", async () => {
  const { url, wire } = await serve(({ socket }) => {
    const line = `x-endless: ${"x".repeat(1000)}\r\n`;
    socket.write("HTTP/1.1 200 OK\r\n");
    const more = (): void => {
      while (socket.writable && socket.write(line));
    };
    socket.on("drain", more);
    more();
  });
  const error = await rejectionOf(getText(wire, url));
  expect(error).toBeInstanceOf(ConnectionError);
  expect((error as Error).message).toContain("the head of the answer is longer than 65536 bytes");
});

test.each(["", "HTTP/1.1 200 OK\r\n", `${HEAD}123`, `${CHUNKED_HEAD}3\r\n12`])(
  "get() rejects with a TimeoutError when nothing comes after %j",
  async (answer) => {
    const { server, url, wire } = await serve(({ socket, path }) => {
      socket.write(path === "/x" ? answer : withLength(path));
    });
    const error = await rejectionOf(getText(wire, url, { timeoutMs: 30 }));
    expect(error).toBeInstanceOf(TimeoutError);
    expect(error).toMatchObject({ url, timeoutMs: 30, scope: "attempt", attempts: 1 });
    expect(server.requests).toHaveLength(1);
    expect((await getText(wire, `${server.origin}/y`)).text).toBe("/y");
  },
);

test("get() rejects with a TimeoutError when no connection is made", async () => {
  // An address for documentation, to which there is no way (RFC 5737): it is unreachable at once, or never answers.
  const wire = closing(createSocketWire());
  const error = await rejectionOf(getText(wire, "http://192.0.2.1/", { timeoutMs: 30 }));
  expect(error instanceof TimeoutError || error instanceof ConnectionError).toBe(true);
});

test("get() does not count the time that its sink takes", async () => {
  fakeTime();
  const { url, wire } = await serve(({ socket }) => socket.write(`${HEAD}1234567890`));
  const takeTime = async (): Promise<void> => {
    await turn();
    vi.advanceTimersByTime(60_000);
  };
  const open: OpenSink = async () => {
    await takeTime();
    return { write: takeTime };
  };
  expect((await wire.get(askFor(url, { timeoutMs: 30 }), open)).status).toBe(200);
});

const ABORTED = new Error("enough");

test("get() rejects with the signal's reason when it is aborted before", async () => {
  const { server, url, wire } = await serve(() => {});
  expect(await rejectionOf(getText(wire, url, { signal: AbortSignal.abort(ABORTED) }))).toBe(ABORTED);
  expect(server.requests).toHaveLength(0);
});

test.each(["", "HTTP/1.1 200 OK\r\n", HEAD, `${HEAD}123`, `${CHUNKED_HEAD}3\r\n12`])(
  "get() rejects with the signal's reason when it is aborted after %j, and ends the connection",
  async (answer) => {
    const arrived = defer();
    const gone = defer();
    const { url, wire } = await serve(({ socket }) => {
      socket.once("close", () => gone.resolve());
      socket.write(answer, () => arrived.resolve());
      if (answer === "") arrived.resolve();
    });
    const controller = new AbortController();
    const failed = rejectionOf(getText(wire, url, { signal: controller.signal }));
    await arrived.promise;
    controller.abort(ABORTED);
    expect(await failed).toBe(ABORTED);
    await gone.promise;
  },
);

test.each<[string, (never: Promise<never>) => OpenSink]>([
  ["opened", (never) => () => never],
  ["filled", (never) => () => ({ write: () => never })],
])("get() rejects with the signal's reason while its sink is being %s", async (_name, openWith) => {
  const gone = defer();
  const opened = defer();
  const { url, wire } = await serve(({ socket }) => {
    socket.once("close", () => gone.resolve());
    socket.write(`${HEAD}123`);
  });
  const controller = new AbortController();
  const open = openWith(new Promise<never>(() => {}));
  const failed = rejectionOf(
    wire.get(askFor(url, { signal: controller.signal }), (head) => {
      setImmediate(() => opened.resolve());
      return open(head);
    }),
  );
  await opened.promise;
  controller.abort(ABORTED);
  expect(await failed).toBe(ABORTED);
  await gone.promise;
});

test("get() rejects with the signal's reason while it waits for a connection, and lets others be", async () => {
  const first = defer();
  const { server, url, wire } = await serve(({ socket, path }) => {
    first.promise.then(() => socket.write(withLength(path)));
  });
  wire.limit(1);
  const controller = new AbortController();
  const got = getText(wire, url);
  const failed = rejectionOf(getText(wire, `${server.origin}/y`, { signal: controller.signal }));
  const last = getText(wire, `${server.origin}/z`);
  controller.abort(ABORTED);
  expect(await failed).toBe(ABORTED);
  first.resolve();
  expect((await got).text).toBe("/x");
  expect((await last).text).toBe("/z");
  expect(server.requests.map(({ path }) => path)).toEqual(["/x", "/z"]);
});

test("get() reads no more than some buffers while its sink is not ready, and all of it then", async () => {
  const total = 64 * 1024 * 1024;
  const block = Buffer.alloc(65_536, "x");
  let sent = 0;
  const { url, wire } = await serve(({ socket }) => {
    socket.write(`HTTP/1.1 200 OK\r\ncontent-length: ${total}\r\n\r\n`);
    const more = (): void => {
      while (sent < total) {
        sent += block.length;
        if (!socket.write(block)) break;
      }
    };
    socket.on("drain", more);
    more();
  });
  const sink = createHaltingSink();
  const got = wire.get(askFor(url), () => sink);
  await sink.first;
  await stillness(() => sent);
  expect(sink.receivedBytes).toBeLessThanOrEqual(131_072);
  expect(sent).toBeLessThan(total);
  sink.goOn();
  await got;
  expect(sink.receivedBytes).toBe(total);
});

test("get() gives a sink that takes its time every byte once, in order, however it is framed", async () => {
  const bytes = Buffer.from(Array.from({ length: 300_000 }, (_, index) => (index * index) >> 3));
  const pieces = Array.from({ length: 300 }, (_, index) => bytes.subarray(index * 1000, (index + 1) * 1000));
  const { server, wire } = await serve(({ socket, path }) => {
    if (path === "/chunked") {
      socket.write(CHUNKED_HEAD);
      for (const piece of pieces) socket.write(Buffer.concat([Buffer.from("3e8\r\n"), piece, Buffer.from("\r\n")]));
      socket.write("0\r\n\r\n");
    } else if (path === "/length") {
      socket.write(`HTTP/1.1 200 OK\r\ncontent-length: ${bytes.length}\r\n\r\n`);
      socket.write(bytes);
    } else {
      socket.write("HTTP/1.1 200 OK\r\n\r\n");
      socket.end(bytes);
    }
  });
  for (const path of ["/chunked", "/length", "/close"]) {
    const got: Buffer[] = [];
    await wire.get(askFor(server.origin + path), () => ({
      write(piece) {
        got.push(Buffer.from(piece));
        if (got.length % 3 === 0) return undefined;
        return got.length % 2 === 0 ? Promise.resolve() : new Promise((resolve) => setImmediate(resolve));
      },
    }));
    expect(Buffer.concat(got).equals(bytes)).toBe(true);
  }
});

/** Lets a minute pass with a byte every ten seconds, and says what came of the request. */
async function drip(
  pieces: readonly string[],
  minBytesPerSecond: number | undefined,
  timeoutMs: number,
): Promise<unknown> {
  fakeTime();
  const { server, url, wire } = await serve(({ socket }) => socket.write(pieces[0] ?? ""));
  let outcome: unknown;
  getText(wire, url, { minBytesPerSecond, timeoutMs }).then(
    ({ text }) => {
      outcome = text;
    },
    (error) => {
      outcome = error;
    },
  );
  for (const piece of pieces) {
    await stillness(() => server.requests.length);
    if (outcome !== undefined) break;
    if (piece !== pieces[0]) server.requests[0]?.socket.write(piece);
    await stillness(() => server.requests.length);
    for (let second = 0; second < 10; second += 1) vi.advanceTimersByTime(1000);
  }
  await stillness(() => server.requests.length);
  return outcome;
}

test("get() rejects with a ConnectionError when a body comes slower than it has to", async () => {
  const bytes = Array.from("1234567890");
  const slow = await drip([`${HEAD}`, ...bytes], 1, 30_000);
  expect(slow).toBeInstanceOf(ConnectionError);
  expect(String(slow)).toContain("the body came slower than 1 bytes a second");
});

test("get() lets a body come as slowly as it may", async () => {
  const bytes = Array.from("1234567890");
  expect(await drip([`${HEAD}`, ...bytes], 0.05, 30_000)).toBe("1234567890");
});

test("get() gives a head no more time than one wait, however it comes", async () => {
  const pieces = Array.from("HTTP/1.1 200 OK\r\n");
  expect(await drip(pieces, undefined, 45_000)).toBeInstanceOf(TimeoutError);
});
