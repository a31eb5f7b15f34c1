// The main job on the embedded sample: one annotated plate, downsampled four times, as a JPEG in the current folder.
import { join } from "node:path";
import { ensureBuilt, ROOT, run } from "./lib/setup.mjs";

await ensureBuilt();
run(
  process.execPath,
  [
    join(ROOT, "packages", "cli", "dist", "main.js"),
    "image",
    "100883869",
    "--downsample",
    "4",
    "--annotation",
    "--api",
    "sample",
    ...process.argv.slice(2),
  ],
  { stdout: 1 },
);
