import { existsSync, readFileSync } from "node:fs";
import { layOutStore } from "./layout.ts";
import { markSynthetic, parseMarker } from "./marker.ts";

/** Knows whether a store is marked as one whose content is made up, also when another process marks it. */
export interface SyntheticMark {
  isSet(): boolean;
  set(): Promise<void>;
}

/**
 * Makes what knows it. A store is marked before the first thing is put, and what holds entries is never marked later: from then on nobody
 * looks any more.
 */
export function createSyntheticMark(directory: string): SyntheticMark {
  const { marker, entries } = layOutStore(directory);
  let known: boolean | undefined;
  return {
    isSet() {
      if (known !== undefined) return known;
      // First this: what is put after it comes after the mark.
      const holdsEntries = existsSync(entries);
      const isMarked = parseMarker(readIfThere(marker)).synthetic === true;
      if (isMarked || holdsEntries) known = isMarked;
      return isMarked;
    },
    async set() {
      if (!this.isSet()) await markSynthetic(directory);
      known = true;
    },
  };
}

/** A store that was removed from under its user is told of by what is read of it next. */
function readIfThere(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}
