// The one harness of the benches. Only ratios within one run mean something, so ours and the peers take turns.

/**
 * What a ratio is to reach: at most `max` where less is better, at least `min` where more is.
 * @typedef {{ max: number } | { min: number }} Aim
 *
 * One line of the result. `ratio` and `met` are null when no peer was there to compare with.
 * @typedef {{ case: string, unit: string, ours: number, peers: Record<string, number>, ratio: number | null, aim: Aim, met: boolean | null }} CaseResult
 *
 * What is compared; each function does one sample's work and is awaited.
 * @typedef {object} Comparison
 * @property {string} case Name of the case.
 * @property {() => unknown} ours
 * @property {Record<string, () => unknown>} peers
 * @property {Aim} aim
 * @property {string} [against] The peer that the ratio is to; without it the best one.
 * @property {number} [rounds] Times that everyone's turn comes, default 30.
 * @property {number} [warmUp] Calls before the first that counts, since the compiler needs some; default 2000.
 * @property {number} [perRound] Calls a turn, default 50.
 *
 * @typedef {object} Harness
 * @property {(comparison: Comparison) => Promise<CaseResult>} compare Measures the time of a call, in ms.
 * @property {(values: { case: string, unit: string, ours: number, peers: Record<string, number>, aim: Aim, against?: string }) => CaseResult} record Adds what was measured by other means.
 * @property {(peer: string) => void} absent Names a peer that is not to be had here.
 * @property {() => { bench: string, cases: CaseResult[], absent: string[] }} result
 *
 * A bench.
 * @typedef {{ name: string, describe: string, run: (harness: Harness) => Promise<void> }} Bench
 */

/** The middle value, or the mean of the two in the middle. */
export function median(/** @type {readonly number[]} */ values) {
  if (values.length === 0) throw new RangeError("Cannot take the median of no values");
  const sorted = [...values].sort((a, b) => a - b);
  const half = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
}

/**
 * Ours over a peer's value, and whether it meets the aim.
 *
 * @param {number} ours
 * @param {Record<string, number>} peers
 * @param {Aim} aim Its direction says which peer is the best.
 * @param {string} [against]
 * @returns {{ ratio: number | null, met: boolean | null }}
 */
export function judge(ours, peers, aim, against) {
  const values = against === undefined ? Object.values(peers) : [peers[against]].filter((value) => value !== undefined);
  if (values.length === 0) return { ratio: null, met: null };
  const ratio = ours / ("max" in aim ? Math.min(...values) : Math.max(...values));
  return { ratio, met: "max" in aim ? ratio <= aim.max : ratio >= aim.min };
}

/**
 * Makes the harness of one bench.
 *
 * @param {string} bench Name of the bench.
 * @param {{ nowMs?: () => number, say?: (line: string) => void }} [options] A clock that only goes forward; where progress goes.
 * @returns {Harness}
 */
export function createHarness(bench, { nowMs = () => performance.now(), say = () => {} } = {}) {
  /** @type {CaseResult[]} */
  const cases = [];
  /** @type {string[]} */
  const absent = [];

  /** @type {Harness["record"]} */
  function record({ case: name, unit, ours, peers, aim, against }) {
    const line = { case: name, unit, ours, peers, ...judge(ours, peers, aim, against), aim };
    const { ratio, met } = line;
    // In the order in which the fields are documented.
    const result = { case: name, unit, ours, peers, ratio, aim, met };
    cases.push(result);
    return result;
  }

  async function turn(/** @type {() => unknown} */ call, /** @type {number} */ perRound) {
    const start = nowMs();
    for (let index = 0; index < perRound; index += 1) await call();
    return (nowMs() - start) / perRound;
  }

  /** @type {Harness["compare"]} */
  async function compare({ case: name, ours, peers, aim, against, rounds = 30, perRound = 50, warmUp = 2000 }) {
    say(`${bench}: ${name}`);
    const contestants = Object.entries({ ...peers, "": ours });
    /** @type {Map<string, number[]>} */
    const samples = new Map(contestants.map(([who]) => [who, []]));
    for (const [, call] of contestants) await turn(call, warmUp);
    for (let round = 0; round < rounds; round += 1) {
      // There and back, so that what one leaves behind, such as garbage, does not always fall on the same next one.
      const order = round % 2 === 0 ? contestants : contestants.toReversed();
      for (const [who, call] of order) samples.get(who)?.push(await turn(call, perRound));
    }
    const middle = (/** @type {string} */ who) => median(samples.get(who) ?? []);
    const peerValues = Object.fromEntries(Object.keys(peers).map((who) => [who, middle(who)]));
    return record({ case: name, unit: "ms", ours: middle(""), peers: peerValues, aim, against });
  }

  return {
    compare,
    record,
    absent: (peer) => {
      if (!absent.includes(peer)) absent.push(peer);
    },
    result: () => ({ bench, cases, absent }),
  };
}

/**
 * The result as a table for people.
 *
 * @param {ReturnType<Harness["result"]>} result
 * @returns {string}
 */
export function printTable({ bench, cases, absent }) {
  const head = ["case", "unit", "ours", "peers", "ratio", "aim", "met"];
  const rows = cases.map((line) => [
    line.case,
    line.unit,
    printNumber(line.ours),
    Object.entries(line.peers)
      .map(([who, value]) => `${who} ${printNumber(value)}`)
      .join(", "),
    line.ratio === null ? "–" : line.ratio.toFixed(2),
    "max" in line.aim ? `≤ ${line.aim.max}` : `≥ ${line.aim.min}`,
    line.met === null ? "–" : line.met ? "yes" : "no",
  ]);
  const widths = head.map((_, column) => Math.max(...[head, ...rows].map((row) => row[column].length)));
  const print = (/** @type {string[]} */ row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column]))
      .join("  ")
      .trimEnd();
  const missing = absent.length === 0 ? [] : [`absent: ${absent.join(", ")}`];
  return [bench, print(head), widths.map((width) => "-".repeat(width)).join("  "), ...rows.map(print), ...missing].join(
    "\n",
  );
}

function printNumber(/** @type {number} */ value) {
  return Number.isInteger(value) ? String(value) : value.toPrecision(3);
}
