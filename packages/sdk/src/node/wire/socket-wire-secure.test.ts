import { Buffer } from "node:buffer";
import { once } from "node:events";
import { createServer, type ServerOptions } from "node:https";
import type { AddressInfo } from "node:net";
import type { TLSSocket } from "node:tls";
import { expect, onTestFinished, test } from "vitest";
import { rejectionOf } from "../../../../../tests/support/fault-server.ts";
import { makeSelfSigned } from "../../../../../tests/support/self-signed.ts";
import { askFor, closing, getText } from "../../../../../tests/support/wire-kit.ts";
import { ConnectionError } from "../../errors.ts";
import { createSocketWire } from "./socket-wire.ts";

interface SecureServer {
  readonly port: number;
  readonly sockets: TLSSocket[];
}

async function serve(options: ServerOptions, body: Uint8Array): Promise<SecureServer> {
  const sockets: TLSSocket[] = [];
  const server = createServer(options, (request, response) => {
    if (request.url !== "/chunked") response.writeHead(200, { "content-length": body.length }).end(body);
    else {
      response.writeHead(200, { connection: "close" });
      for (let at = 0; at < body.length; at += 1000) response.write(body.subarray(at, at + 1000));
      response.end();
    }
  });
  server.on("secureConnection", (socket: TLSSocket) => sockets.push(socket));
  server.on("tlsClientError", () => {}); // Clients that do not trust it go away: that is what is tested.
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  // A TCP server's address is of this kind.
  return { port: (server.address() as AddressInfo).port, sockets };
}

const HELLO = Buffer.from("hello");

test("get() speaks HTTP/1.1 over TLS, names the host, and keeps the connection", async () => {
  const trusted = makeSelfSigned(["localhost"]);
  const { port, sockets } = await serve({ ...trusted, ALPNProtocols: ["h2", "http/1.1"] }, HELLO);
  const wire = closing(createSocketWire({ ca: trusted.cert }));
  for (let round = 0; round < 3; round += 1) {
    expect((await getText(wire, `https://localhost:${port}/`)).text).toBe("hello");
  }
  expect(sockets).toHaveLength(1);
  expect(sockets[0]).toMatchObject({ servername: "localhost", alpnProtocol: "http/1.1" });
});

test("get() verifies an address as well, to which no name is sent", async () => {
  const trusted = makeSelfSigned([], ["127.0.0.1"]);
  const { port, sockets } = await serve(trusted, HELLO);
  const wire = closing(createSocketWire({ ca: trusted.cert }));
  expect((await getText(wire, `https://127.0.0.1:${port}/`)).text).toBe("hello");
  expect(sockets[0]).toMatchObject({ servername: false });
  expect(await rejectionOf(getText(wire, `https://localhost:${port}/`))).toBeInstanceOf(ConnectionError);
});

test("get() takes no certificate that it does not trust, or that is for another host", async () => {
  const trusted = makeSelfSigned(["localhost"]);
  const { port } = await serve(trusted, HELLO);
  const plain = await rejectionOf(getText(closing(createSocketWire()), `https://localhost:${port}/`));
  expect(plain).toBeInstanceOf(ConnectionError);
  expect((plain as Error).message).toContain("the server's certificate is self-signed");
  const wire = closing(createSocketWire({ ca: trusted.cert }));
  const other = await rejectionOf(getText(wire, `https://127.0.0.1:${port}/`));
  expect(other).toBeInstanceOf(ConnectionError);
  expect((other as Error).message).toContain("127.0.0.1");
});

test("get() reads a long body over TLS whole, whatever time its sink takes", async () => {
  const trusted = makeSelfSigned(["localhost"]);
  const body = Buffer.from(Array.from({ length: 1_000_000 }, (_, index) => (index * index) >> 5));
  const { port } = await serve(trusted, body);
  const wire = closing(createSocketWire({ ca: trusted.cert }));
  const everies = [Number.POSITIVE_INFINITY, 5, 1];
  for (const [path, every] of ["", "chunked"].flatMap((name) => everies.map((count) => [name, count] as const))) {
    const got: Buffer[] = [];
    let isWaiting = false;
    await wire.get(askFor(`https://localhost:${port}/${path}`), () => ({
      write(bytes) {
        expect(isWaiting).toBe(false);
        got.push(Buffer.from(bytes));
        if (got.length % every !== 0) return undefined;
        isWaiting = true;
        return new Promise((resolve) => {
          setImmediate(() => {
            isWaiting = false;
            resolve();
          });
        });
      },
    }));
    expect(Buffer.concat(got).equals(body)).toBe(true);
  }
});

test("get() says that there is no TLS where there is none", async () => {
  const { port } = await serve(makeSelfSigned(["localhost"]), HELLO);
  const wire = closing(createSocketWire());
  expect(await rejectionOf(getText(wire, `http://127.0.0.1:${port}/`))).toBeInstanceOf(ConnectionError);
});

test("get() takes no answer for another's when it comes twice over TLS, in a record each", async () => {
  const trusted = makeSelfSigned(["localhost"]);
  const { port, sockets } = await serve(trusted, HELLO);
  const wire = closing(createSocketWire({ ca: trusted.cert }));
  wire.limit(1);
  const url = `https://localhost:${port}/`;
  await getText(wire, url);
  const [socket] = sockets;
  socket?.setNoDelay(true);
  socket?.removeAllListeners("data");
  socket?.on("data", () => {
    for (let time = 0; time < 2; time += 1) socket.write("HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nfirst");
  });
  const first = rejectionOf(getText(wire, url));
  const second = getText(wire, url);
  expect(await first).toBeInstanceOf(ConnectionError);
  expect((await second).text).toBe("hello");
});
