/** Longest name that all usual file systems take, in bytes. */
const MAX_NAME_BYTES = 255;

/**
 * What of a name, as a service gives it, can be a file's; `""` if nothing. It has no folders, and a hidden file is none that anyone expects.
 *
 * @example safeName(".a:b.swc") // → "a_b.swc"
 */
export function safeName(given: string): string {
  return given
    .replaceAll(/[^\p{L}\p{N} ._,()+-]/gu, "_")
    .replace(/^[. -]+/, "")
    .replace(/[. ]+$/, "");
}

/**
 * A name with something before its ending, cut to the length that it may have.
 *
 * @example withSuffix("a.swc", "-7") // → "a-7.swc"
 */
export function withSuffix(name: string, suffix: string): string {
  const [ending = ""] = /\.[\p{L}\p{N}]{1,20}$/u.exec(name) ?? [];
  const stem = Buffer.from(name.slice(0, name.length - ending.length));
  const room = MAX_NAME_BYTES - Buffer.byteLength(suffix + ending);
  // A stream's decoder leaves out a character that was cut in two.
  return new TextDecoder().decode(stem.subarray(0, room), { stream: true }) + suffix + ending;
}
