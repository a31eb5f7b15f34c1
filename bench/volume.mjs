import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { findPython, startPython } from "./support/python.mjs";

export const name = "volume";
export const describe = "an annotation of 77 million voxels beside pynrrd and NumPy: reading, slices, counts and masks";

const TIME_AIM = { max: 1 };
const SCRIPT = fileURLToPath(new URL("./support/pynrrd-volume.py", import.meta.url));
/** Size of the annotation at 25 µm. */
const SIZE = /** @type {const} */ ([528, 320, 456]);
const LABELS = 671;
/** Labels of a mask, as many as a larger structure has. */
const MASKED = 40;
const SLICE = 264;
/** Outside of the project, as it is not the project's to publish. */
const RECORDED = join(
  process.env.BRAINATLAS_RECORDINGS ?? fileURLToPath(new URL("../../shared/data", import.meta.url)),
  "real/volumes/annotation_25.nrrd",
);

/** @param {import("./harness.mjs").Harness} harness */
export async function run(harness) {
  const python = await findPython({ nrrd: "pynrrd", numpy: "numpy" });
  if (python === undefined) harness.absent("pynrrd");
  const folder = mkdtempSync(join(tmpdir(), "brainatlas-bench-"));
  try {
    const made = join(folder, "made.nrrd");
    await writeFile(made, await makeAnnotation());
    await compareOn(harness, python, "made annotation", made);
    if (existsSync(RECORDED)) await compareOn(harness, python, "recorded annotation", RECORDED);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function compareOn(
  /** @type {import("./harness.mjs").Harness} */ harness,
  /** @type {string | undefined} */ python,
  /** @type {string} */ title,
  /** @type {string} */ path,
) {
  const { readNrrd } = await import("@brainatlas/sdk/volume");
  const volume = await readNrrd(await readFile(path));
  const masked = [...volume.countVoxels().keys()].filter((label) => label !== 0).slice(0, MASKED);
  const peer = python === undefined ? undefined : startPython(python, SCRIPT);
  /** @type {{ title: string, ours: () => unknown, job: string, rounds: number, perRound: number }[]} */
  const cases = [
    { title: "read", ours: async () => readNrrd(await readFile(path)), job: `read ${path}`, rounds: 7, perRound: 1 },
    {
      title: "coronal slice",
      ours: () => volume.slice("coronal", SLICE),
      job: `slice ${SLICE}`,
      rounds: 15,
      perRound: 10,
    },
    { title: "voxels by label", ours: () => volume.countVoxels(), job: "count", rounds: 5, perRound: 1 },
    {
      title: `mask of ${MASKED} labels`,
      ours: () => volume.mask(masked),
      job: `mask ${masked}`,
      rounds: 5,
      perRound: 1,
    },
  ];
  try {
    if (peer !== undefined) await checkSame(peer, path, volume, masked);
    for (const { title: what, ours, job, rounds, perRound } of cases) {
      const peers = peer === undefined ? {} : { [what === "read" ? "pynrrd" : "NumPy"]: () => peer.ask(job) };
      const shared = {
        aim: TIME_AIM,
        rounds,
        perRound,
        warmUp: perRound === 1 ? 1 : 50,
      };
      await harness.compare({ case: `${title}: ${what}`, ours, peers, ...shared });
    }
  } finally {
    await peer?.close();
  }
}

/** Whoever is fast and wrong is not fast. */
async function checkSame(
  /** @type {ReturnType<typeof startPython>} */ peer,
  /** @type {string} */ path,
  /** @type {import("@brainatlas/sdk/volume").Volume} */ volume,
  /** @type {readonly number[]} */ masked,
) {
  const counts = volume.countVoxels();
  const inMask = masked.reduce((sum, label) => sum + (counts.get(label) ?? 0), 0);
  const ours = [volume.data.length, `${counts.size} ${Math.max(...counts.values())}`, inMask].map(String);
  const theirs = [await peer.ask(`read ${path}`), await peer.ask("count"), await peer.ask(`mask ${masked}`)];
  if (ours.join() !== theirs.join()) {
    throw new Error(`Cannot compare with pynrrd: the answers differ, ${JSON.stringify([ours, theirs])}`);
  }
}

/** A file of blocks of labels in an ellipsoid that fills a half of the volume, as a brain does: runs as long, ids as large. */
async function makeAnnotation() {
  const { Volume, writeNrrd } = await import("@brainatlas/sdk/volume");
  const [width, height, depth] = SIZE;
  const data = new Uint32Array(width * height * depth);
  let index = 0;
  for (let z = 0; z < depth; z += 1) {
    for (let y = 0; y < height; y += 1) {
      const rest = 1 - ((2 * y) / height - 1) ** 2 - ((2 * z) / depth - 1) ** 2;
      for (let x = 0; x < width; x += 1, index += 1) {
        if (((2 * x) / width - 1) ** 2 > rest) continue;
        // Borders of blocks waver, as those of structures do.
        const wave = (y * 7 + z * 5) % 11;
        const block = ((x + wave) >> 5) * 193 + ((y + (x >> 4)) >> 4) * 389 + (z >> 4) * 769;
        const label = 1 + (block % LABELS);
        data[index] = label < 600 ? label : label * 1_000_003;
      }
    }
  }
  return await writeNrrd(new Volume(data, SIZE, { spacingUm: 25 }));
}
