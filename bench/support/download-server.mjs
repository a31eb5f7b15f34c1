// The server of the bench of downloads, a process of its own: each answer begins 80 ms after its request, each connection gets 20 MB/s. Requests
// that are sent ahead wait side by side, and are answered in order. It speaks just as much HTTP as its clients do.
import { createServer } from "node:net";
import { BYTES_PER_SECOND, contentOf, filePath, LATENCY_MS, sizeOf } from "./download-files.mjs";

/** Between two looks at all connections. */
const TICK_MS = 4;
/** What a connection may catch up on after a look that came late. */
const MOST_LATE_MS = 50;
const BYTES_PER_MS = BYTES_PER_SECOND / 1000;
const FILE = new RegExp(`^${filePath(0).slice(0, -1)}(\\d+)`);
const LAST_MODIFIED = "Mon, 23 Nov 2015 10:00:00 GMT";

/** @typedef {{ startMs: number, head: string, body: Buffer }} Answer What is due to a client, and from when on. */

/** One client: what is due to it, and how much of the first was sent. */
class Client {
  /** @type {Answer[]} */
  #due = [];
  #sentBytes = 0;
  #isHeadSent = false;
  #startMs = 0;
  #received = "";
  #socket;

  constructor(/** @type {import("node:net").Socket} */ socket) {
    this.#socket = socket;
  }

  /** Takes bytes of requests. */
  receive(/** @type {string} */ text) {
    this.#received += text;
    for (;;) {
      const end = this.#received.indexOf("\r\n\r\n");
      if (end < 0) return;
      const head = this.#received.slice(0, end);
      const [, length = "0"] = /^content-length: *(\d+)/im.exec(head) ?? [];
      const next = end + 4 + Number(length);
      if (this.#received.length < next) return;
      const path = head.split(" ", 2)[1] ?? "";
      this.#due.push(answer(path, this.#received.slice(end + 4, next)));
      this.#received = this.#received.slice(next);
    }
  }

  /** Sends what may be sent by now. */
  step(/** @type {number} */ nowMs) {
    for (let first = this.#due[0]; first !== undefined && first.startMs <= nowMs; first = this.#due[0]) {
      if (this.#socket.writableLength > 0) {
        // It takes no more: what it misses by that, it does not catch up on.
        this.#startMs = Math.max(this.#startMs, nowMs - MOST_LATE_MS - this.#sentBytes / BYTES_PER_MS);
        return;
      }
      if (!this.#isHeadSent) this.#begin(first, nowMs);
      if (!this.#continue(first, nowMs)) return;
      this.#due.shift();
      this.#isHeadSent = false;
    }
  }

  /** A body begins where its wait and the body before it have ended. */
  #begin(/** @type {Answer} */ { startMs, head }, /** @type {number} */ nowMs) {
    const freeMs = this.#startMs + this.#sentBytes / BYTES_PER_MS;
    this.#startMs = Math.max(startMs, freeMs, nowMs - MOST_LATE_MS);
    this.#sentBytes = 0;
    this.#isHeadSent = true;
    this.#socket.write(head, "latin1");
  }

  /** Whether the body is at its end. */
  #continue(/** @type {Answer} */ { body }, /** @type {number} */ nowMs) {
    const allowed = Math.floor((nowMs - this.#startMs) * BYTES_PER_MS);
    const end = Math.min(body.length, allowed, this.#sentBytes + MOST_LATE_MS * BYTES_PER_MS);
    if (end > this.#sentBytes) {
      this.#socket.write(body.subarray(this.#sentBytes, end));
      this.#sentBytes = end;
    }
    return this.#sentBytes === body.length;
  }
}

/** @returns {Answer} */
function answer(/** @type {string} */ path, /** @type {string} */ form) {
  const startMs = performance.now() + LATENCY_MS;
  const [, id] = FILE.exec(path) ?? [];
  if (id !== undefined && sizeOf(Number(id)) !== undefined) {
    return withHead(startMs, "200 OK", "application/octet-stream", contentOf(Number(id)));
  }
  if (!path.startsWith("/api/v2/data/query.json")) {
    return withHead(startMs, "404 Not Found", "text/plain", Buffer.from("no such file"));
  }
  const query = decodeURIComponent(path.includes("?") ? path.slice(path.indexOf("?")) : form);
  return withHead(startMs, "200 OK", "application/json", Buffer.from(JSON.stringify(rowsOf(query))));
}

/** Rows of the files that a query names, page by page. */
function rowsOf(/** @type {string} */ query) {
  const count = (/** @type {string} */ option) => {
    const [, digits] = new RegExp(`\\[${option}\\$eq(\\d+)\\]`).exec(query) ?? [];
    return digits === undefined ? undefined : Number(digits);
  };
  const ids = (/\[id\$(?:in|eq)([\d,]+)\]/.exec(query)?.[1] ?? "").split(",").filter((id) => sizeOf(Number(id)));
  const start = count("start_row") ?? 0;
  const rows = ids.slice(start, start + (count("num_rows") ?? 50));
  const msg = rows.map((id) => ({ id: Number(id), path: `/${id}.dat`, download_link: filePath(Number(id)) }));
  return { success: true, id: 0, start_row: start, num_rows: msg.length, total_rows: ids.length, msg };
}

/** @returns {Answer} */
function withHead(
  /** @type {number} */ startMs,
  /** @type {string} */ status,
  /** @type {string} */ type,
  /** @type {Buffer} */ body,
) {
  const fields = [`content-type: ${type}`, `content-length: ${body.length}`, `last-modified: ${LAST_MODIFIED}`];
  return { startMs, head: `HTTP/1.1 ${status}\r\n${fields.join("\r\n")}\r\n\r\n`, body };
}

/** @type {Set<Client>} */
const clients = new Set();
const server = createServer((socket) => {
  const client = new Client(socket);
  clients.add(client);
  socket.setNoDelay(true).setEncoding("latin1");
  socket.on("data", (text) => client.receive(String(text)));
  socket.on("error", () => {}); // A client that goes away.
  socket.on("close", () => clients.delete(client));
});
setInterval(() => {
  const nowMs = performance.now();
  for (const client of clients) client.step(nowMs);
}, TICK_MS);
server.listen(0, "127.0.0.1", 1024, () => {
  const address = server.address();
  process.send?.(typeof address === "object" ? address?.port : undefined);
});
// The parent's end is this one's.
process.on("disconnect", () => process.exit());
