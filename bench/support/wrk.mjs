// Load by wrk: connections that are kept, each asking for the next of a list as soon as it has an answer.
import { execFile } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";

const THREADS = 2;
const CONNECTIONS = 8;
/** Longest that an answer is waited for, in seconds. */
const TIMEOUT_S = 60;

/** Requests are put together before the run; threads begin at different places of the list. */
const SCRIPT = `
local threads = 0
function setup(thread)
  thread:set("place", threads)
  threads = threads + 1
end
function init(args)
  requests = {}
  for path in io.lines(args[1]) do requests[#requests + 1] = wrk.format("GET", path) end
  at = math.floor(place * #requests / ${THREADS})
end
function request()
  at = at % #requests + 1
  return requests[at]
end
function done(summary, latency, requests)
  local errors = summary.errors
  io.write(string.format('\\n{"requests":%d,"us":%d,"bytes":%d,"p50":%d,"p99":%d,"failed":%d}\\n',
    summary.requests, summary.duration, summary.bytes, latency:percentile(50), latency:percentile(99),
    errors.connect + errors.read + errors.write + errors.status + errors.timeout))
end
`;

/**
 * Runs wrk once.
 *
 * @param {object} load
 * @param {string} load.program Path of wrk.
 * @param {string} load.folder Where its script and list are put.
 * @param {string} load.origin
 * @param {readonly string[]} load.paths Asked for in turn, again from the first when all were.
 * @param {number} load.seconds A whole number.
 * @returns {Promise<{ requests: number, perSecond: number, p50Ms: number, p99Ms: number, bytes: number }>}
 * @throws {Error} If any answer was a failure, as whoever refuses is not fast, or there was none.
 */
export async function runWrk({ program, folder, origin, paths, seconds }) {
  const script = join(folder, "load.lua");
  const list = join(folder, "paths.txt");
  writeFileSync(script, SCRIPT);
  writeFileSync(list, paths.join("\n"));
  const counts = [`-t${THREADS}`, `-c${CONNECTIONS}`, `-d${seconds}s`, `--timeout=${TIMEOUT_S}s`];
  const { stdout } = await promisify(execFile)(program, [...counts, "-s", script, origin, "--", list]);
  const last = stdout.trimEnd().split("\n").at(-1) ?? "";
  const { requests, us, bytes, p50, p99, failed } = JSON.parse(last);
  if (failed > 0) throw new Error(`Cannot measure ${origin}: ${failed} of ${requests} answers were failures`);
  if (requests === 0) throw new Error(`Cannot measure ${origin}: nothing was answered within ${seconds} s`);
  return { requests, perSecond: (requests / us) * 1e6, p50Ms: p50 / 1000, p99Ms: p99 / 1000, bytes };
}
