import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { ROOT } from "./setup.mjs";

/** Where systems keep a Chromium or Chrome. */
const SYSTEM = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

/**
 * What the packed browser is told by default, and is not wanted: what would make it ask nobody whether another origin may be read, and all in one
 * process, which ends with its first context.
 */
const UNWANTED = ["--disable-web-security", "--allow-running-insecure-content", "--single-process"];

/**
 * What keeps a headless browser from asking the network for anything of its own, and from emulating a graphics processor, which takes several times as
 * long as to draw without one.
 */
const QUIET = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-sync",
];

/**
 * Starts a headless browser: `BRAINATLAS_CHROMIUM`, else the system's, else the one that `ensureRuntimes()` installed (Linux, x86-64).
 *
 * @param {string[]} [more] Further arguments of the browser.
 * @returns {Promise<import("playwright-core").Browser>}
 */
export async function launchChromium(more = []) {
  const path = process.env.BRAINATLAS_CHROMIUM ?? SYSTEM.find((each) => existsSync(each));
  if (path !== undefined) return await chromium.launch({ executablePath: path, args: [...QUIET, ...more] });
  const require = createRequire(join(ROOT, "tests", "runtimes", "package.json"));
  const { default: packed } = await import(require.resolve("@sparticuz/chromium"));
  const args = [...packed.args.filter((arg) => !UNWANTED.includes(arg)), ...QUIET, ...more];
  return await chromium.launch({ executablePath: await packed.executablePath(), args });
}
