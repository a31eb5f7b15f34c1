import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { type Browser, chromium } from "playwright-core";

/** Where systems keep a Chromium or Chrome. */
const SYSTEM = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

/** What the packed browser is told by default, and what would make it ask nobody whether another origin may be read. */
const UNSAFE = ["--disable-web-security", "--allow-running-insecure-content"];

/** What keeps a headless browser from asking the network for anything of its own. */
const QUIET = ["--no-sandbox", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-sync"];

/**
 * Starts a headless browser: `BRAINATLAS_CHROMIUM`, else the system's, else the one that the tests installed (Linux, x86-64).
 */
export async function launchChromium(): Promise<Browser> {
  const path = process.env.BRAINATLAS_CHROMIUM ?? SYSTEM.find((each) => existsSync(each));
  if (path !== undefined) return await chromium.launch({ executablePath: path, args: QUIET });
  const require = createRequire(join(import.meta.dirname, "../runtimes/package.json"));
  const { default: packed } = (await import(require.resolve("@sparticuz/chromium"))) as {
    default: { args: string[]; executablePath(): Promise<string> };
  };
  const args = [...packed.args.filter((arg) => !UNSAFE.includes(arg)), ...QUIET];
  return await chromium.launch({ executablePath: await packed.executablePath(), args });
}
