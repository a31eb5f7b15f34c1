/** Why a file cannot be read, in words. */
export function describeReadError(cause: unknown): string {
  // Errors of the file system have a code.
  const code = (cause as { code?: unknown }).code;
  if (code === "ENOENT") return "there is no such file";
  if (code === "EISDIR") return "it is a folder";
  return cause instanceof Error ? cause.message : String(cause);
}
