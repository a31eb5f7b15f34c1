// How far the memory of a process grows while points are mapped: by the results, and by what it takes to make them. Says it in KiB, and
// nothing where the system does not tell.
import { readFileSync, writeFileSync } from "node:fs";
import { readWorld } from "./sync-world.mjs";

const [job, points] = process.argv.slice(2);
const count = Number(points);
const { imageToReferenceAll, referenceToImageAll } = await import("@brainatlas/sdk/sync");
const { set, section, xy, xyz } = await readWorld(count);

/** A field of what Linux says of this process, in KiB. */
function statusOf(/** @type {string} */ name) {
  const [, value] = new RegExp(`^${name}:\\s+(\\d+) kB$`, "m").exec(readFileSync("/proc/self/status", "utf8")) ?? [];
  return Number(value);
}

function measure() {
  writeFileSync("/proc/self/clear_refs", "5"); // Lowers the peak to what is held now.
  const before = statusOf("VmRSS");
  const xyzOut = new Float64Array(job === "image" ? count * 3 : 0);
  const placed = {
    sections: new Int32Array(job === "image" ? 0 : count),
    xy: new Float64Array(job === "image" ? 0 : count * 2),
  };
  for (let round = 0; round < 3; round += 1) {
    if (job === "image") imageToReferenceAll(section, xy, xyzOut);
    else referenceToImageAll(set, xyz, placed);
  }
  return statusOf("VmHWM") - before;
}

let grown;
try {
  grown = measure();
} catch {
  grown = undefined; // No Linux, or one that lets no process do that.
}
process.send?.({ grown }, () => process.disconnect());
