import { createHash, randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, rename, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { ROOT } from "../../scripts/lib/setup.mjs";
import { runWell } from "./run.ts";

const VIEWER = join(ROOT, "packages", "viewer");
const VITE = join(ROOT, "node_modules", "vite", "bin", "vite.js");
const CACHE = join(ROOT, ".cache", "viewer-pages");

/** What a page is built from. */
const SOURCES = [
  join(VIEWER, "src"),
  join(VIEWER, "public"),
  join(VIEWER, "index.html"),
  join(VIEWER, "vite.config.ts"),
  join(ROOT, "packages", "sdk", "src"),
  join(ROOT, "package-lock.json"),
];

/** Pages that nobody asked for so long, in ms, are of sources that are no more. */
const OLD_MS = 3_600_000;

let page: Promise<string> | undefined;

/**
 * Folder of the page, built from the sources as they are; files of tests that run side by side share it. `BRAINATLAS_VIEWER` names another
 * folder, such as that of a published package.
 */
export function viewerFolder(): Promise<string> {
  page ??= process.env.BRAINATLAS_VIEWER === undefined ? findOrBuild() : Promise.resolve(process.env.BRAINATLAS_VIEWER);
  return page;
}

async function findOrBuild(): Promise<string> {
  const folder = join(CACHE, await hashSources());
  if (existsSync(folder)) return folder;
  await mkdir(CACHE, { recursive: true });
  await removeOld();
  const made = join(CACHE, `${randomUUID()}.part`);
  await runWell(process.execPath, [VITE, "build", "--outDir", made, "--emptyOutDir", "--logLevel", "warn"], {
    cwd: VIEWER,
    // A test that builds has another, and the page would not be the same.
    env: { NODE_ENV: "production" },
  });
  try {
    await rename(made, folder);
  } catch (error) {
    await rm(made, { recursive: true, force: true });
    // Another file's tests were quicker.
    if (!existsSync(folder)) throw error;
  }
  return folder;
}

async function hashSources(): Promise<string> {
  const hash = createHash("sha256");
  for (const source of SOURCES) {
    for (const path of await filesIn(source)) hash.update(`${path}\n`).update(await readFile(path));
  }
  return hash.digest("hex").slice(0, 16);
}

async function filesIn(path: string): Promise<string[]> {
  if (!(await stat(path)).isDirectory()) return [path];
  const entries = await readdir(path, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && !/\.test(-d)?\.tsx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

async function removeOld(): Promise<void> {
  for (const name of await readdir(CACHE)) {
    const path = join(CACHE, name);
    const found = await stat(path).catch(() => undefined);
    if (found !== undefined && Date.now() - found.mtimeMs > OLD_MS) await rm(path, { recursive: true, force: true });
  }
}
