// An atlas is pulled through a socket from one mirror into another store; then the first is gone, and what it would have answered is compared byte for
// byte: pictures, drawings, records, ontology and synchronisation.
import { createHash } from "node:crypto";
import { join } from "node:path";
import { createMirror, importSample, listen, type Mirror, openStore } from "@brainatlas/mirror";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { createRandom } from "../../bench/support/random.mjs";
import { createFakeContext } from "../../packages/cli/src/fake-context.test-kit.ts";
import { runProgram } from "../../packages/cli/src/program.ts";
import { openFolder } from "../support/temporary.ts";

/** Tier from which the pictures are rendered and pulled: finer ones take minutes. */
const FINEST = 5;
const ATLAS = 1;
const WINDOWS = process.env.BRAINATLAS_LONG === "1" ? 2000 : 60;

interface Plate {
  readonly id: number;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly path: string;
}

const folder = openFolder();
let first: Mirror;
let second: Mirror;
let plates: readonly Plate[];
let said: string;
const closing: (() => unknown)[] = [];

beforeAll(async () => {
  const source = await openStore(join(folder.path, "first"), { create: true });
  await importSample(source, [], { downsample: FINEST });
  first = createMirror({ store: source, images: { threads: 0 } });
  const served = await listen(first, { port: 0, host: "127.0.0.1" });
  const context = createFakeContext({ cwd: folder.path });
  const args = [
    "pull",
    "atlas",
    String(ATLAS),
    "--downsample",
    String(FINEST),
    "--store",
    "second",
    "--api",
    served.url,
  ];
  const code = await runProgram(args, { ...context, fetch: undefined });
  said = context.stdout.text + context.stderr.text;
  await served.close();
  if (code !== 0) throw new Error(`The pull ended with ${code}: ${said}`);
  const pulled = await openStore(join(folder.path, "second"));
  second = createMirror({ store: pulled, images: { threads: 0 } });
  closing.push(
    () => source.close(),
    () => pulled.close(),
    () => first.close(),
    () => second.close(),
  );
  // From here on nobody is to be asked.
  vi.stubGlobal("fetch", () => {
    throw new Error("A request was sent");
  });
  const url = `/api/v2/data/query.json?criteria=model::AtlasImage,rma::criteria,atlas_data_set(atlases[id$eq${ATLAS}]),rma::options[num_rows$eqall]`;
  plates = (JSON.parse((await ask(first, url)).text) as { msg: Plate[] }).msg;
}, 300_000);

afterAll(async () => {
  vi.unstubAllGlobals();
  for (const close of closing) await close();
});

interface Told {
  readonly status: number;
  readonly type: string | null;
  readonly hash: string;
  readonly text: string;
}

/** An answer after its redirects, which lead to the mirror itself. */
async function ask(mirror: Mirror, target: string): Promise<Told> {
  let response = await mirror.fetch(`http://mirror${target}`);
  while (response.status === 302) response = await mirror.fetch(response.headers.get("location") ?? "");
  const bytes = Buffer.from(await response.arrayBuffer());
  const hash = createHash("sha256").update(bytes).digest("hex");
  return { status: response.status, type: response.headers.get("content-type"), hash, text: bytes.toString("latin1") };
}

async function expectSame(target: string, status = 200): Promise<void> {
  const [theirs, ours] = [await ask(first, target), await ask(second, target)];
  expect({ target, status: theirs.status, type: theirs.type, hash: theirs.hash }).toEqual({
    target,
    status,
    type: ours.type,
    hash: ours.hash,
  });
  expect(ours.status).toBe(status);
}

describe("a pulled atlas answers as its source did, which is gone", () => {
  test("the sample has plates, and the pull says what it brought", () => {
    expect(plates.length).toBeGreaterThan(10);
    expect(said).toContain("atlas 1");
  });

  test("every plate at every tier that was pulled, bare and drawn, at any quality", async () => {
    for (const { id } of plates) {
      await expectSame(`/api/v2/atlas_image_download/${id}?downsample=${FINEST}`);
      await expectSame(`/api/v2/atlas_image_download/${id}?downsample=${FINEST + 1}&quality=40`);
      await expectSame(`/api/v2/section_image_download/${id}?downsample=9`);
    }
    for (const { id } of plates.slice(0, 3)) {
      await expectSame(`/api/v2/atlas_image_download/${id}?downsample=${FINEST}&annotation=true`);
    }
  }, 120_000);

  test("regions anywhere in the plates, tiles, and IIIF", async () => {
    const random = createRandom(7);
    for (let count = 0; count < WINDOWS; count += 1) {
      const plate = plates[random(plates.length)];
      if (plate === undefined) throw new Error("There is no plate");
      const downsample = FINEST + random(3);
      const [width, height] = [plate.width >> downsample, plate.height >> downsample];
      const [left, top] = [random(Math.max(1, width - 1)), random(Math.max(1, height - 1))];
      const size = `width=${1 + random(Math.max(1, width - left))}&height=${1 + random(Math.max(1, height - top))}`;
      const quality = random(3) === 0 ? `&quality=${random(101)}` : "";
      const place = `left=${plate.x + left * 2 ** downsample}&top=${plate.y + top * 2 ** downsample}`;
      await expectSame(`/api/v2/image_download/${plate.id}?downsample=${downsample}&${place}&${size}${quality}`);
      await expectSame(`/cgi-bin/imageservice?path=${plate.path}&downsample=${downsample}&${place}&${size}&mime=2`);
      if (count % 10 === 0) await expectSame(`/iiif/3/${plate.id}/full/!100,100/0/default.jpg`);
    }
  }, 240_000);

  test("drawings", async () => {
    for (const { id } of plates) {
      await expectSame(`/api/v2/svg/${id}`);
      await expectSame(`/api/v2/svg_download/${id}?downsample=4`);
    }
  }, 60_000);

  test.each([
    "/api/v2/structure_graph_download/1.json",
    "/api/v2/structure_graph_download/1.xml",
    "/api/v2/tree_search/Structure/549.json?ancestors=true&descendants=true",
    `/api/v2/data/Atlas/${ATLAS}.json?include=structure_graph(ontology),graphic_group_labels`,
    `/api/v2/data/query.json?criteria=model::AtlasImage,rma::criteria,[annotated$eqtrue],atlas_data_set(atlases[id$eq${ATLAS}]),alternate_images[image_type$eq'Atlas%20-%20Adult%20Mouse'],rma::options[order$eq'sub_images.section_number'][num_rows$eqall]`,
    `/api/v2/data/query.xml?criteria=model::AtlasImage,rma::criteria,atlas_data_set(atlases[id$eq${ATLAS}]),rma::include,alternate_images,rma::options[num_rows$eqall]`,
    "/api/v2/data/query.csv?criteria=model::Structure,rma::criteria,[graph_id$eq1],rma::options[num_rows$eqall]",
    "/api/v2/data/query.json?criteria=model::Structure,rma::criteria,[acronym$il'CA*'][graph_id$eq1]",
    "/api/v2/data/query.json?criteria=model::Structure,rma::criteria,[graph_id$eq1],rma::options[num_rows$eq20][start_row$eq40][order$eq'structures.name$desc']",
  ])("%s", async (target) => {
    await expectSame(target);
  });

  test("points of plates in space and back", async () => {
    for (const { id, width, height } of plates.slice(0, 5)) {
      await expectSame(`/api/v2/image_to_reference/${id}.json?x=${width >> 1}&y=${height >> 1}`);
    }
  });

  test("what lies beside the plates is said not to be held", async () => {
    const held = plates[0];
    if (held === undefined) throw new Error("There is no plate");
    const finer = await ask(second, `/api/v2/atlas_image_download/${held.id}?downsample=${FINEST - 1}`);
    expect(finer.status).toBe(404);
    expect(finer.text).toContain(`downsample ${FINEST}`);
  });
});
