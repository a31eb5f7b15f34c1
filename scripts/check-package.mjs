// What is published: the API reports, the packages' own metadata, how their types resolve, and how large they are.
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { measureBundle } from "./lib/bundle-size.mjs";
import { ensureBuilt, PACKAGES, ROOT, run, say } from "./lib/setup.mjs";
import { findFaults, measurePage } from "./lib/viewer-page.mjs";

await ensureBuilt();
const node = (...args) => run(process.execPath, args, { stdout: 1 });
node(join(ROOT, "scripts", "api-report.mjs"), "--check");

const folder = mkdtempSync(join(tmpdir(), "brainatlas-check-"));
try {
  for (const name of PACKAGES) {
    const cwd = join(ROOT, "packages", name);
    run(join(ROOT, "node_modules", ".bin", "publint"), ["--strict", cwd], { stdout: 1 });
    run("npm", ["pack", "--loglevel=error", "--pack-destination", folder], { spawn: { cwd } });
  }
  const typed = readdirSync(folder).filter(
    (file) => file.startsWith("brainatlas-sdk") || file.startsWith("brainatlas-mirror"),
  );
  for (const file of typed)
    run(join(ROOT, "node_modules", ".bin", "attw"), ["--profile", "esm-only", join(folder, file)]);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

const page = join(ROOT, "packages", "viewer", "dist");
const faults = findFaults(page);
for (const fault of faults) say(`the built page of the viewer ${fault}`);
if (faults.length > 0) process.exit(1);

const budgets = JSON.parse(readFileSync(join(ROOT, "scripts", "budgets.json"), "utf8"));
for (const [entry, maxBytes] of Object.entries(budgets)) {
  const { gzip, gzipLater } = entry === "@brainatlas/viewer" ? measurePage(page) : await measureBundle(entry);
  const later = gzipLater === 0 ? "" : `, and ${gzipLater} when they are wanted`;
  say(`${entry}: ${gzip} of ${maxBytes} bytes, minified and compressed${later}`);
  if (gzip > maxBytes) {
    say(`${entry} is over its budget in scripts/budgets.json; make it smaller, or raise it with a reason`);
    process.exit(1);
  }
}
