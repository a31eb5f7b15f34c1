import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { env, platform } from "node:process";
import { runProgram } from "../../support/run.ts";

/** A list of packages from PyPI, with all that they need. */
export interface PythonPackages {
  /** The one that is wanted. */
  readonly name: string;
  readonly version: string;
  /** The list, for pip. */
  readonly requirements: string;
}

/** The release of AllenSDK that the tests run. */
export const ALLENSDK: PythonPackages = {
  name: "allensdk",
  version: "2.16.2",
  requirements: join(import.meta.dirname, "../requirements.txt"),
};

/** The validator of the IIIF Image API, and what reads documents of the Presentation API. */
export const IIIF_VALIDATOR: PythonPackages = {
  name: "iiif-validator",
  version: "1.0.5",
  requirements: join(import.meta.dirname, "../requirements-iiif.txt"),
};

const MAKER = join(import.meta.dirname, "make_environment.py");

/** Versions of Python for which all dependencies have wheels, best first. */
const VERSIONS = ["3.11", "3.10", "3.9"];
const PROGRAMS = [...VERSIONS.map((version) => `python${version}`), "python3", "python"];
/** Fails where a system's Python comes without what makes virtual environments. */
const PROBE = "import ensurepip, sys, venv; print('%d.%d' % sys.version_info[:2])";

/** A Python that has the packages, or what was missing to have one. */
export type Environment = { readonly python: string } | { readonly missing: string };

/**
 * A virtual environment with packages from PyPI. It lies in the user's cache and is made by the first run that needs it; the
 * interpreter is that of `BRAINATLAS_PYTHON`, or the first that fits.
 */
export async function openEnvironment(packages: PythonPackages = ALLENSDK): Promise<Environment> {
  const { name, version, requirements } = packages;
  const base = await findPython();
  if (base === undefined) return { missing: "no Python 3.11, 3.10 or 3.9 with venv; name one in BRAINATLAS_PYTHON" };
  const folder = join(cacheFolder(), `${name}-${version}-${fingerprint(requirements, base.version)}`);
  const python = join(folder, platform === "win32" ? "Scripts/python.exe" : "bin/python");
  if (existsSync(python)) return { python };
  const { code, stderr } = await runProgram(base.program, [MAKER, folder, requirements]);
  if (code === 0) return { python };
  const [reason = "unknown"] = stderr
    .split("\n")
    .filter((line) => line.startsWith("ERROR:"))
    .slice(-1);
  return { missing: `pip could not install ${name} ${version}: ${reason.replace(/[()]/g, "")}` };
}

async function findPython(): Promise<{ program: string; version: string } | undefined> {
  for (const program of env.BRAINATLAS_PYTHON === undefined ? PROGRAMS : [env.BRAINATLAS_PYTHON]) {
    const found = await runProgram(program, ["-c", PROBE]).catch(() => undefined);
    const version = found?.code === 0 ? found.stdout.trim() : "";
    if (VERSIONS.includes(version)) return { program, version };
  }
  return undefined;
}

/** Another list of packages, or another Python, is another environment. */
function fingerprint(requirements: string, version: string): string {
  return createHash("sha256").update(readFileSync(requirements)).update(version).digest("hex").slice(0, 12);
}

function cacheFolder(): string {
  return join(env.XDG_CACHE_HOME || join(homedir(), ".cache"), "brainatlas");
}
