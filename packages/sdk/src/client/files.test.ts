import type { ServerResponse } from "node:http";
import { describe, expect, test } from "vitest";
import { type Answer, rejectionOf, startFaultServer, text } from "../../../../tests/support/fault-server.ts";
import { BrainAtlas } from "./brain-atlas.ts";
import type { AtlasEvent } from "./event.ts";

const PATH = "/api/v2/well_known_file_download/7";
const WHOLE = Uint8Array.from({ length: 100_000 }, (_, index) => (index * 7) % 251);
const NEURON = "# by hand\n1 1 0 0 0 5 -1\n2 3 8 0 0 1 1\n";

/** How a file is answered for once. */
interface Serving {
  /** Bytes after which the connection breaks; the rest when absent. */
  readonly breakAfter?: number;
  readonly headers?: Record<string, string | undefined>;
  readonly status?: number;
  /** Where the answer begins, when not where it was asked to. */
  readonly from?: number;
}

/** Serves a file with ranges and a tag, as each turn says; the last turn stays. */
function serve(...turns: readonly Serving[]): Answer {
  return (response, { headers }, nth) => {
    const turn = turns[Math.min(nth, turns.length) - 1] ?? {};
    const asked = /^bytes=(\d+)-$/.exec(headers.range ?? "");
    const from = turn.from ?? Number(asked?.[1] ?? 0);
    const status = turn.status ?? (asked === null ? 200 : 206);
    const range = status === 206 ? { "content-range": `bytes ${from}-${WHOLE.length - 1}/${WHOLE.length}` } : {};
    const all = { etag: '"one"', "content-length": String(WHOLE.length - from), ...range, ...turn.headers };
    response.writeHead(status, Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined)));
    sendPart(response, from, turn.breakAfter);
  };
}

function sendPart(response: ServerResponse, from: number, breakAfter: number | undefined): void {
  if (breakAfter === undefined) response.end(WHOLE.subarray(from));
  else response.write(WHOLE.subarray(from, from + breakAfter), () => setImmediate(() => response.destroy()));
}

function clientOf(baseUrl: string, events: AtlasEvent[] = []): BrainAtlas {
  return new BrainAtlas({ baseUrl, backoffMs: 1, onEvent: (event) => events.push(event) });
}

describe("files.open()", () => {
  test("goes on where the body broke off, with the same tag", async () => {
    const events: AtlasEvent[] = [];
    const { origin, requests } = await startFaultServer({
      [PATH]: serve({ breakAfter: 30_000 }, { breakAfter: 40_000 }, {}),
    });
    const file = await clientOf(origin, events).files.open(7);
    expect(file.sizeBytes).toBe(WHOLE.length);
    const chunks: Uint8Array[] = [];
    for await (const chunk of file.chunks()) chunks.push(chunk);
    expect(Buffer.concat(chunks).equals(WHOLE)).toBe(true);
    expect(requests.map(({ headers }) => [headers.range, headers["if-range"], headers["accept-encoding"]])).toEqual([
      [undefined, undefined, "identity"],
      ["bytes=30000-", '"one"', "identity"],
      ["bytes=70000-", '"one"', "identity"],
    ]);
    expect(events.filter(({ type }) => type === "retry")).toHaveLength(2);
  });

  test.each<[string, Serving, string]>([
    ["the file has changed", { status: 200, from: 0 }, "does not go on where it broke off, or has another file by now"],
    ["the tag is another", { headers: { etag: '"two"' } }, "goes on with another file"],
    ["the length is another", { headers: { "content-range": "bytes 30000-99998/99999" } }, "goes on with another file"],
    ["the place is another", { from: 30_001 }, "goes on at another place"],
    ["there is no place", { headers: { "content-range": undefined } }, "goes on at another place"],
    ["the file has gone", { status: 404 }, "the server answered 404"],
    ["the range is refused", { status: 416 }, "the server answered 416"],
  ])("says how far it came when %s", async (_, second, reason) => {
    const { origin } = await startFaultServer({ [PATH]: serve({ breakAfter: 30_000 }, second) });
    const error = await rejectionOf(clientOf(origin).files.bytes(7));
    expect(error).toMatchObject({ code: "ATLAS_CONNECTION", url: origin + PATH });
    expect(String(error)).toContain("broke off after 30000 of 100000 bytes");
    expect(String(error)).toContain(reason);
  });

  test.each([
    ["none", undefined],
    ["a weak one", 'W/"one"'],
  ])("does not go on without a tag: %s", async (_, etag) => {
    const { origin, requests } = await startFaultServer({ [PATH]: serve({ breakAfter: 10, headers: { etag } }) });
    const error = await rejectionOf(clientOf(origin).files.bytes(7));
    expect(String(error)).toContain("broke off after 10 of 100000 bytes, and the server gave no tag");
    expect(requests).toHaveLength(1);
  });

  test("gives up when it breaks off again and again", async () => {
    const { origin, requests } = await startFaultServer({ [PATH]: serve({ breakAfter: 10 }) });
    const error = await rejectionOf(clientOf(origin).files.bytes(7, { retries: 2 }));
    expect(String(error)).toContain(
      "broke off after 30 of 100000 bytes, and breaks off again and again after 3 attempts",
    );
    expect(requests).toHaveLength(3);
  });

  test("ends with its signal, and is not asked for again", async () => {
    const { origin, requests } = await startFaultServer({ [PATH]: serve({ breakAfter: 30_000 }) });
    const controller = new AbortController();
    const file = await clientOf(origin).files.open(7, { signal: controller.signal });
    const reading = (async () => {
      for await (const _ of file.chunks()) controller.abort(new Error("enough"));
    })();
    await expect(reading).rejects.toThrow("enough");
    expect(requests).toHaveLength(1);
  });

  test.each([
    ['attachment; filename="../a b.swc"', "a b.swc"],
    ["inline", undefined],
  ])("reads the name of %j", async (disposition, fileName) => {
    const { origin } = await startFaultServer({ [PATH]: text(200, "x", { "content-disposition": disposition }) });
    const file = await clientOf(origin).files.open(7);
    file.cancel();
    expect([file.fileName, file.mediaType]).toEqual([fileName, "text/plain"]);
  });

  test("refuses an id or a limit before it sends anything", async () => {
    const { files } = new BrainAtlas({ fetch: () => Promise.reject(new Error("sent")) });
    await expect(files.open(0)).rejects.toThrow("Cannot use id 0; give a whole number of 1 or more");
    await expect(files.open(1, { retries: -1 })).rejects.toThrow(RangeError);
    expect(() => files.url(1.5)).toThrow(RangeError);
  });
});

/** An answer of a `fetch` that is not Node's: nothing compares its length with its headers. */
interface Piece {
  readonly text: string;
  readonly breaks?: boolean;
  readonly status?: number;
  readonly headers?: Record<string, string>;
}

/** Answers with each piece in turn, all of the file `"one"`. */
function pieces(...all: readonly (Piece | "refused" | "silent")[]) {
  const ranges: (string | null)[] = [];
  const listeners: ((event: AtlasEvent) => void)[] = [];
  const fetch = async (_: string, { headers }: RequestInit): Promise<Response> => {
    const piece = all[ranges.length] ?? { text: "", status: 404 };
    ranges.push(new Headers(headers).get("range"));
    if (piece === "refused") throw new TypeError("refused");
    if (piece === "silent") return new Promise(() => {});
    const { text, breaks = false, ...init } = piece;
    let turn = 0;
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        if (turn++ === 0 && text !== "") controller.enqueue(new TextEncoder().encode(text));
        else if (breaks) controller.error(new TypeError("broken"));
        else controller.close();
      },
    });
    return new Response(body, { ...init, headers: { etag: '"one"', ...init.headers } });
  };
  const onEvent = (event: AtlasEvent): void => listeners.forEach((listen) => void listen(event));
  return { client: new BrainAtlas({ fetch, retries: 2, backoffMs: 1, onEvent }), ranges, listeners };
}

const part = (text: string, range: string, headers: Record<string, string> = {}): Piece => ({
  text,
  status: 206,
  headers: { "content-range": `bytes ${range}`, ...headers },
});

async function readText(client: BrainAtlas): Promise<string> {
  return new TextDecoder().decode(await client.files.bytes(7));
}

describe("files.open() of a length that is not told at once", () => {
  const BROKEN: Piece = { text: "abc", breaks: true };

  test("goes on until the file has the length that a part tells", async () => {
    const { client, ranges } = pieces(
      BROKEN,
      part("d", "3-3/9"),
      part("e", "4-4/9"),
      part("f", "5-8/9"),
      part("ghi", "6-8/9"),
    );
    expect(await readText(client)).toBe("abcdefghi");
    expect(ranges).toEqual([null, "bytes=3-", "bytes=4-", "bytes=5-", "bytes=6-"]);
  });

  test("asks for no more when all had come before the break", async () => {
    const { client, ranges } = pieces({ ...BROKEN, headers: { "content-length": "3" } });
    expect(await readText(client)).toBe("abc");
    expect(ranges).toHaveLength(1);
  });

  test.each<[string, readonly Piece[], string]>([
    ["a part is longer than it says", [part("defgh", "3-5/6")], "3 of 6 bytes, and the server sends more than it said"],
    [
      "parts tell other lengths",
      [part("d", "3-3/9"), part("efgh", "4-7/8")],
      "4 of 9 bytes, and the server goes on with another",
    ],
    ["a part ends beyond the file", [part("def", "3-5/5")], "goes on with another file"],
    ["a part ends before it begins", [part("", "3-2/6")], "goes on with another file"],
    ["the length stays unknown", [part("def", "3-5/*")], "3 bytes, and the server does not say where the file ends"],
    ["a part is compressed", [part("def", "3-5/6", { "content-encoding": "gzip" })], "goes on with compressed bytes"],
    [
      "parts are empty",
      [part("", "3-5/6"), part("", "3-5/6"), part("", "3-5/6")],
      "3 of 6 bytes, and breaks off again",
    ],
  ])("says how far it came when %s", async (_, parts, reason) => {
    const error = await rejectionOf(readText(pieces(BROKEN, ...parts).client));
    expect(error).toMatchObject({ code: "ATLAS_CONNECTION" });
    expect(String(error)).toContain(reason);
  });

  test("takes no part for the whole, and no more than was promised", async () => {
    const error = await rejectionOf(readText(pieces(part("def", "3-5/9")).client));
    expect(error).toMatchObject({ code: "ATLAS_DECODE", at: "the status" });
    const { client } = pieces({ text: "abcdef", headers: { "content-length": "3" } });
    expect(String(await rejectionOf(readText(client)))).toContain(
      "0 of 3 bytes, and the server sends more than it said",
    );
  });
});

describe("a FileStream that broke off", () => {
  const BROKEN: Piece = { text: "abc", breaks: true, headers: { "content-length": "6" } };

  test.each<[string, Piece | "refused" | "silent", string, string]>([
    ["cannot be reached", "refused", "could not be asked for the rest", "ATLAS_CONNECTION"],
    ["does not answer", "silent", "did not answer in time when it was asked for the rest", "ATLAS_TIMEOUT"],
    ["is unwell", { text: "", status: 503 }, "answered 503", "ATLAS_HTTP"],
  ])("says how far it came when the server %s", async (_, second, reason, code) => {
    const { client } = pieces(BROKEN, second, second);
    const error = await rejectionOf(client.files.bytes(7, { retries: 1, timeoutMs: 50 }));
    expect(error).toMatchObject({ code: "ATLAS_CONNECTION", cause: { code } });
    expect(String(error)).toContain(`broke off after 3 of 6 bytes, and the server ${reason}`);
  });

  test("ends with cancel() while it waits to go on", async () => {
    const { client, ranges, listeners } = pieces(BROKEN, part("def", "3-5/6"));
    const file = await client.files.open(7, { backoffMs: 3_600_000, maxBackoffMs: 3_600_000 });
    listeners.push(({ type }) => {
      if (type === "retry") setImmediate(() => file.cancel());
    });
    const reading = (async () => {
      for await (const _ of file.chunks());
    })();
    await expect(reading).rejects.toMatchObject({
      name: "AbortError",
      message: "Cannot read the body: it was let go of",
    });
    expect(ranges).toHaveLength(1);
  });
});

test("files.bytes() is bounded", async () => {
  const { origin } = await startFaultServer({ [PATH]: serve({}) });
  const error = await rejectionOf(clientOf(origin).files.bytes(7, { maxBodyBytes: 1000 }));
  expect(error).toMatchObject({ code: "ATLAS_DECODE", at: 1000 });
});

test("files.reconstruction() reads a neuron, and no page in its place", async () => {
  const { origin } = await startFaultServer({
    [PATH]: (response, request, nth) => text(200, nth === 1 ? NEURON : "<html>down</html>")(response, request, nth),
  });
  const { files } = clientOf(origin);
  expect((await files.reconstruction(7)).measures().totalLengthUm).toBe(8);
  await expect(files.reconstruction(7)).rejects.toMatchObject({ code: "ATLAS_DECODE", at: "line 1" });
});
