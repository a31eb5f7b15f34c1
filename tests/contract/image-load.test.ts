// A long load of all kinds of pictures, to the built program with its threads: its memory stays where it was after a tenth of the way.
import { join } from "node:path";
import { importFile, openStore } from "@brainatlas/mirror";
import sharp from "sharp";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createRandom } from "../../bench/support/random.mjs";
import { ensureBuilt } from "../../scripts/lib/setup.mjs";
import { createTrace, type LoadRequest, sendAll } from "../support/load.ts";
import { type MirrorProgram, startMirrorProgram } from "../support/mirror-program.ts";
import { makeDrawing, writeIn } from "../support/pictures.ts";
import { openFolder } from "../support/temporary.ts";
import { makeTexture } from "../support/textured-picture.ts";

const IS_LONG = process.env.BRAINATLAS_LONG === "1";
const REQUESTS = IS_LONG ? 200_000 : 2000;
const AT_ONCE = 16;
const TIMEOUT_MS = 60_000;
/** What the program may have more at the end than after a tenth of the way. */
const GROWTH = 1.1;
/** What it may have in any case, in MB: drawings and other formats are made by a library that takes its share. */
const MEMORY_MB = 400;

const [WIDTH, HEIGHT] = [8000, 6000];
const PLATE = "/external/brainatlas/1/1.aff";
const DRAWN = "/external/brainatlas/1/1_annotation.aff";
const folder = openFolder();
let program: MirrorProgram;

beforeAll(async () => {
  await ensureBuilt();
  const directory = join(folder.path, "store");
  const store = await openStore(directory, { create: true });
  const picture = await sharp(await makeTexture(2000, 1500))
    .resize(WIDTH, HEIGHT)
    .jpeg({ quality: 90 })
    .toBuffer();
  await importFile(store, await writeIn(folder.path, "1.jpg", picture));
  await importFile(store, await writeIn(folder.path, "1.svg", makeDrawing(1, WIDTH, HEIGHT)));
  store.close();
  program = await startMirrorProgram(["--store", directory]);
}, 300_000);

afterAll(async () => {
  await program?.stop();
});

/** Requests as a viewer and a program send them: most for tiles, some for regions of all kinds, few for whole plates and drawings. */
function mixedRequests(): LoadRequest[] {
  const random = createRandom(31);
  return Array.from({ length: REQUESTS }, () => {
    const kind = random(1000);
    const [left, top] = [random(WIDTH - 600), random(HEIGHT - 600)];
    const service = (path: string, rest: string): string => `/cgi-bin/imageservice?path=${path}&${rest}`;
    if (kind < 800) {
      const [x, y] = [random(WIDTH / 256 - 1) * 256, random(HEIGHT / 256 - 1) * 256];
      return { target: `/iiif/3/1/${x},${y},256,256/256,256/0/default.jpg` };
    }
    if (kind < 880) {
      const place = `left=${left - (left % 16)}&top=${top - (top % 16)}&width=600&height=500`;
      return { target: service(PLATE, place) };
    }
    if (kind < 940) return { target: service(PLATE, `left=${left}&top=${top}&width=600&height=500`) };
    if (kind < 960) return { target: service(PLATE, `left=${left}&top=${top}&width=300&height=200&rgb=1,0.5,0.2`) };
    if (kind < 975) return { target: `/iiif/3/1/${left},${top},500,500/300,/0/gray.png` };
    if (kind < 985) return { target: service(DRAWN, `left=${left}&top=${top}&width=256&height=256&downsample=3`) };
    if (kind < 990) return { target: service(PLATE, `left=${left}&top=0&downsample=2`) };
    if (kind < 999) return { target: "/iiif/3/1/info.json" };
    return { target: service(PLATE, `quality=${random(100)}&downsample=0`) };
  });
}

test("memory stays flat under a load of mixed requests", async () => {
  const memory = createTrace(() => program.memoryMb(), REQUESTS);
  await sendAll(program.origin, mixedRequests(), {
    atOnce: AT_ONCE,
    timeoutMs: TIMEOUT_MS,
    onAnswer({ target }, { status, headers, body }, done) {
      expect([target, status]).toEqual([target, 200]);
      const length = headers["content-length"];
      if (length !== undefined) expect([target, body.length]).toEqual([target, Number(length)]);
      memory.look(done);
    },
  });
  const [early, late] = [memory.middle(0.08, 0.12), memory.middle(0.95, 1)];
  expect(program.stderr()).toBe("");
  if (early === undefined || late === undefined) return;
  expect(late).toBeLessThan(MEMORY_MB);
  // In a short run the caches are not full after a tenth.
  if (IS_LONG) expect(late / early).toBeLessThan(GROWTH);
}, 3_600_000);
