// Compiles packages/mirror/assembly to WebAssembly and writes it as a module: it is loaded without looking for a file.
//
//   node scripts/build-codec.mjs [--check]
//
// With --check it writes nothing, and fails where the module differs.
import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { main } from "assemblyscript/asc";
import { ROOT } from "./lib/setup.mjs";

const SOURCES = join(ROOT, "packages", "mirror", "assembly");
const TARGET = join(ROOT, "packages", "mirror", "src", "jpeg", "codec.generated.ts");
const OPTIONS = ["--runtime", "stub", "--optimizeLevel", "3", "--shrinkLevel", "0", "--noAssert", "--enable", "simd"];

const check = process.argv.includes("--check");
const text = printModule(await compile());
if (existsSync(TARGET) && readFileSync(TARGET, "utf8") === text) process.exit();
console.error(`build-codec: codec.generated.ts ${check ? "is not what its sources give" : "written"}`);
if (check) process.exit(1);
// Under its name only when complete: tests may be reading it.
writeFileSync(`${TARGET}.${process.pid}`, text);
renameSync(`${TARGET}.${process.pid}`, TARGET);

async function compile() {
  let wasm;
  const { error, stderr } = await main(["index.ts", "--baseDir", SOURCES, "--outFile", "codec.wasm", ...OPTIONS], {
    writeFile: (_name, contents) => {
      wasm = contents;
    },
  });
  const said = stderr.toString();
  if (said !== "") console.error(said);
  if (error !== null || wasm === undefined) throw error ?? new Error("build-codec: nothing was compiled");
  return wasm;
}

function printModule(wasm) {
  return [
    '// Written by "node scripts/build-codec.mjs" from packages/mirror/assembly.',
    "/** WebAssembly that reads and writes JPEG, in base64. */",
    `export const CODEC_WASM: string =\n  "${Buffer.from(wasm).toString("base64")}";`,
    "",
  ].join("\n");
}
