// All checks, in the order in which they fail fastest.
import { join } from "node:path";
import { ensureBuilt, ensureRuntimes, ROOT, run, say } from "./lib/setup.mjs";

await ensureBuilt();
await ensureRuntimes();
const bin = (name) => join(ROOT, "node_modules", ".bin", name);
const steps = [
  ["format, lint, imports, boundaries", bin("biome"), ["check", "--error-on-warnings", "."]],
  ["types of sources and tests", bin("tsc"), ["-p", "tests"]],
  ["types of the viewer", bin("tsc"), ["-p", "packages/viewer"]],
  ["types of the viewer's tests", bin("tsc"), ["-p", "tests/tsconfig.viewer.json"]],
  ["published surface", process.execPath, [join(ROOT, "scripts", "check-package.mjs")]],
  ["tests", process.execPath, [join(ROOT, "scripts", "test.mjs")]],
];
for (const [what, command, args] of steps) {
  say(`checking ${what}`);
  run(command, args, { stdout: 1 });
}
say("all checks passed");
