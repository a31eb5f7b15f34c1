// Requests for pictures that nobody should send, and stored pictures that are damaged, many at once, over real connections to the built
// program with its threads: each is answered in time, with a whole picture or in words, and the program goes on as it was.
import { once } from "node:events";
import { connect } from "node:net";
import { join } from "node:path";
import { importFile, openStore } from "@brainatlas/mirror";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { hasProc, untilIdle } from "../../bench/support/proc.mjs";
import { ensureBuilt } from "../../scripts/lib/setup.mjs";
import { damagePyramid } from "../support/damaged-pyramids.ts";
import { drawHostileRequests, GARBAGE } from "../support/hostile-images.ts";
import { createTrace, type LoadAnswer, type LoadRequest, sendAll } from "../support/load.ts";
import { type MirrorProgram, startMirrorProgram } from "../support/mirror-program.ts";
import { decodeRgb, makeDrawing, writeIn } from "../support/pictures.ts";
import { openFolder } from "../support/temporary.ts";
import { makeTexture } from "../support/textured-picture.ts";

const IS_LONG = process.env.BRAINATLAS_LONG === "1";
const REQUESTS = IS_LONG ? 100_000 : 2000;
const DAMAGED_REQUESTS = IS_LONG ? 20_000 : 600;
const DAMAGED = IS_LONG ? 400 : 35;
const CANCELLED = IS_LONG ? 3000 : 24;
const AT_ONCE = 32;
/** What takes longer counts as an answer that never comes. */
const TIMEOUT_MS = 20_000;
/** Growth of the program from a tenth of the campaign to its end. */
const MEMORY_GROWTH = 1.15;
/** What it may have in any case, in MB. */
const MEMORY_MB = 400;

const folder = openFolder();
const PLATE = "/external/brainatlas/1/1.aff";
const LARGE = "/external/brainatlas/2/2.aff";
const DRAWN = "/external/brainatlas/1/1_annotation.aff";
const damagedPath = (number: number): string => `/external/damaged/${number}.aff`;
let program: MirrorProgram;

beforeAll(async () => {
  await ensureBuilt();
  const directory = join(folder.path, "store");
  const store = await openStore(directory, { create: true });
  const texture = await makeTexture(1500, 1100);
  await importFile(store, await writeIn(folder.path, "1.png", texture));
  await importFile(store, await writeIn(folder.path, "1.svg", makeDrawing(1, 1500, 1100)));
  const large = await sharp(texture).resize(4800, 3600).jpeg({ quality: 90 }).toBuffer();
  await importFile(store, await writeIn(folder.path, "2.jpg", large));
  const whole = await store.entries.get("picture", PLATE);
  if (whole === undefined) throw new Error("The import put no picture");
  const { mediaType, details } = whole.entry;
  for (let number = 0; number < DAMAGED; number += 1) {
    const { bytes } = damagePyramid(Buffer.from(await whole.body()), number);
    await store.entries.put({ kind: "picture", name: damagedPath(number), mediaType, details }, bytes);
  }
  store.close();
  program = await startMirrorProgram(["--store", directory]);
}, 300_000);

afterAll(async () => {
  await program?.stop();
});

describe("whatever is asked of pictures that are held", () => {
  test("each request is answered with a whole picture or in words, and memory stays where it was", async () => {
    const requests = drawHostileRequests([PLATE, PLATE, DRAWN], REQUESTS, 11);
    const seen = new Map<number, number>();
    const memory = createTrace(() => program.memoryMb(), REQUESTS);
    await sendAll(program.origin, requests, {
      atOnce: AT_ONCE,
      timeoutMs: TIMEOUT_MS,
      async onAnswer(request, answer, done) {
        seen.set(answer.status, (seen.get(answer.status) ?? 0) + 1);
        memory.look(done);
        await judge(request, answer, ANSWERS);
      },
    });
    expect([...seen.keys()]).toEqual(expect.arrayContaining([200, 206, 304, 400, 404, 405]));
    expect(program.stderr()).toBe("");
    expect(memory.middle(0.9, 1) ?? 0).toBeLessThan(MEMORY_MB);
    if (IS_LONG) expect(memory.middle(0.96, 1) ?? 0).toBeLessThan(MEMORY_GROWTH * (memory.middle(0.08, 0.12) ?? 1));
    await goesOn();
  }, 3_600_000);

  test("bytes that are no request end their own connection alone", async () => {
    await Promise.all(GARBAGE.flatMap((bytes) => [send(bytes), send(bytes.slice(0, bytes.length >> 1))]));
    expect(program.stderr()).toBe("");
    await goesOn();
  });

  test("clients that go away in the middle leave no work behind", async () => {
    await Promise.all(
      Array.from({ length: CANCELLED }, async (_, index) => {
        // A whole large picture, streamed; one that is kept; one that is finished by another library.
        const targets = [
          `/cgi-bin/imageservice?path=${LARGE}&quality=${index % 101}`,
          `/cgi-bin/imageservice?path=${LARGE}&left=${index}&top=1&width=3000&height=3000`,
          `/iiif/3/2/${index},0,4000,4000/2000,2000/0/default.png`,
        ];
        await goAway(targets[index % targets.length] ?? "", index % 5);
      }),
    );
    expect(program.isRunning()).toBe(true);
    if (hasProc) expect(await untilIdle([program.pid], TIMEOUT_MS)).toBe(true);
    expect(program.stderr()).toBe("");
    await goesOn();
  }, 600_000);

  test("clients that do not read hold up nobody", async () => {
    const sockets = await Promise.all(
      Array.from({ length: 12 }, async (_, index) => {
        const socket = connect(Number(new URL(program.origin).port), "127.0.0.1");
        await once(socket, "connect");
        socket.pause();
        socket.write(`GET /cgi-bin/imageservice?path=${LARGE}&quality=${97 + (index % 4)} HTTP/1.1\r\nHost: x\r\n\r\n`);
        return socket;
      }),
    );
    try {
      // Regions that nobody asked for before, so that they have to be made.
      for (let index = 0; index < 8; index += 1) {
        const target = `/cgi-bin/imageservice?path=${LARGE}&left=${100 + index}&top=77&width=300&height=300`;
        const response = await fetch(program.origin + target, { signal: AbortSignal.timeout(TIMEOUT_MS) });
        expect(response.status).toBe(200);
        await response.arrayBuffer();
      }
    } finally {
      for (const socket of sockets) socket.destroy();
    }
    if (hasProc) expect(await untilIdle([program.pid], TIMEOUT_MS)).toBe(true);
  }, 120_000);
});

describe("damaged pyramids", () => {
  test("each request is answered with a picture or in words of the mirror", async () => {
    const paths = Array.from({ length: DAMAGED }, (_, number) => damagedPath(number));
    const requests = drawHostileRequests(paths, DAMAGED_REQUESTS, 12);
    // The first of each file is one that can be answered.
    const plain = paths.map((path) => ({
      target: `/cgi-bin/imageservice?path=${path}&left=8&top=8&width=900&height=700`,
    }));
    const seen = new Map<number, number>();
    await sendAll(program.origin, [...plain, ...requests], {
      atOnce: AT_ONCE,
      timeoutMs: TIMEOUT_MS,
      async onAnswer(request, answer) {
        seen.set(answer.status, (seen.get(answer.status) ?? 0) + 1);
        await judge(request, answer, [...ANSWERS, 500]);
      },
    });
    expect([...seen.keys()]).toEqual(expect.arrayContaining([200, 500]));
    // The operator is told which file, the client was not.
    const lines = program.stderr().trimEnd().split("\n");
    expect(
      lines.filter((line) => !/^error: (?:GET|HEAD) \S+: Cannot read the body "[^"]+\/objects\//.test(line)),
    ).toEqual([]);
    await goesOn();
  }, 3_600_000);
});

const ANSWERS = [200, 204, 206, 302, 303, 304, 400, 404, 405, 406, 412, 416, 501, 503];
/** Nothing of this machine shows. */
const TRACES = /\/(?:work|home|root|tmp|usr|var)\/|node_modules|\.(?:ts|js):\d|\bat \S+ \(|TypeError|ENOENT|\[object/;

async function judge(request: LoadRequest, { status, headers, body }: LoadAnswer, allowed: number[]): Promise<void> {
  const context = `${request.method} ${request.target.slice(0, 400)} ${JSON.stringify(request.headers)}`;
  const type = String(headers["content-type"] ?? "");
  expect([context, status, allowed.includes(status)]).toEqual([context, status, true]);
  if (request.method === "HEAD" || [204, 302, 303, 304].includes(status)) {
    expect([context, body.length]).toEqual([context, 0]);
  } else if (status >= 400) {
    const words = wordsOf(type, body);
    const isSaid = words.length > 10 && words.length < 5000 && !TRACES.test(words.replaceAll(request.target, ""));
    expect([context, status, isSaid ? "said" : words]).toEqual([context, status, "said"]);
    if (status === 503) expect([context, headers["retry-after"]]).toEqual([context, expect.any(String)]);
  } else if (status === 206) {
    const [, from, to] = /^bytes (\d+)-(\d+)\/\d+$/.exec(String(headers["content-range"])) ?? [];
    expect([context, body.length]).toEqual([context, Number(to) - Number(from) + 1]);
  } else if (type.startsWith("image/")) {
    await judgePicture(context, String(headers["x-brainatlas-path"]), body, allowed.includes(500));
  } else {
    expect([context, body.length > 0]).toEqual([context, true]);
  }
}

/** The words of a refusal: in the API's form, or plain, as IIIF has them. */
function wordsOf(type: string, body: Uint8Array): string {
  const text = new TextDecoder().decode(body);
  if (!type.startsWith("application/json")) return type.startsWith("text/plain") ? text : "";
  const { success, msg } = JSON.parse(text) as { success: unknown; msg: unknown };
  return success === false ? String(msg) : "";
}

/** A picture decodes to its end. A tile of a damaged file is given as it is stored: whoever decodes it sees the damage. */
async function judgePicture(context: string, path: string, body: Uint8Array, isDamaged: boolean): Promise<void> {
  if (isDamaged && path === "tile") return;
  const decoded = await sharp(body, { failOn: isDamaged ? "truncated" : "warning" })
    .stats()
    .then(() => "whole", String);
  expect([context, path, decoded]).toEqual([context, path, "whole"]);
}

/** The program answers rightly, as if nothing had been. */
async function goesOn(): Promise<void> {
  expect(program.isRunning()).toBe(true);
  const response = await fetch(
    `${program.origin}/cgi-bin/imageservice?path=${PLATE}&left=3&top=5&width=200&height=100`,
  );
  expect(response.status).toBe(200);
  const { width, height } = await decodeRgb(new Uint8Array(await response.arrayBuffer()));
  expect([width, height]).toEqual([200, 100]);
}

/** Sends bytes, and waits until the connection has ended. */
async function send(bytes: string): Promise<void> {
  const socket = connect(Number(new URL(program.origin).port), "127.0.0.1");
  socket.on("error", () => {}); // The other end may close first.
  socket.end(bytes, "latin1");
  socket.resume();
  await once(socket, "close");
}

/** Asks for something, and goes away when some chunks of the answer have come, or before the first. */
async function goAway(target: string, chunks: number): Promise<void> {
  const socket = connect(Number(new URL(program.origin).port), "127.0.0.1");
  socket.on("error", () => {}); // It may be closed from the other end.
  await once(socket, "connect");
  socket.write(`GET ${target} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`);
  let came = 0;
  const closed = once(socket, "close");
  if (chunks === 0) setImmediate(() => socket.destroy());
  socket.on("data", () => {
    came += 1;
    if (came >= chunks) socket.destroy();
  });
  await closed;
}
