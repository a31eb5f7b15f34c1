import { UnsupportedError } from "../errors.ts";

/**
 * Loads sharp, which the user installs: this package has no dependencies.
 *
 * @param feature What it is needed for.
 * @param otherwise What helps beside installing it.
 * @throws {UnsupportedError} If it is not installed.
 */
export async function loadSharp(feature: string, otherwise = ""): Promise<typeof import("sharp")> {
  try {
    return await import("sharp");
  } catch (cause) {
    const reason = `the optional package "sharp" is not installed; run "npm install sharp"${otherwise}`;
    throw new UnsupportedError(feature, reason, { cause });
  }
}
