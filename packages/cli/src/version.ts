import { readFileSync } from "node:fs";

/** Version of this program. */
export function readVersion(): string {
  const text = readFileSync(new URL("../package.json", import.meta.url), "utf8");
  return String((JSON.parse(text) as { version: unknown }).version); // The package's own file.
}
