// All tests. `--long` runs the campaigns in full; other arguments go to Vitest.
import { join } from "node:path";
import { ensureBuilt, ensureRuntimes, ROOT, run } from "./lib/setup.mjs";

await ensureBuilt();
await ensureRuntimes();
const args = process.argv.slice(2);
const long = args.includes("--long");
run(
  process.execPath,
  [join(ROOT, "node_modules", "vitest", "vitest.mjs"), "run", ...args.filter((arg) => arg !== "--long")],
  { stdout: 1, spawn: { env: { ...process.env, ...(long ? { BRAINATLAS_LONG: "1" } : {}) } } },
);
