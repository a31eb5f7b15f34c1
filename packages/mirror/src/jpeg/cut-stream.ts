import { DecodeError } from "@brainatlas/sdk";
import type { ReadAt } from "../tiff/pyramid.ts";
import { type CutHeaders, WHAT } from "./cut-headers.ts";
import { CUT_INPUT_BYTES, type CutInstance } from "./cut-instance.ts";
import { hex, MARKER } from "./read-segments.ts";

/** The coded bytes of a picture on their way into the codec. */
export interface CutStream {
  /** Makes sure that the next 16 squares are in the codec's memory, as far as there are so many. */
  fill(): void;
  /**
   * Goes to where the next squares begin after a restart.
   *
   * @throws {DecodeError} If there is none.
   */
  restart(): void;
  /**
   * Goes to the end of the picture.
   *
   * @throws {DecodeError} If it is not there.
   */
  end(): void;
}

const RST0 = 0xd0;
/** The next 16 squares of 6 blocks of 64 codes of 31 bits, and more than the codec looks ahead. */
const AHEAD_BYTES = CUT_INPUT_BYTES / 2;

/** A marker between coded bytes. */
interface Stop {
  /** `undefined` where the file ends. */
  readonly marker: number | undefined;
  /** Coded bytes before it, without those that are stuffed in. */
  readonly passed: number;
}

/** @param sizeBytes Length of the file. */
export function createCutStream(
  { run, bytes, input }: CutInstance,
  { dataStart, interval }: CutHeaders,
  read: ReadAt,
  sizeBytes: number,
): CutStream {
  let at = dataStart;
  let taken = 0;
  let restarts = 0;
  let end: Stop | undefined;
  const stops: Stop[] = [];

  function feed(): void {
    const chunk = read(at, Math.min(CUT_INPUT_BYTES, sizeBytes - at));
    bytes().set(chunk, input);
    const ahead = run.aheadOfCut();
    const used = run.feedCut(chunk.length);
    taken += run.aheadOfCut() - ahead;
    at += used;
    if (used === chunk.length && used > 0) return;
    takeMarker(chunk, used);
  }

  /** Takes the marker that the chunk stopped before. */
  function takeMarker(chunk: Uint8Array, from: number): void {
    let next = from;
    while (chunk[next] === 0xff && chunk[next + 1] === 0xff) next += 1;
    at += next - from;
    const marker = chunk[next + 1];
    if (marker === undefined) {
      // Its second byte is in the next chunk, if there is one.
      if (next > 0 && at + 1 < sizeBytes) return;
      end = { marker, passed: taken };
      return;
    }
    const stop = { marker, passed: taken };
    if (interval > 0 && marker === RST0 + (restarts % 8)) {
      stops.push(stop);
      restarts += 1;
      at += 2;
    } else end = stop;
  }

  function expectStop(stop: Stop | undefined, expected: string): void {
    run.alignCut();
    const passed = taken - run.aheadOfCut();
    if (stop !== undefined && stop.passed === passed) return;
    const found = stop === undefined ? describeEnd() : `${stop.passed - passed} coded bytes more`;
    throw new DecodeError(WHAT, { at, expected, found });
  }

  function describeEnd(): string {
    if (stops.length > 0) return "a restart";
    if (end === undefined) return "more coded bytes";
    return end.marker === undefined ? "the end" : `marker ${hex(end.marker)}`;
  }

  return {
    fill() {
      while (end === undefined && run.aheadOfCut() < AHEAD_BYTES) feed();
    },
    restart() {
      // A marker may stand where the bytes end that are in memory.
      this.fill();
      expectStop(stops.shift(), "a restart");
    },
    end() {
      this.fill();
      const isOver = stops.length === 0 && end?.marker === MARKER.EOI;
      expectStop(isOver ? end : undefined, `marker ${hex(MARKER.EOI)}`);
    },
  };
}
