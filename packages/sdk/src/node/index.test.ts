import { readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { expect, test } from "vitest";

/** The modules that are loaded along with one, by its imports that are no types. */
function loadedWith(path: string, found: Set<string> = new Set()): Set<string> {
  if (found.has(path)) return found;
  found.add(path);
  const imports = readFileSync(path, "utf8").matchAll(/^(?:import|export) (?!type )[^;"]* from "(\.[^"]+)";/gm);
  for (const [, other = ""] of imports) loadedWith(join(dirname(path), other), found);
  return found;
}

test("@brainatlas/sdk/node loads connections, and what joins regions, only when they are used", () => {
  const names = [...loadedWith(join(import.meta.dirname, "index.ts"))].map((path) => basename(path));
  expect(names).toEqual(expect.arrayContaining(["download-all.ts", "lock.ts", "check.ts"]));
  for (const name of ["socket-wire.ts", "run.ts", "verify-folder.ts", "join-regions.ts", "errors.ts"]) {
    expect(names).not.toContain(name);
  }
});
