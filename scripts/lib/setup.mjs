import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** The checkout's top folder, with a trailing separator. */
export const ROOT = fileURLToPath(new URL("../../", import.meta.url));

const MIN_NODE = [20, 19];
/** The packages, each after those that it needs. */
export const PACKAGES = ["sdk", "mirror", "viewer", "cli"];
/** What packages are built from. */
const SOURCE = /\.(tsx?|json|css|html|svg|png|ico|webmanifest|woff2)$/;

/** Installs what package-lock.json names, unless that very lock is installed already. */
export async function ensureInstalled() {
  requireNode();
  const lock = hash(readFileSync(join(ROOT, "package-lock.json")));
  const stamp = join(ROOT, "node_modules", ".brainatlas-lock");
  if (readIfThere(stamp) === lock) return;
  say("installing the dependencies (once)");
  run("npm", ["ci", "--no-audit", "--no-fund", "--loglevel=error"]);
  writeFileSync(stamp, lock);
}

/** Builds the packages, unless they are built from these very sources. */
export async function ensureBuilt() {
  await ensureInstalled();
  const sources = hash(describeSources());
  const stamp = join(ROOT, ".cache", "built-from");
  if (readIfThere(stamp) === sources && PACKAGES.every((name) => existsSync(join(ROOT, "packages", name, "dist"))))
    return;
  say("building the packages");
  build();
  mkdirSync(join(ROOT, ".cache"), { recursive: true });
  writeFileSync(stamp, sources);
}

/** Builds from nothing: output of a deleted source must not stay. */
export function build() {
  for (const name of PACKAGES) rmSync(join(ROOT, "packages", name, "dist"), { recursive: true, force: true });
  run(process.execPath, [join(ROOT, "node_modules", "typescript", "bin", "tsc"), "-b"]);
  run(process.execPath, [join(ROOT, "node_modules", "vite", "bin", "vite.js"), "build", "--logLevel", "warn"], {
    // A test that builds has another, and the page would not be the same.
    spawn: { cwd: join(ROOT, "packages", "viewer"), env: { ...process.env, NODE_ENV: "production" } },
  });
}

/** Runs a program with its output shown, and ends this one when it fails. */
export function run(command, args, options = {}) {
  const { status, error } = spawnSync(command, args, {
    cwd: ROOT,
    // Set-up must not write to the output of the program it sets up for.
    stdio: ["inherit", options.stdout ?? 2, 2],
    shell: process.platform === "win32" && command === "npm",
    ...options.spawn,
  });
  if (error !== undefined) fail(`cannot run ${command}: ${error.message}`);
  if (status !== 0) process.exit(status ?? 1);
}

export function say(text) {
  process.stderr.write(`brainatlas: ${text}\n`);
}

function fail(text) {
  say(text);
  process.exit(1);
}

function requireNode() {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  if (major > MIN_NODE[0] || (major === MIN_NODE[0] && minor >= MIN_NODE[1])) return;
  fail(`Node ${process.versions.node} is too old; install Node ${MIN_NODE.join(".")} or newer`);
}

function describeSources() {
  const lines = [readFileSync(join(ROOT, "tsconfig.base.json"), "utf8")];
  const visit = (folder) => {
    for (const entry of readdirSync(join(ROOT, folder), { withFileTypes: true })) {
      const path = `${folder}/${entry.name}`;
      if (entry.name === "node_modules" || entry.name === "dist") continue;
      if (entry.isDirectory()) visit(path);
      else if (SOURCE.test(entry.name) && !/\.test(-d)?\.tsx?$/.test(entry.name)) {
        const { size, mtimeMs } = statSync(join(ROOT, path));
        lines.push(`${path} ${size} ${mtimeMs}`);
      }
    }
  };
  visit("packages");
  return lines.sort().join("\n");
}

function readIfThere(path) {
  return existsSync(path) ? readFileSync(path, "utf8") : undefined;
}

function hash(content) {
  return createHash("sha256").update(content).digest("hex");
}

/**
 * Installs the runtimes that the packed packages are tried on. They are large and for the tests alone, so they lie apart from
 * the development tools.
 */
export async function ensureRuntimes() {
  const folder = join(ROOT, "tests", "runtimes");
  const lock = hash(readFileSync(join(folder, "package-lock.json")));
  const stamp = join(folder, "node_modules", ".brainatlas-lock");
  if (readIfThere(stamp) === lock) return;
  say("installing Deno, Bun and a Chromium for the tests (once)");
  run("npm", ["ci", "--no-audit", "--no-fund", "--loglevel=error"], { spawn: { cwd: folder } });
  writeFileSync(stamp, lock);
}
