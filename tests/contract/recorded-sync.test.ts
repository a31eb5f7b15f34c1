// Recorded answers of the synchronisation services: computed anew from the alignments that were recorded with them, by the SDK and by
// a mirror on a port.
import { readFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createMirror, importFile, listen, openStore } from "@brainatlas/mirror";
import { BrainAtlas } from "@brainatlas/sdk";
import {
  type Affine2d,
  type Affine3d,
  AlignedSet,
  imageToReference,
  imageToReferenceAll,
  invertAffine2d,
  invertAffine3d,
  nearestSection,
  parseAlignedSet,
  parseAlignment2d,
  parseAlignment3d,
  referenceToImage,
  referenceToImageAll,
} from "@brainatlas/sdk/sync";
import { beforeAll, expect, onTestFinished, test } from "vitest";
import { describeRecorded, recording } from "../support/recordings.ts";
import { temporaryFolder } from "../support/temporary.ts";

/** What is asked for, in pixels and µm. The aim is 0: the same arithmetic in the same order. */
const TOLERANCE = 1e-9;
/** No answer says it where it does not count; the service's own for these sets. */
const THICKNESS_UM = 25;

interface Vector {
  readonly dataset_id: number;
  readonly image_id: number;
  readonly section_number: number;
  readonly section_thickness?: number;
  readonly axis: "coronal" | "sagittal";
  readonly p: number;
  readonly i: number;
  readonly r: number;
  readonly x: number;
  readonly y: number;
  readonly affine_2d: readonly (readonly number[])[];
  readonly affine_3d: readonly (readonly number[])[];
}

interface Vectors {
  readonly pir_to_xy: readonly Vector[];
  readonly xy_to_pir: readonly Vector[];
}

const read = <T>(file: string): T => JSON.parse(readFileSync(recording("recorded", file), "utf8"));

/** Rows of `[…linear, offset]`, as they were recorded, in the API's order. */
function flatten<Map extends Affine2d | Affine3d>(rows: readonly (readonly number[])[]): Map {
  return [...rows.flatMap((row) => row.slice(0, -1)), ...rows.map((row) => row.at(-1) ?? Number.NaN)] as unknown as Map;
}

/** The alignments of an answer; of each pair one was recorded, and the other is made here. */
function alignmentsOf(vector: Vector, kind: keyof Vectors) {
  const [map2d, map3d] = [flatten<Affine2d>(vector.affine_2d), flatten<Affine3d>(vector.affine_3d)];
  return kind === "pir_to_xy"
    ? {
        alignment2d: { tsv: invertAffine2d(map2d), tvs: map2d },
        alignment3d: { tvr: invertAffine3d(map3d), trv: map3d },
      }
    : {
        alignment2d: { tsv: map2d, tvs: invertAffine2d(map2d) },
        alignment3d: { tvr: map3d, trv: invertAffine3d(map3d) },
      };
}

function setOf(vector: Vector, kind: keyof Vectors): AlignedSet {
  const { alignment2d, alignment3d } = alignmentsOf(vector, kind);
  return new AlignedSet({
    id: vector.dataset_id,
    thicknessUm: vector.section_thickness ?? THICKNESS_UM,
    alignment3d,
    images: [{ imageId: vector.image_id, sectionNumber: vector.section_number, alignment2d }],
  });
}

const numbered = (name: string, values: readonly number[]): Record<string, number> =>
  Object.fromEntries(values.map((value, index) => [`${name}_${String(index).padStart(2, "0")}`, value]));

/** The largest difference of what was found to what was recorded. */
function errorOf(found: readonly number[], recorded: readonly number[]): number {
  expect(found).toHaveLength(recorded.length);
  return Math.max(...found.map((value, index) => Math.abs(value - (recorded[index] ?? Number.NaN))));
}

describeRecorded("the recorded answers of the synchronisation services", () => {
  let vectors: Vectors;
  beforeAll(() => {
    vectors = read("image_sync_vectors.json");
  });

  test("are there", () => {
    expect([vectors.pir_to_xy.length, vectors.xy_to_pir.length]).toEqual([13, 27]);
  });

  test("come from imageToReference() with no error", () => {
    const errors = vectors.xy_to_pir.map((vector) => {
      const set = setOf(vector, "xy_to_pir");
      const section = set.nearest(vector.section_number);
      const { x, y, z } = imageToReference(section, vector.x, vector.y);
      const all = imageToReferenceAll(section, Float64Array.of(vector.x, vector.y));
      const recorded = [vector.p, vector.i, vector.r];
      return Math.max(errorOf([x, y, z], recorded), errorOf([...all], recorded));
    });
    expect(Math.max(...errors)).toBe(0);
  });

  test("come from referenceToImage() with no error", () => {
    const errors = vectors.pir_to_xy.map((vector) => {
      const set = setOf(vector, "pir_to_xy");
      const place = set.referenceToImage(vector.p, vector.i, vector.r);
      const own = referenceToImage(set.nearest(0), vector.p, vector.i, vector.r);
      const { xy } = referenceToImageAll(set, Float64Array.of(vector.p, vector.i, vector.r));
      const recorded = [vector.x, vector.y];
      return Math.max(...[[place.x, place.y], [own.x, own.y], [...xy]].map((found) => errorOf(found, recorded)));
    });
    expect(Math.max(...errors)).toBe(0);
  });

  test("name the nearest of the sections that are known", () => {
    const inside = vectors.pir_to_xy.filter(({ dataset_id, section_number, p, i, r, ...vector }) => {
      const { trv } = setOf({ dataset_id, section_number, p, i, r, ...vector }, "pir_to_xy").alignment3d;
      const wanted = (trv[6] * p + trv[7] * i + trv[8] * r + trv[11]) / THICKNESS_UM;
      // Two sections of a set are recorded at most: of these the one that the service took is the nearer.
      const known = vectors.pir_to_xy
        .filter((other) => other.dataset_id === dataset_id)
        .map((other) => ({ sectionNumber: other.section_number }))
        .sort((one, other) => one.sectionNumber - other.sectionNumber);
      expect(known[nearestSection(known, wanted)]?.sectionNumber).toBe(section_number);
      return Math.abs(wanted - section_number) <= 4;
    });
    expect(inside.length).toBeGreaterThan(0);
  });

  test("come from a mirror on a port with no error", async () => {
    const folder = await temporaryFolder();
    const store = await openStore(join(folder, "store"), { create: true });
    const listening = await listen(createMirror({ store }));
    onTestFinished(async () => {
      await listening.close();
      store.close();
    });
    const { sync } = new BrainAtlas({ baseUrl: listening.url });
    let [worst, asked] = [0, 0];
    for (const kind of ["xy_to_pir", "pir_to_xy"] as const) {
      for (const vector of vectors[kind]) {
        await importVector(store, folder, vector, kind);
        const spaceId = vector.axis === "coronal" ? 9 : 10;
        if (kind === "xy_to_pir") {
          const { x, y, z } = await sync.imageToReference(vector.image_id, vector);
          worst = Math.max(worst, errorOf([x, y, z], [vector.p, vector.i, vector.r]));
        } else {
          const point = { x: vector.p, y: vector.i, z: vector.r };
          const [result] = await sync.referenceToImage(spaceId, point, vector.dataset_id);
          expect(result).toMatchObject({
            dataSetId: vector.dataset_id,
            place: { imageId: vector.image_id, sectionNumber: vector.section_number },
          });
          worst = Math.max(worst, errorOf([result?.place?.x ?? 0, result?.place?.y ?? 0], [vector.x, vector.y]));
        }
        asked += 1;
      }
    }
    expect(asked).toBe(40);
    expect(worst).toBeLessThanOrEqual(TOLERANCE);
    expect(worst).toBe(0);
  });
});

/** Puts the rows of one answer into the store, over those of the one before. */
async function importVector(
  store: Awaited<ReturnType<typeof openStore>>,
  folder: string,
  vector: Vector,
  kind: keyof Vectors,
): Promise<void> {
  const { alignment2d, alignment3d } = alignmentsOf(vector, kind);
  const dataSet = {
    id: vector.dataset_id,
    section_thickness: vector.section_thickness ?? THICKNESS_UM,
    reference_space_id: vector.axis === "coronal" ? 9 : 10,
    alignment3d: {
      id: vector.dataset_id,
      aligned_id: vector.dataset_id,
      aligned_type: "DataSet",
      ...numbered("tvr", alignment3d.tvr),
      ...numbered("trv", alignment3d.trv),
    },
  };
  // A set of each answer's own image: whether the nearest of several is taken is tested apart.
  const image = {
    id: vector.image_id,
    data_set_id: vector.dataset_id,
    section_number: vector.section_number,
    alignment2d: {
      id: vector.image_id,
      section_image_id: vector.image_id,
      ...numbered("tsv", alignment2d.tsv),
      ...numbered("tvs", alignment2d.tvs),
    },
  };
  for (const [model, row] of [
    ["SectionDataSet", dataSet],
    ["SectionImage", image],
  ] as const) {
    const path = join(folder, `${model}-${kind}-${vector.image_id}.json`);
    await writeFile(path, JSON.stringify([row]));
    await importFile(store, path, { model });
  }
}

describeRecorded("the recorded rows of alignments", () => {
  let tests: { test: string; response: { msg: Record<string, unknown>[] } }[];
  beforeAll(() => {
    tests = read("rma_and_sync_rv_from_atldld_tests.json");
  });
  const rowsOf = (name: string) => tests.find((each) => each.test === name)?.response.msg ?? [];

  test("are read, one by one and as a set", () => {
    const image = read<Record<string, unknown>>("rma_SectionImage_101945191_alignment2d_row.json");
    const dataSet = read<Record<string, unknown>>("rma_SectionDataSet_123_alignment3d_row.json");
    const set = parseAlignedSet(dataSet, [image]);
    expect(set).toMatchObject({ id: 123, thicknessUm: 25, referenceSpaceId: 10 });
    expect(set.section(101945191)?.sectionNumber).toBe(171);
    expect(set.section(101945191)?.alignment2d).toEqual(parseAlignment2d(image.alignment2d));
    expect(set.alignment3d).toEqual(parseAlignment3d(dataSet.alignment3d));
  });

  test("hold the service's own inverses, to its six digits", () => {
    const [image] = rowsOf("test_get_2d");
    const { tsv, tvs } = parseAlignment2d(image?.alignment2d);
    const exact = invertAffine2d(tsv);
    for (const [index, value] of tvs.entries()) expect(value / (exact[index] ?? 0)).toBeCloseTo(1, 4);
    expect(tvs).not.toEqual(exact);
  });

  test("bring a point of an image back to it, within what six digits leave", () => {
    const [dataSet] = rowsOf("test_get_3d");
    const set = parseAlignedSet(dataSet, rowsOf("test_get_2d_bulk"));
    for (const section of set.sections) {
      const point = imageToReference(section, 2000, 1500);
      const back = set.referenceToImage(point.x, point.y, point.z);
      expect(back.imageId).toBe(section.imageId);
      expect(Math.hypot(back.x - 2000, back.y - 1500)).toBeLessThan(1);
    }
  });
});
