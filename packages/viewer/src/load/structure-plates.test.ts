import { createMirror, sampleStore } from "@brainatlas/mirror";
import { BrainAtlas } from "@brainatlas/sdk";
import type { Drawing } from "@brainatlas/sdk/drawing";
import { beforeAll, describe, expect, test } from "vitest";
import { onward, outward } from "../model/plate-order.ts";
import type { Series } from "../model/series.ts";
import { loadAtlases } from "./atlases.ts";
import { loadSeries } from "./series.ts";
import { Shelf } from "./shelf.ts";
import { StructurePlates } from "./structure-plates.ts";

const { fetch } = createMirror({ store: sampleStore() });

/** Answers of requests whose address, or whose body, matches; of all others those of the sample. */
type Answers = (text: string) => Response | undefined;

/** A client that counts what is asked of it. */
function setUp(answers: Answers = () => undefined): {
  api: BrainAtlas;
  drawings: Shelf<number, Drawing>;
  plates: StructurePlates;
  asked: string[];
  most: () => number;
} {
  const asked: string[] = [];
  let [open, most] = [0, 0];
  const api = new BrainAtlas({
    baseUrl: "http://mirror.test",
    retries: 0,
    fetch: async (url, init) => {
      const text = decodeURIComponent(url) + decodeURIComponent(String(init.body ?? ""));
      asked.push(text);
      open += 1;
      most = Math.max(most, open);
      const response = answers(text) ?? (await fetch(new Request(url, init)));
      open -= 1;
      return response;
    },
  });
  const drawings = new Shelf<number, Drawing>({
    load: (id, signal) => api.drawing(id, { signal }),
    capacity: 100,
  });
  return { api, drawings, plates: new StructurePlates(api, drawings), asked, most: () => most };
}

const rows = (msg: object[]): Response =>
  Response.json({ success: true, id: 0, start_row: 0, num_rows: msg.length, total_rows: msg.length, msg });
const { signal } = new AbortController();
const drawingsOf = (asked: readonly string[]): string[] => asked.filter((url) => url.includes("/svg"));

describe("StructurePlates of the sample", () => {
  let series: Series;
  /** Structures by plate, from the drawings themselves. */
  const truth = new Map<number, ReadonlySet<number>>();
  /** On some plates and not on others. */
  let rare: ReadonlySet<number>;
  beforeAll(async () => {
    const { api } = setUp();
    const ref = { kind: "atlas", id: 1 } as const;
    series = await loadSeries(api, ref, await loadAtlases(api, signal), signal);
    for (const { id } of series.images) {
      const { regions } = await api.drawing(id);
      truth.set(id, new Set(regions.flatMap(({ structureId }) => structureId ?? [])));
    }
    rare = new Set([382]);
  });
  const shown = (ids: ReadonlySet<number>): number[] =>
    series.images.filter(({ id }) => [...ids].some((each) => truth.get(id)?.has(each))).map(({ id }) => id);

  test("first() reads the drawings in order where no rows name structures, no more than four at once", async () => {
    const { plates, asked, most } = setUp();
    const [from] = series.images;
    const ordered = outward(series.images, from?.positionUm ?? 0);
    const wanted = ordered.find(({ id }) => shown(rare).includes(id));
    const read: number[] = [];
    const options = { signal, onRead: (count: number) => read.push(count) };
    expect(await plates.first(series, ordered, rare, options)).toEqual({ image: wanted, unread: 0 });
    expect(shown(rare).length).toBeGreaterThan(0);
    const needed = (wanted === undefined ? -1 : ordered.indexOf(wanted)) + 1;
    expect(read).toEqual(Array.from({ length: needed }, (_, index) => index + 1));
    expect(drawingsOf(asked).length).toBeLessThanOrEqual(needed + 3);
    expect(most()).toBeLessThanOrEqual(4);
  });

  test("first() asks nothing for a plate whose drawing is known to show it", async () => {
    const { plates, asked } = setUp();
    const ordered = series.images.filter(({ id }) => shown(rare).includes(id));
    await plates.first(series, ordered, rare, { signal });
    const before = asked.length;
    await plates.first(series, ordered, rare, { signal });
    expect(asked.length).toBe(before);
  });

  test("first() remembers what plates show", async () => {
    const { plates, asked } = setUp();
    expect(await plates.first(series, series.images, new Set([-1]), { signal })).toEqual({
      image: undefined,
      unread: 0,
    });
    expect(drawingsOf(asked).length).toBe(series.images.length);
    const last = series.images.findLast(({ id }) => shown(rare).includes(id));
    const found = await plates.first(series, onward(series.images, series.images.length + 1, -1), rare, { signal });
    expect(found.image).toBe(last);
    expect(drawingsOf(asked).length).toBe(series.images.length);
    expect(await plates.shownOn(series, rare, signal)).toEqual({ imageIds: new Set(shown(rare)), isComplete: true });
  });

  test("first() is answered by rows where the API has them, in questions of moderate length", async () => {
    const [image] = series.images.slice(-1);
    const { plates, asked } = setUp((text) => {
      if (!text.includes("model::GraphicObject")) return undefined;
      return rows(text.includes("[structure_id$in") ? [{ id: 1, sub_image_id: image?.id }] : [{ id: 1 }]);
    });
    const ids = new Set(Array.from({ length: 300 }, (_, index) => 600_000_000 + index));
    expect(await plates.first(series, series.images, ids, { signal })).toEqual({ image, unread: 0 });
    expect(await plates.shownOn(series, ids, signal)).toEqual({ imageIds: new Set([image?.id]), isComplete: true });
    const questions = asked.filter((text) => text.includes("[structure_id$in"));
    expect(questions.length).toBe(3);
    expect(Math.max(...questions.map((text) => text.length))).toBeLessThan(2000);
    expect(drawingsOf(asked)).toEqual([]);
  });

  test("first() reads the drawings where the API refuses the rows", async () => {
    const refusal = (): Response => Response.json({ success: false, msg: "no such model" });
    const { plates } = setUp((text) => (text.includes("model::GraphicObject") ? refusal() : undefined));
    const { image } = await plates.first(series, series.images, rare, { signal });
    expect(image?.id).toBe(shown(rare)[0]);
  });

  test("first() goes past drawings that fail, and says how many", async () => {
    const ordered = series.images.filter(({ id }) => !shown(rare).includes(id)).slice(0, 2);
    const wanted = series.images.find(({ id }) => shown(rare).includes(id));
    if (wanted === undefined) throw new Error("no plate shows it");
    const broken = ordered[0]?.id;
    const { plates } = setUp((text) =>
      text.includes(`/svg/${broken}`) ? new Response("no", { status: 500 }) : undefined,
    );
    expect(await plates.first(series, [...ordered, wanted], rare, { signal })).toEqual({ image: wanted, unread: 1 });
  });

  test("first() fails where no drawing can be read", async () => {
    const { plates, asked } = setUp(() => new Response("gone", { status: 503 }));
    await expect(plates.first(series, series.images, rare, { signal })).rejects.toMatchObject({ code: "ATLAS_HTTP" });
    expect(drawingsOf(asked).length).toBeLessThan(10);
  });

  test("first() reads what others give up meanwhile", async () => {
    const { plates, drawings, asked } = setUp();
    const search = plates.first(series, series.images, new Set([-1]), {
      signal,
      onRead: () => {
        for (const { id } of series.images) drawings.release(id);
      },
    });
    for (const { id } of series.images) drawings.release(id);
    expect(await search).toEqual({ image: undefined, unread: 0 });
    expect(drawingsOf(asked).length).toBe(series.images.length);
  });

  test("first() ends with its signal, and reads no further", async () => {
    const controller = new AbortController();
    const { plates, asked } = setUp();
    const onRead = (): void => controller.abort(new Error("enough"));
    const search = plates.first(series, series.images, new Set([-1]), { signal: controller.signal, onRead });
    await expect(search).rejects.toThrow("enough");
    expect(drawingsOf(asked).length).toBeLessThan(10);
  });

  test("shownOn() tells of the plates that have been read, and that there may be more", async () => {
    const { plates } = setUp();
    expect(await plates.shownOn(series, rare, signal)).toEqual({ imageIds: new Set(), isComplete: false });
    const some = series.images.filter(({ id }) => shown(rare).includes(id)).slice(0, 1);
    await plates.first(series, some, rare, { signal });
    expect((await plates.shownOn(series, rare, signal)).imageIds).toEqual(new Set(some.map(({ id }) => id)));
  });
});
