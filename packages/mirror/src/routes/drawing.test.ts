import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { makeDrawing, writeIn } from "../../../../tests/support/pictures.ts";
import { temporaryFolder } from "../../../../tests/support/temporary.ts";
import { importFile } from "../import/import-file.ts";
import { inventRow } from "../import/rows.ts";
import { createMirror, type Mirror } from "../mirror.ts";
import type { StoredDrawing } from "../store/drawing.ts";
import { openStore } from "../store/folder-store.ts";
import { putImageRecords } from "../store/image-records.ts";
import { sampleStore } from "../store/sample-store.ts";

const at = (path: string): string => `http://x.test/api/v2/${path}`;

/** A mirror with drawing 5, recorded at downsample 2, and the records of 6, which has none, of 7, which may have one, and of 8. */
async function drawingMirror(): Promise<{ mirror: Mirror; svg: string }> {
  const folder = await temporaryFolder();
  const store = await openStore(join(folder, "store"), { create: true });
  onTestFinished(() => store.close());
  const svg = makeDrawing(5, 1600, 800, 2);
  const box = { width: 1605, height: 803, resolution: 1 };
  putImageRecords(await store.records(), [
    { model: "AtlasImage", row: inventRow({ ...box, id: 5, annotated: true }) },
    { model: "SectionImage", row: inventRow({ ...box, id: 6, annotated: false }) },
    { model: "AtlasImage", row: inventRow({ ...box, id: 7, annotated: true }) },
    { model: "SubImage", row: inventRow({ ...box, id: 8, annotated: false }) },
  ]);
  await importFile(store, await writeIn(folder, "5.svg", svg));
  return { mirror: createMirror({ store }), svg };
}

const sourceOf = ({ headers }: Response): string | null => headers.get("x-brainatlas-source");

describe("svg", () => {
  test("answers with the stored bytes where nothing is to be changed", async () => {
    const { mirror, svg } = await drawingMirror();
    for (const query of ["downsample=2", "downsample=2&groups=28&annotation=true", "groups=&downsample=2"]) {
      const response = await mirror.fetch(at(`svg/5?${query}`));
      expect(response.headers.get("content-type")).toBe("image/svg+xml");
      expect(response.headers.get("content-disposition")).toBeNull();
      expect(sourceOf(response)).toBe("stored");
      expect(await response.text()).toBe(svg);
    }
  });

  test("scales what was recorded at another tier, to the size of the record", async () => {
    const { mirror, svg } = await drawingMirror();
    const response = await mirror.fetch(at("svg/5"));
    expect(sourceOf(response)).toBe("computed");
    expect(await response.text()).toBe(
      svg.replace('width="400" height="200"', 'width="1605" height="803"').replace("scale(0.25)", "scale(1.0)"),
    );
    expect(await (await mirror.fetch(at("svg/5?downsample=4"))).text()).toMatch(/^<svg width="100" height="50" /);
  });

  test("refuses a group that is not held, as the service may have it", async () => {
    const { mirror } = await drawingMirror();
    const response = await mirror.fetch(at("svg/5?groups=28,159226751"));
    expect(response.status).toBe(404);
    expect(response.headers.get("x-brainatlas-reason")).toBe("not-mirrored");
    expect(await response.json()).toMatchObject({
      msg: "This mirror holds the drawing of image 5 without the group 159226751",
    });
  });

  test("is empty for an image that has none, and not mirrored for one that may have", async () => {
    const { mirror } = await drawingMirror();
    const empty = await mirror.fetch(at("svg/6?downsample=1"));
    expect(sourceOf(empty)).toBe("computed");
    expect(empty.headers.get("last-modified")).toBeNull();
    expect(await empty.text()).toBe(
      '<svg width="802" height="401" xmlns="http://www.w3.org/2000/svg">\n<g transform="scale(0.5)">\n</g>\n</svg>',
    );
    const lacking = await mirror.fetch(at("svg/7"));
    expect([lacking.status, lacking.headers.get("x-brainatlas-reason")]).toEqual([404, "not-mirrored"]);
  });

  test.each(["9", "-1", "8", "5.5", "x", "99999999999999999999"])("knows no image %s", async (id) => {
    const { mirror } = await drawingMirror();
    const response = await mirror.fetch(at(`svg/${id}`));
    expect([response.status, response.headers.get("x-brainatlas-reason")]).toEqual([404, null]);
  });

  test.each(["downsample=-1", "downsample=x", "downsample=31", "groups=a", "groups=28,", "groups=1.5"])(
    "refuses %s",
    async (query) => {
      const { mirror } = await drawingMirror();
      expect((await mirror.fetch(at(`svg/5?${query}`))).status).toBe(400);
    },
  );

  test("repeats nothing to a client that has it, and tells HEAD the same", async () => {
    const { mirror } = await drawingMirror();
    const first = await mirror.fetch(at("svg/5?downsample=1"));
    const tag = first.headers.get("etag") ?? "";
    const again = await mirror.fetch(at("svg/5?downsample=1"), { headers: { "if-none-match": tag } });
    expect([again.status, await again.text()]).toEqual([304, ""]);
    const other = await mirror.fetch(at("svg/5?downsample=3"), { headers: { "if-none-match": tag } });
    expect(other.status).toBe(200);
    const since = first.headers.get("last-modified") ?? "";
    expect((await mirror.fetch(at("svg/5"), { headers: { "if-modified-since": since } })).status).toBe(304);
    const head = await mirror.fetch(at("svg/5?downsample=1"), { method: "HEAD" });
    expect(await head.text()).toBe("");
    expect(head.headers.get("content-length")).toBe(String((await first.text()).length));
    expect(head.headers.get("etag")).toBe(tag);
  });
});

test("svg_download gives the same document, to be saved", async () => {
  const { mirror, svg } = await drawingMirror();
  const response = await mirror.fetch(at("svg_download/5?downsample=2"));
  expect(response.headers.get("content-disposition")).toBe("attachment; filename=5.svg");
  expect(await response.text()).toBe(svg);
});

test("svg of the sample is computed, and empty for an image without a drawing", async () => {
  const mirror = createMirror({ store: sampleStore() });
  const plate = await mirror.fetch(at("svg/100960224?groups=159226751&downsample=4"));
  expect([sourceOf(plate), plate.headers.get("x-brainatlas-atlas")]).toEqual(["computed", "synthetic"]);
  const text = await plate.text();
  expect(text.match(/graphic_group_label_id="\d+"/g)).toEqual(['graphic_group_label_id="159226751"']);
  expect(text).toContain('<g transform="scale(0.0625)">');
  const section = await mirror.fetch(at("svg/69750516?downsample=4"));
  expect([section.status, sourceOf(section)]).toEqual([200, "computed"]);
  expect(await section.text()).not.toContain("<path");
  expect((await mirror.fetch(at("svg/100960224?groups=32"))).status).toBe(200);
});

test("a drawing that may take long is not made for a client that has it", async () => {
  const store = sampleStore();
  const made: string[] = [];
  const drawing = async (id: number): Promise<StoredDrawing | undefined> => {
    const found = await store.drawing(id);
    const svg = (signal?: AbortSignal): Promise<string> => {
      made.push(String(signal?.aborted));
      return Promise.resolve("<svg/>");
    };
    return found && { ...found, svg };
  };
  const mirror = createMirror({ store: { ...store, drawing } });
  const first = await mirror.fetch(at("svg/100960224"));
  expect(made).toEqual(["false"]);
  const tag = first.headers.get("etag") ?? "";
  const again = await mirror.fetch(at("svg/100960224"), { headers: { "if-none-match": tag } });
  expect([again.status, again.headers.get("etag"), sourceOf(again)]).toEqual([304, tag, "computed"]);
  expect(made).toHaveLength(1);
});
