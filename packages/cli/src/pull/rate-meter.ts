/** How far something is at a moment. */
export interface Sample {
  readonly atMs: number;
  readonly bytes: number;
  readonly items: number;
}

/** Rates of the last seconds, a second each. */
export interface Rates {
  readonly bytes: number;
  readonly items: number;
}

/** How far back a rate looks, in ms. */
const WINDOW_MS = 10_000;
/** Samples that are closer to each other are one. */
const STEP_MS = 250;

/** Keeps what is needed for the rates of the last ten seconds. */
export interface RateMeter {
  /** Takes how far it is now, and gives the rates; `undefined` before there is enough to tell. */
  add(sample: Sample): Rates | undefined;
}

/** Makes a meter that has seen nothing. */
export function createRateMeter(): RateMeter {
  const samples: Sample[] = [];
  return {
    add(sample) {
      const last = samples.at(-1);
      if (last === undefined || sample.atMs - last.atMs >= STEP_MS) samples.push(sample);
      // The newest sample that is old enough stays as the beginning.
      while ((samples[1]?.atMs ?? Number.POSITIVE_INFINITY) <= sample.atMs - WINDOW_MS) samples.shift();
      const [first] = samples;
      const seconds = (sample.atMs - (first?.atMs ?? sample.atMs)) / 1000;
      if (first === undefined || seconds < 1) return undefined;
      return { bytes: (sample.bytes - first.bytes) / seconds, items: (sample.items - first.items) / seconds };
    },
  };
}
