import { readFileSync } from "node:fs";
import { parseStructureGraph, type StructureTree } from "@brainatlas/sdk/ontology";
import { NO_DATA, readGridZip, readNrrd, readZip, type Triple, type Volume, writeNrrd } from "@brainatlas/sdk/volume";
import { beforeAll, expect, test } from "vitest";
import { describeRecorded, recording } from "../support/recordings.ts";

const read = (...parts: string[]): Buffer<ArrayBuffer> => readFileSync(recording("real", "volumes", ...parts));

/** The middle of the voxels, weighted by their values, in voxels. */
function centroid({ data, size: [width, height, depth] }: Pick<Volume, "data" | "size">): Triple {
  let [x, y, z, total] = [0, 0, 0, 0];
  for (let slab = 0, index = 0; slab < depth; slab += 1) {
    for (let row = 0; row < height; row += 1) {
      for (let column = 0; column < width; column += 1, index += 1) {
        const weight = data[index] as number; // None of the recorded volumes has bigints.
        if (weight === 0) continue;
        [x, y, z, total] = [x + weight * column, y + weight * row, z + weight * slab, total + weight];
      }
    }
  }
  return [x / total, y / total, z / total];
}

describeRecorded("the annotation of 2017 at 25 µm", () => {
  let volume: Volume;
  let tree: StructureTree;
  let counts: Map<number, number>;

  beforeAll(async () => {
    volume = await readNrrd(read("annotation_25.nrrd"));
    tree = parseStructureGraph(JSON.parse(readFileSync(recording("real", "structure-graph", "1.json"), "utf8")));
    counts = volume.countVoxels();
  }, 60_000);

  test("has the documented size, spacing and type", () => {
    expect(volume).toMatchObject({
      type: "uint32",
      size: [528, 320, 456],
      spacingUm: [25, 25, 25],
      originUm: [0, 0, 0],
    });
    expect(volume.space).toBe("left-posterior-superior");
  });

  test("has 671 labels, all of them structures of graph 1", () => {
    expect([...counts.keys()].filter((label) => label !== 0 && !tree.has(label))).toEqual([]);
    expect(counts.size - 1).toBe(671);
  });

  test("has as many voxels of each label when they are counted slice by slice, each by itself", () => {
    const labels = Uint32Array.from(counts.keys());
    const again = new Float64Array(labels.length);
    for (let index = 0; index < volume.size[2]; index += 1) {
      // Each label's place among those in ascending order, by halving.
      for (const label of volume.slice("sagittal", index).data as Uint32Array) {
        let [low, high] = [0, labels.length - 1];
        while (low < high) {
          const middle = (low + high) >> 1;
          if ((labels[middle] ?? 0) < label) low = middle + 1;
          else high = middle;
        }
        if (labels[low] === label) again[low] = (again[low] ?? 0) + 1;
      }
    }
    expect([...again]).toEqual([...counts.values()]);
    expect(again.reduce((sum, count) => sum + count, 0)).toBe(528 * 320 * 456);
  }, 120_000);

  test("adds up to the root, and masks agree with the sums", () => {
    const sums = volume.countByStructure(tree);
    const labelled = volume.data.length - (counts.get(0) ?? 0);
    expect(sums.get(997)).toBe(labelled);
    for (const acronym of ["Isocortex", "TH", "CB", "VISp"]) {
      const { id } = tree.byAcronym(acronym) ?? { id: 0 };
      const mask = volume.mask(tree.descendants(id, { self: true }).map((structure) => structure.id));
      let inside = 0;
      for (let index = 0; index < mask.length; index += 1) inside += mask[index] ?? 0;
      expect([acronym, inside]).toEqual([acronym, sums.get(id)]);
    }
    const children = tree.children(997).reduce((sum, { id }) => sum + (sums.get(id) ?? 0), 0);
    expect(children + (counts.get(997) ?? 0)).toBe(labelled);
  }, 60_000);

  test("is a brain: symmetric about the middle, cerebellum behind and cortex above", () => {
    const [width, height, depth] = volume.size;
    let [pairs, alike] = [0, 0];
    for (let x = 0; x < width; x += 7) {
      for (let y = 0; y < height; y += 7) {
        for (let z = 0; z < depth / 2; z += 7) {
          const left = volume.data[volume.indexOf([x, y, z])];
          const right = volume.data[volume.indexOf([x, y, depth - 1 - z])];
          if (left === 0 && right === 0) continue;
          pairs += 1;
          if (left === right) alike += 1;
        }
      }
    }
    expect(pairs).toBeGreaterThan(10_000);
    expect(alike / pairs).toBeGreaterThan(0.95);
    const middleOf = (acronym: string): readonly number[] => {
      const { id } = tree.byAcronym(acronym) ?? { id: 0 };
      const mask = volume.mask(tree.descendants(id, { self: true }).map((structure) => structure.id));
      return centroid({ data: mask, size: volume.size });
    };
    const [cerebellum, cortex, hypothalamus] = [middleOf("CB"), middleOf("Isocortex"), middleOf("HY")];
    expect(cerebellum[0]).toBeGreaterThan(cortex[0] ?? 0);
    expect(hypothalamus[1]).toBeGreaterThan(cortex[1] ?? 0);
    for (const middle of [cerebellum, cortex, hypothalamus]) expect(Math.abs((middle[2] ?? 0) - 227.5)).toBeLessThan(2);
  }, 120_000);

  test("names what is at a point, and paints it in the structure's colour", () => {
    const label = volume.labelAt([6600, 4000, 5000]) ?? 0;
    expect(tree.path(label)).toContain(549);
    const colours = new Map(Array.from(tree, ({ id }) => [id, tree.rgb(id) ?? ([0, 0, 0] as const)]));
    const { data, width } = volume.rgbSlice("coronal", 264, colours);
    const pixel = (160 * width + 200) * 4;
    expect([...data.subarray(pixel, pixel + 4)]).toEqual([...(tree.rgb(label) ?? []), 255]);
    expect([...data.subarray(0, 4)]).toEqual([0, 0, 0, 0]);
  });
});

describeRecorded("grids of the adult mouse", () => {
  test("the annotation of 2013 is 133 × 81 × 115 numbers of 16 bits, in a MetaImage", async () => {
    const { volumes, dataSetXml } = await readGridZip(read("gridAnnotation-100um-2013.zip"));
    const volume = volumes.get("gridAnnotation");
    expect(volume).toMatchObject({ type: "uint16", size: [133, 81, 115], spacingUm: [100, 100, 100], space: "RAI" });
    expect([volume?.data.length, dataSetXml]).toEqual([133 * 81 * 115, undefined]);
    const counts = volume?.countVoxels() ?? new Map<number, number>();
    expect(counts.get(0)).toBeGreaterThan(133 * 81 * 115 * 0.5);
    // The thalamus of then has the ids of now, where they fit into 16 bits.
    const tree = parseStructureGraph(JSON.parse(readFileSync(recording("real", "structure-graph", "1.json"), "utf8")));
    const known = [...counts.keys()].filter((label) => tree.has(label)).length;
    expect(known / counts.size).toBeGreaterThan(0.9);
    expect(tree.path(volume?.labelAt([6600, 4000, 5000]) ?? 0)).toContain(549);
  });

  test("the energy of Prox1 is 67 × 41 × 58 reals, and −1 where no data is", async () => {
    const bytes = read("section-data-set-69289763-energy.zip");
    expect(bytes.equals(readFileSync(recording("recorded", "grid_data_download_69289763.zip")))).toBe(true);
    expect(readZip(bytes).map(({ name, sizeBytes }) => [name, sizeBytes])).toEqual([
      ["data_set.xml", 34_797],
      ["energy.raw", 637_304],
      ["energy.mhd", 283],
    ]);
    const { volumes, dataSetXml } = await readGridZip(bytes);
    const energy = volumes.get("energy");
    expect(energy).toMatchObject({ type: "float32", size: [67, 41, 58], spacingUm: [200, 200, 200], space: "RAI" });
    expect(dataSetXml).toBe(readFileSync(recording("recorded", "grid_data_69289763_data_set.xml"), "utf8"));
    const values = energy?.data as Float32Array;
    expect(values.filter((value) => value < 0).every((value) => value === NO_DATA)).toBe(true);
    const { min, max, count } = energy?.range({ noData: NO_DATA }) ?? {};
    expect([min, count]).toEqual([0, values.filter((value) => value !== -1).length]);
    // Energy is density, up to 1, times intensity, up to 255.
    expect(max).toBeGreaterThan(10);
    expect(max).toBeLessThanOrEqual(255);
    // A sagittal series covers one half of the brain.
    const withData = (z: number): boolean =>
      energy?.slice("sagittal", z).data.some((value: number | bigint) => value !== -1) === true;
    const halves = [0, 29].map(
      (start) => Array.from({ length: 29 }, (_, z) => withData(start + z)).filter(Boolean).length,
    );
    expect(Math.min(...halves)).toBeLessThan(Math.max(...halves) / 3);
  });

  test("the template at 50 µm is a bright brain in the dark", async () => {
    const volume = await readNrrd(read("average_template_50.nrrd"));
    expect(volume).toMatchObject({ type: "uint16", size: [264, 160, 228], spacingUm: [50, 50, 50] });
    const { min, max, mean } = volume.range();
    expect([min, max]).toEqual([0, 516]);
    expect(volume.valueAt([6600, 4000, 5000])).toBeGreaterThan(mean);
    expect(volume.valueAt([25, 25, 25])).toBe(0);
    const [x, y, z] = centroid(volume);
    expect(Math.abs(z - 113.5)).toBeLessThan(1);
    expect([x > 88 && x < 176, y > 53 && y < 107]).toEqual([true, true]);
  });

  test("the template and the annotation are of one brain", async () => {
    const [template, annotation] = await Promise.all([
      readNrrd(read("average_template_50.nrrd")),
      readNrrd(read("annotation_25.nrrd")),
    ]);
    const sums = { inside: [0, 0], outside: [0, 0] };
    for (let index = 0; index < template.data.length; index += 101) {
      const [width, height] = template.size;
      const point = template.pointOf([
        index % width,
        Math.floor(index / width) % height,
        Math.floor(index / (width * height)),
      ]);
      const sum = annotation.labelAt(point) === undefined ? sums.outside : sums.inside;
      sum[0] = (sum[0] ?? 0) + Number(template.data[index]);
      sum[1] = (sum[1] ?? 0) + 1;
    }
    const mean = ([total = 0, count = 1]: readonly number[]): number => total / count;
    expect(mean(sums.inside)).toBeGreaterThan(10 * mean(sums.outside));
  }, 60_000);
});

describeRecorded("the tracer experiment 158375425 at 100 µm", () => {
  const FOLDER = "experiment-158375425";
  const open = (image: string): Promise<Volume> => readNrrd(read(FOLDER, `${image}_100.nrrd`));

  test.each(["projection_density", "injection_density", "injection_fraction", "data_mask"])(
    "%s is 132 × 80 × 114 reals from 0 to 1",
    async (image) => {
      const volume = await open(image);
      expect(volume).toMatchObject({ type: "float32", size: [132, 80, 114], spacingUm: [100, 100, 100] });
      const { min, max, count } = volume.range();
      expect([min, count]).toEqual([0, 132 * 80 * 114]);
      expect(max).toBeGreaterThan(0);
      expect(max).toBeLessThanOrEqual(1);
    },
  );

  test("the injection is labelled no denser than its site is full, and lies where there are sections", async () => {
    const [projection, density, fraction, mask] = await Promise.all(
      ["projection_density", "injection_density", "injection_fraction", "data_mask"].map(open),
    );
    if (projection === undefined || density === undefined || fraction === undefined || mask === undefined) return;
    const at = ({ data }: Volume, index: number): number => Number(data[index]);
    const site = [...fraction.data.keys()].filter((index) => at(fraction, index) > 0);
    expect(site.length).toBeGreaterThan(50);
    expect(site.filter((index) => at(density, index) > at(fraction, index) + 1e-6)).toEqual([]);
    // All that is labelled in the site is labelled in the brain.
    expect(site.filter((index) => at(density, index) > at(projection, index) + 1e-6)).toEqual([]);
    expect(density.data.some((value: number | bigint, index: number) => value !== 0 && at(fraction, index) === 0)).toBe(
      false,
    );
    const middle = fraction.pointOf(centroid(fraction).map(Math.round) as unknown as Triple);
    expect([fraction.valueAt(middle), mask.valueAt(middle)]).toEqual([expect.any(Number), 1]);
    expect(fraction.valueAt(middle)).toBeGreaterThan(0.5);
    const annotation = await readNrrd(read("annotation_25.nrrd"));
    expect(annotation.labelAt(middle)).toBeDefined();
  }, 60_000);

  test("reads again as it was once it is written", async () => {
    const volume = await open("projection_density");
    const again = await readNrrd(await writeNrrd(volume));
    expect({ ...again, data: undefined }).toEqual({ ...volume, data: undefined });
    expect(Buffer.from(again.data.buffer).equals(Buffer.from(volume.data.buffer))).toBe(true);
  });
});
