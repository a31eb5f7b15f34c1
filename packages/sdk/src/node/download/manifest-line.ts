import type { ManifestLine } from "./types.ts";

/** A line as it is written, with its end. */
export function printLine(line: ManifestLine): string {
  return `${JSON.stringify(line)}\n`;
}

/**
 * Reads a line of the manifest.
 *
 * @returns `undefined` when it is damaged, or says less than a line has to.
 */
export function parseLine(text: string): ManifestLine | undefined {
  let value: Partial<Record<keyof ManifestLine, unknown>> | null;
  try {
    // What is found is checked.
    value = JSON.parse(text) as typeof value;
  } catch {
    return undefined;
  }
  if (typeof value !== "object" || value === null) return undefined;
  const isNamed = typeof value.name === "string" && typeof value.url === "string";
  const isDone = value.status === "done" && isSize(value.bytes) && isHash(value.sha256);
  // The fields that decide are of their types; the others are passed on as they were written.
  return isNamed && (isDone || value.status === "failed") ? (value as ManifestLine) : undefined;
}

function isSize(value: unknown): boolean {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0;
}

function isHash(value: unknown): boolean {
  return typeof value === "string" && /^[0-9a-f]{64}$/.test(value);
}
