// The files of the bench of downloads: sizes and content follow from their ids, so that server and checker agree without a word.
import { createRandom } from "./random.mjs";

/** Milliseconds until an answer begins. */
export const LATENCY_MS = 80;
/** Bytes a second of one connection. */
export const BYTES_PER_SECOND = 20e6;

const LARGE_FROM = 500_000_000;
const SMALL_FROM = 600_000_000;
const SMALL_BYTES = 20_000;
/** Files of 0.5 to 3 MB; together 545 MB by this seed. */
const LARGE_COUNT = 300;
const [LEAST_BYTES, MOST_BYTES] = [500_000, 3_000_000];
const SIZE_SEED = 26;
const CONTENT_SEED = 7;
const BLOCK_BYTES = 4 * 1024 * 1024;
/** No two neighbours among the ids begin at the same place of the block. */
const STEP_BYTES = 4099;

const largeSizes = sizesOf(LARGE_COUNT);
const block = randomBlock();

/**
 * Some of the large files, at most 300.
 *
 * @param {number} [count]
 * @returns {number[]} Their ids.
 */
export function largeFiles(count = LARGE_COUNT) {
  return idsFrom(LARGE_FROM, Math.min(count, LARGE_COUNT));
}

/**
 * Files of 20 kB.
 *
 * @param {number} count
 * @returns {number[]} Their ids.
 */
export function smallFiles(count) {
  return idsFrom(SMALL_FROM, count);
}

/** Length of a file in bytes; `undefined` where there is no such file. */
export function sizeOf(/** @type {number} */ id) {
  return id >= SMALL_FROM ? SMALL_BYTES : largeSizes[id - LARGE_FROM];
}

/** Bytes of all these files. */
export function totalOf(/** @type {readonly number[]} */ ids) {
  return ids.reduce((sum, id) => sum + (sizeOf(id) ?? 0), 0);
}

/** Content of a file: a part of a block that all files share. */
export function contentOf(/** @type {number} */ id) {
  const size = sizeOf(id) ?? 0;
  const start = (id * STEP_BYTES) % (BLOCK_BYTES - size);
  return block.subarray(start, start + size);
}

/** Path and query of a file at the server. */
export function filePath(/** @type {number} */ id) {
  return `/api/v2/well_known_file_download/${id}`;
}

/**
 * Seconds that so many connections need at least, one request at a time on each.
 *
 * @param {readonly number[]} ids
 * @param {number} connections
 */
export function leastSeconds(ids, connections) {
  return ((ids.length * LATENCY_MS) / 1000 + totalOf(ids) / BYTES_PER_SECOND) / connections;
}

/**
 * Seconds that so many connections need at least when the wait for each next answer falls into the one before.
 *
 * @param {readonly number[]} ids
 * @param {number} connections
 */
export function leastSecondsAhead(ids, connections) {
  const each = ids.map((id) => Math.max(LATENCY_MS / 2000, (sizeOf(id) ?? 0) / BYTES_PER_SECOND));
  return LATENCY_MS / 1000 + each.reduce((sum, seconds) => sum + seconds, 0) / connections;
}

function idsFrom(/** @type {number} */ first, /** @type {number} */ count) {
  return Array.from({ length: count }, (_, index) => first + index);
}

function sizesOf(/** @type {number} */ count) {
  const random = createRandom(SIZE_SEED);
  return Array.from({ length: count }, () => LEAST_BYTES + random(MOST_BYTES - LEAST_BYTES + 1));
}

function randomBlock() {
  const random = createRandom(CONTENT_SEED);
  const words = Uint32Array.from({ length: BLOCK_BYTES / 4 }, () => random(2 ** 32));
  return Buffer.from(words.buffer);
}
