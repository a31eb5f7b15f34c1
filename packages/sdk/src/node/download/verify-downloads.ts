import type { VerifyDownloadsOptions, VerifySummary } from "./verify-types.ts";

/**
 * Compares the files of a directory with the lengths and hashes of its manifest, without a network. Of a name the last line that is done counts.
 *
 * While a run is at work there, a file that it is just naming may be reported missing.
 *
 * @throws {TypeError} If the directory is no path, or an option is unknown.
 * @throws {Error} If it has no manifest, or cannot be read; an abort rejects with the signal's reason.
 * @example
 * const { ok, faults } = await verifyDownloads("plates");
 */
export async function verifyDownloads(directory: string, options: VerifyDownloadsOptions = {}): Promise<VerifySummary> {
  const { verifyFolder } = await import("./verify-folder.ts"); // Loaded when it is needed, as by `downloadAll()`.
  return await verifyFolder(directory, options);
}
