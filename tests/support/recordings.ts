import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe } from "vitest";

/**
 * Folder of recorded answers of the real service. They are not the project's to publish, so they lie outside of it; tests
 * that need them are skipped, and say so, where they are absent.
 */
const FOLDER = resolve(process.env.BRAINATLAS_RECORDINGS ?? join(import.meta.dirname, "../../../shared/data"));

/** Path of a recording. */
export function recording(...parts: string[]): string {
  return join(FOLDER, ...parts);
}

const PRESENT = existsSync(FOLDER);

/** A group of tests on recordings. */
export function describeRecorded(name: string, body: () => void): void {
  if (PRESENT) describe(name, body);
  else describe.skip(`${name} (skipped: no recordings; name their folder in BRAINATLAS_RECORDINGS)`, body);
}
