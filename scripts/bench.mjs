// Runs a bench: `npm run bench -- <name> [--json]`. Without a name it lists them.
import { readdirSync } from "node:fs";
import { createHarness, printTable } from "../bench/harness.mjs";
import { ensureBuilt } from "./lib/setup.mjs";

const FOLDER = new URL("../bench/", import.meta.url);
const args = process.argv.slice(2);
const json = args.includes("--json");
const names = args.filter((arg) => arg !== "--json");
const unknownFlag = names.find((arg) => arg.startsWith("-"));

if (unknownFlag !== undefined || names.length > 1) {
  fail(`cannot read "${args.join(" ")}"; give the name of one bench, and --json if wanted`);
}
await ensureBuilt();
const benches = await loadBenches();
const [wanted] = names;
if (wanted === undefined) {
  for (const { name, describe } of benches) console.log(`${name.padEnd(12)} ${describe}`);
} else {
  const bench = benches.find(({ name }) => name === wanted);
  if (bench === undefined) fail(`no bench "${wanted}"; give one of ${benches.map(({ name }) => name).join(", ")}`);
  const harness = createHarness(bench.name, { say: (line) => console.error(line) });
  await bench.run(harness);
  const result = harness.result();
  console.log(json ? JSON.stringify(result, null, 2) : printTable(result));
}

async function loadBenches() {
  const files = readdirSync(FOLDER)
    .filter((file) => file.endsWith(".mjs"))
    .sort();
  const modules = await Promise.all(files.map((file) => import(new URL(file, FOLDER).href)));
  // The harness lies there too, and is none.
  return modules.filter((module) => typeof module.run === "function");
}

function fail(/** @type {string} */ message) {
  console.error(`bench: ${message}`);
  process.exit(2);
}
