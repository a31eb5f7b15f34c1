import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";

const ROOT = join(import.meta.dirname, "../../../..");
const BUILDER = join(import.meta.dirname, "builder.ts");
const MODELS = ["SectionDataSet", "AtlasDataSet"];
const QUERIES = 50;
/**
 * Counted with TypeScript 7.0: 10 100 for the schema and the builder, 18 100 with the queries. A change of types that costs a
 * third more is one to think over.
 */
const MOST_INSTANTIATIONS = 24_000;

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "brainatlas-types-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Queries as they are written, each a bit different: what is written twice is counted once. */
function program(count: number): string {
  const queries = Array.from(
    { length: count },
    (_, index) => `export const query${index} = rma("${MODELS[index % MODELS.length]}")
  .where("id", "in", [${index}])
  .via("genes", (genes) => genes.where("acronym", "eq", "Pdyn"))
  .include("specimen", (specimen) => specimen.include("donor", (donor) => donor.include("age")))
  .only("id", "name")
  .orderBy("id")
  .limit(${index});
export const row${index} = query${index}.rowType?.specimen?.donor?.age?.days;`,
  );
  return `import { rma } from ${JSON.stringify(BUILDER)};\n${queries.join("\n")}\n`;
}

test(`rma() costs the type checker no more than ${MOST_INSTANTIATIONS} instantiations for ${QUERIES} queries`, () => {
  const path = join(folder, "queries.ts");
  writeFileSync(path, program(QUERIES));
  const compiler = join(ROOT, "node_modules", "typescript", "bin", "tsc");
  const options = [
    "--strict",
    "--noEmit",
    "--allowImportingTsExtensions",
    "--module",
    "nodenext",
    "--target",
    "es2023",
  ];
  const { status, stdout } = spawnSync(
    process.execPath,
    [compiler, "--ignoreConfig", "--extendedDiagnostics", ...options, "--lib", "es2023,webworker", path],
    { encoding: "utf8", cwd: folder },
  );
  expect(stdout).not.toContain("error TS");
  expect(status).toBe(0);
  const counted = Number(/^Instantiations:\s+(\d+)$/m.exec(stdout)?.[1]);
  expect(counted).toBeGreaterThan(1000);
  expect(counted).toBeLessThanOrEqual(MOST_INSTANTIATIONS);
});
