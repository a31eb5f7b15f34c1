import { spawnSync } from "node:child_process";
import { execPath } from "node:process";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const SCRIPT = fileURLToPath(new URL("../../../../scripts/build-codec.mjs", import.meta.url));

test("codec.generated.ts is what its sources give", () => {
  const { status, stderr } = spawnSync(execPath, [SCRIPT, "--check"], { encoding: "utf8" });
  expect([stderr, status]).toEqual(["", 0]);
});
