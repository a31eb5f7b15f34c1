import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { createByHand } from "./support/rma-by-hand.mjs";
import { fillUnionizes, openEngine } from "./support/rma-data.mjs";

export const name = "rma";
export const describe =
  "what a mirror's queries cost beside SQL written by hand for them: time, and memory of a full scan";

const ROWS = 1_000_000;
const TIME_AIM = { max: 1.5 };
/** Peak memory of a scan over that of one a hundredth of its size. */
const MEMORY_AIM = { max: 1.25 };
const SCANNER = fileURLToPath(new URL("./support/rma-scan.mjs", import.meta.url));

/** @param {import("./harness.mjs").Harness} harness */
export async function run(harness) {
  const folder = mkdtempSync(join(tmpdir(), "brainatlas-bench-"));
  try {
    const path = join(folder, "records.db");
    await fillUnionizes(path, ROWS);
    await compareTimes(harness, path);
    await measureMemory(harness, folder, path);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  await measureLanguage(harness);
}

/** Both give the text of the whole JSON answer; ours starts from the text of the query. */
async function compareTimes(/** @type {import("./harness.mjs").Harness} */ harness, /** @type {string} */ path) {
  const engine = await openEngine(path);
  const byHand = await createByHand(path);
  // The same numbers for both.
  const [ourNumbers, theirNumbers] = [createNumbers(), createNumbers()];
  const unionizes = "model::StructureUnionize,rma::criteria";
  const cases = [
    {
      case: "one row by its id",
      ours: () => engine.answer(`${unionizes},[id$eq${1 + ourNumbers(ROWS)}]`),
      byHand: () => byHand.point(1 + theirNumbers(ROWS)),
      others: { "by hand, blocking": () => byHand.pointNow(1 + theirNumbers(ROWS)) },
      perRound: 200,
      rounds: 30,
    },
    {
      case: "a page of 50 of a structure's rows, with the total",
      ours: () =>
        engine.answer(
          `${unionizes},[structure_id$eq${1 + ourNumbers(1000)}][expression_energy$gt1.5],rma::options[start_row$eq50]`,
        ),
      byHand: () => byHand.page(1 + theirNumbers(1000), 1.5, 50),
      perRound: 20,
      rounds: 30,
    },
    {
      case: "rows of a set in a structure set, structure included",
      ours: () => {
        const set = 1 + ourNumbers(ROWS / 1000);
        return engine.answer(
          `${unionizes},[section_data_set_id$eq${set}],structure(structure_sets[id$eq1]),rma::include,structure,rma::options[num_rows$eq'all']`,
        );
      },
      byHand: () => byHand.join(1 + theirNumbers(ROWS / 1000), 1),
      perRound: 20,
      rounds: 30,
    },
    {
      case: `all ${ROWS} rows`,
      ours: () => engine.answer("model::StructureUnionize,rma::options[num_rows$eq'all']"),
      byHand: () => byHand.scan(),
      perRound: 1,
      rounds: 5,
    },
  ];
  for (const { case: title, ours, byHand: peer, others, perRound, rounds } of cases) {
    const warmUp = perRound === 1 ? 1 : 200;
    const peers = { "by hand": peer, ...others };
    await harness.compare({ case: title, ours, peers, against: "by hand", aim: TIME_AIM, rounds, perRound, warmUp });
  }
  engine.close();
  byHand.close();
}

/** Numbers below a bound that look drawn by lot, and are the same in every run. */
function createNumbers() {
  let state = 1;
  return (/** @type {number} */ bound) => {
    state = (state * 48_271) % 2_147_483_647;
    return state % bound;
  };
}

/** A process each, since a process never gives back what it had at its peak. */
async function measureMemory(
  /** @type {import("./harness.mjs").Harness} */ harness,
  /** @type {string} */ folder,
  /** @type {string} */ full,
) {
  /** @type {[number, number][]} */
  const peaks = [];
  for (const rows of [ROWS / 100, ROWS / 10, ROWS]) {
    const path = rows === ROWS ? full : join(folder, `records-${rows}.db`);
    if (path !== full) await fillUnionizes(path, rows);
    peaks.push([rows, await peakOfScan(path)]);
  }
  const [[fewest, base] = [0, 0]] = peaks;
  for (const [rows, peak] of peaks.slice(1)) {
    harness.record({
      case: `peak memory of a scan of ${rows} rows`,
      unit: "MiB",
      ours: peak,
      peers: { [`${fewest} rows`]: base },
      aim: MEMORY_AIM,
    });
  }
}

/** @returns {Promise<number>} MiB */
async function peakOfScan(/** @type {string} */ path) {
  // Without a bound the peak is mostly garbage that nothing made it collect.
  const child = spawn(process.execPath, ["--max-old-space-size=64", SCANNER, path], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  let text = "";
  child.stdout.on("data", (chunk) => {
    text += chunk;
  });
  const [code] = await once(child, "close");
  if (code !== 0) throw new Error(`Cannot measure the memory of a scan: its process ended with ${code}`);
  return Math.round(Number(text) / 1024);
}

/** No peer reads or writes this language in JavaScript. */
async function measureLanguage(/** @type {import("./harness.mjs").Harness} */ harness) {
  const { parseRma, printRma } = await import("@brainatlas/sdk/rma");
  const text =
    "model::SectionDataSet,rma::criteria,[failed$eqfalse],products[abbreviation$eq'Mouse'],plane_of_section[name$eq'sagittal']," +
    "genes[acronym$eq'Snca'],rma::include,specimen(donor(age)),rma::options[num_rows$eq50][order$eq'id']";
  const query = parseRma(text);
  const common = { peers: {}, aim: { max: 0.05 }, perRound: 2000 };
  await harness.compare({ case: "a query of 230 characters, read", ours: () => parseRma(text), ...common });
  await harness.compare({ case: "the same, printed", ours: () => printRma(query), ...common });
}
