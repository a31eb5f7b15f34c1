import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { startNumpy } from "./support/numpy.mjs";
import { findPython } from "./support/python.mjs";
import { readWorld } from "./support/sync-world.mjs";

export const name = "sync";
export const describe = "a million points between images and reference space beside NumPy: time, and memory";

const POINTS = 1_000_000;
const TIME_AIM = { max: 1 };
/** Whoever needs no more than the results is at 1, but for what the system rounds. */
const MEMORY_AIM = { max: 1.1 };
const MEMORY = fileURLToPath(new URL("./support/sync-memory.mjs", import.meta.url));

/** @param {import("./harness.mjs").Harness} harness */
export async function run(harness) {
  const { imageToReferenceAll, referenceToImageAll } = await import("@brainatlas/sdk/sync");
  const { set, section, xy, xyz } = await readWorld(POINTS);
  const xyzOut = new Float64Array(POINTS * 3);
  const placed = { sections: new Int32Array(POINTS), xy: new Float64Array(POINTS * 2) };
  const cases = [
    { job: "image", title: "image to reference", ours: () => imageToReferenceAll(section, xy, xyzOut) },
    { job: "reference", title: "reference to image", ours: () => referenceToImageAll(set, xyz, placed) },
  ];
  const python = await findPython({ numpy: "numpy" });
  if (python === undefined) harness.absent("NumPy");
  const numpy = python === undefined ? undefined : await startNumpy(python, POINTS);
  try {
    for (const { job, title, ours } of cases) {
      // Both write into arrays that are there. The first does what ours does, in its order; the second multiplies the maps before, which
      // rounds otherwise.
      const peers =
        numpy === undefined
          ? {}
          : {
              "NumPy, same sums": () => numpy.run(job, "exact"),
              "NumPy, maps multiplied": () => numpy.run(job, "composed"),
            };
      const shared = { aim: TIME_AIM, rounds: 15, perRound: 2, warmUp: 5 };
      await harness.compare({ case: `${title}, ${POINTS} points`, ours, peers, ...shared });
    }
    if (numpy !== undefined) checkSame(await numpy.sums(), xyzOut, placed);
  } finally {
    await numpy?.close();
  }
  for (const { job, title } of cases) await measureMemory(harness, python, job, title);
}

/** Whoever is fast and wrong is not fast. */
function checkSame(
  /** @type {{ image: number, reference: number, sections: number }} */ theirs,
  /** @type {Float64Array} */ xyz,
  /** @type {{ sections: Int32Array, xy: Float64Array }} */ placed,
) {
  const sum = (/** @type {Float64Array | Int32Array} */ values) =>
    values.reduce((total, value) => total + Math.abs(value), 0);
  const pairs = [
    [sum(xyz), theirs.image],
    [sum(placed.xy), theirs.reference],
    [sum(placed.sections), theirs.sections],
  ];
  if (pairs.every(([ours, other]) => Math.abs(ours - other) <= 1e-9 * other)) return;
  throw new Error(`Cannot compare with NumPy: the answers differ, ${JSON.stringify(pairs)}`);
}

/** A process each, since a process never gives back what it had at its peak. */
async function measureMemory(
  /** @type {import("./harness.mjs").Harness} */ harness,
  /** @type {string | undefined} */ python,
  /** @type {string} */ job,
  /** @type {string} */ title,
) {
  const child = fork(MEMORY, [job, String(POINTS)], { stdio: ["ignore", "ignore", "inherit", "ipc"] });
  const [{ grown }] = await once(child, "message");
  if (grown === undefined) return; // The peers could not tell either.
  const ours = Math.round(grown / 1024);
  /** @type {Record<string, number>} */
  const peers = {};
  if (python !== undefined) {
    for (const [who, way] of [
      ["NumPy, same sums", "exact"],
      ["NumPy, maps multiplied", "composed"],
    ]) {
      const numpy = await startNumpy(python, POINTS);
      try {
        peers[who] = await numpy.peak(job, way);
      } finally {
        await numpy.close();
      }
    }
  }
  harness.record({ case: `${title}, memory, results among it`, unit: "MiB", ours, peers, aim: MEMORY_AIM });
}
