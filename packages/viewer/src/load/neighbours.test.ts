import { createMirror, openStore, sampleStore } from "@brainatlas/mirror";
import { BrainAtlas } from "@brainatlas/sdk";
import { describe, expect, test } from "vitest";
import { temporaryFolder } from "../../../../tests/support/temporary.ts";
import { imagesHere, spacesNear } from "../model/neighbour.ts";
import { loadNeighbours, NEIGHBOUR_PAGE } from "./neighbours.ts";

const { signal } = new AbortController();

/** A client of a mirror that writes down the queries. */
function clientOf(mirror: ReturnType<typeof createMirror>, asked: string[] = []): BrainAtlas {
  const fetch = (url: string, init?: RequestInit) => {
    asked.push(new URL(url).searchParams.get("criteria") ?? url);
    return mirror.fetch(new Request(url, init));
  };
  return new BrainAtlas({ baseUrl: "http://mirror.test", fetch });
}

describe("of the sample", () => {
  const mirror = createMirror({ store: sampleStore() });

  test("loadNeighbours() finds the atlases with aligned plates in a space", async () => {
    const page = await loadNeighbours(clientOf(mirror), { kind: "atlas", spaceIds: [9, 10], afterId: 0 }, signal);
    expect(page.nextId).toBeUndefined();
    const found = page.neighbours.map(({ ref, name, detail }) => [ref.id, name, detail]);
    expect(found).toContainEqual([1, "Mouse, P56, Coronal", "31 plates"]);
    expect(found).toContainEqual([2, "Mouse, P56, Sagittal", "7 plates"]);
    // Its plates are those of the sagittal atlas, but it is of no reference space.
    expect(found.map(([id]) => id)).not.toContain(181276165);
  });

  test("loadNeighbours() finds the experiments with aligned sections, in two queries", async () => {
    const asked: string[] = [];
    const key = { kind: "dataset", spaceIds: [9, 10], afterId: 0 } as const;
    const page = await loadNeighbours(clientOf(mirror, asked), key, signal);
    expect(asked).toHaveLength(2);
    expect(asked[0]).toContain(`num_rows$eq${NEIGHBOUR_PAGE}`);
    expect(page.neighbours.map(({ ref, name }) => [ref.id, name])).toEqual([
      [69782969, "Pdyn, sagittal, 69782969"],
      [71587929, "Sample1, sagittal, 71587929"],
      [100141599, "Projection, coronal, 100141599"],
      [126862385, "Projection, coronal, 126862385"],
    ]);
    expect(page.neighbours[3]?.images.map(({ id }) => id)).toEqual([126862575, 126862583]);
    expect(page.nextId).toBeUndefined();
  });

  test("loadNeighbours() goes on after an id", async () => {
    const key = { kind: "dataset", spaceIds: [9], afterId: 71587929 } as const;
    const { neighbours } = await loadNeighbours(clientOf(mirror), key, signal);
    expect(neighbours.map(({ ref }) => ref.id)).toEqual([100141599, 126862385]);
  });

  test("loadNeighbours() finds nothing in a space that nothing is in", async () => {
    for (const kind of ["atlas", "dataset"] as const) {
      const page = await loadNeighbours(clientOf(mirror), { kind, spaceIds: [5], afterId: 0 }, signal);
      expect(page).toEqual({ neighbours: [], nextId: undefined });
    }
  });

  test("imagesHere() gives the images that the service gives, the nearest plane first", async () => {
    const api = clientOf(mirror);
    const pages = await Promise.all(
      (["atlas", "dataset"] as const).map((kind) =>
        loadNeighbours(api, { kind, spaceIds: spacesNear(9), afterId: 0 }, signal),
      ),
    );
    const point = { x: 7400, y: 3500, z: 7300 };
    const here = imagesHere(
      { spaceId: 9, point },
      pages.flatMap(({ neighbours }) => neighbours),
    );
    const setIds = here.map(({ neighbour }) => neighbour.aligned.id);
    const served = await api.sync.referenceToImage(9, point, setIds);
    expect(setIds.length).toBeGreaterThan(3);
    for (const [index, { imageId, point: at }] of here.entries()) {
      expect(served[index]?.place).toMatchObject({ imageId, x: at.x, y: at.y });
    }
    const distances = here.map(({ distanceUm }) => distanceUm);
    expect(distances).toEqual([...distances].sort((one, other) => one - other));
  });
});

test("loadNeighbours() finds nothing in an empty store", async () => {
  const store = await openStore(await temporaryFolder(), { create: true });
  const api = clientOf(createMirror({ store }));
  for (const kind of ["atlas", "dataset"] as const) {
    expect((await loadNeighbours(api, { kind, spaceIds: [9], afterId: 0 }, signal)).neighbours).toEqual([]);
  }
});

test("loadNeighbours() tells where the next page starts", async () => {
  const affine2d = "1,0,0,1,0,0";
  const affine3d = "1,0,0,0,1,0,0,0,1,0,0,0";
  const ids = Array.from({ length: NEIGHBOUR_PAGE }, (_, index) => 500 + index);
  const sets = ids.map((id) => ({
    id,
    section_thickness: 25,
    reference_space_id: 9,
    genes: [],
    products: [],
    // One is not aligned after all.
    alignment3d: id === 510 ? null : { tvr: affine3d, trv: affine3d },
  }));
  const images = ids.map((id) => ({
    id: id * 10,
    data_set_id: id,
    section_number: 4,
    width: 10,
    height: 20,
    resolution: 1,
    annotated: false,
    alignment2d: { tsv: affine2d, tvs: affine2d },
  }));
  const api = new BrainAtlas({
    baseUrl: "http://mirror.test",
    fetch: async (url) => {
      const msg = url.includes("SectionImage,") || url.includes("SectionImage%2C") ? images : sets;
      return Response.json({ success: true, id: 0, start_row: 0, num_rows: msg.length, total_rows: msg.length, msg });
    },
  });
  const page = await loadNeighbours(api, { kind: "dataset", spaceIds: [9], afterId: 0 }, signal);
  expect(page.neighbours).toHaveLength(NEIGHBOUR_PAGE - 1);
  expect(page.nextId).toBe(500 + NEIGHBOUR_PAGE - 1);
});

test("spacesNear() are those that are mapped to each other", () => {
  expect([spacesNear(9), spacesNear(10), spacesNear(5)]).toEqual([[9, 10], [9, 10], [5]]);
});
