import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { expect, onTestFinished, test, vi } from "vitest";
import { defer } from "../../../../../tests/support/fault-server.ts";
import { closing, getText, startRawServer, withLength } from "../../../../../tests/support/wire-kit.ts";
import { createSocketWire } from "./socket-wire.ts";

/** Whether every address of the loopback network leads to this machine: each is an origin of its own. */
const hasManyAddresses = process.platform === "linux";

test.skipIf(!hasManyAddresses)("get() keeps no more than some connections open over all origins", async () => {
  const open = new Set<Socket>();
  const server = createServer((request, response) => response.end(request.url));
  server.on("connection", (socket) => {
    open.add(socket);
    socket.once("close", () => open.delete(socket));
  });
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  server.listen(0);
  await once(server, "listening");
  // A TCP server's address is of this kind.
  const { port } = server.address() as AddressInfo;
  const wire = closing(createSocketWire());
  let most = 0;
  for (let number = 1; number <= 300; number += 1) {
    const url = `http://127.0.${number >> 8}.${number & 255}:${port}/${number}`;
    expect((await getText(wire, url)).text).toBe(`/${number}`);
    most = Math.max(most, open.size);
  }
  expect(most).toBeGreaterThan(1);
  expect(most).toBeLessThan(60);
});

test("limit() is that of an origin where it names one, and of all others otherwise", async () => {
  const held = defer();
  const answer = ({ socket, path }: { socket: { write: (text: string) => unknown }; path: string }): void => {
    held.promise.then(() => socket.write(withLength(path)));
  };
  const [narrow, other] = [await startRawServer(answer), await startRawServer(answer)];
  const wire = closing(createSocketWire());
  wire.limit(3);
  wire.limit(1, narrow.origin);
  const paths = ["/1", "/2", "/3", "/4"];
  const all = [narrow, other].flatMap(({ origin }) => paths.map((path) => getText(wire, origin + path)));
  await vi.waitFor(() => expect(other.requests).toHaveLength(3));
  expect(narrow.open.size).toBe(1);
  held.resolve();
  expect((await Promise.all(all)).map(({ text }) => text)).toEqual([...paths, ...paths]);
  expect(new Set(narrow.requests.map(({ connection }) => connection)).size).toBe(1);
  wire.unlimit(narrow.origin);
  await Promise.all(paths.map((path) => getText(wire, narrow.origin + path)));
  expect(new Set(narrow.requests.map(({ connection }) => connection)).size).toBe(3);
  expect(() => wire.limit(0, narrow.origin)).toThrow(RangeError);
});
