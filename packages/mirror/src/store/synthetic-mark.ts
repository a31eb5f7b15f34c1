import { readFileSync, statSync } from "node:fs";
import { layOutStore } from "./layout.ts";
import { markSynthetic, parseMarker } from "./marker.ts";

/** Knows whether a store is marked as one whose content is made up, also when another process marks it. */
export interface SyntheticMark {
  isSet(): boolean;
  set(): Promise<void>;
}

/**
 * Makes what knows it. The marker is read again when its file is another one: each time the system is asked, which takes microseconds. A store
 * that was pruned empty may be marked at any time.
 */
export function createSyntheticMark(directory: string): SyntheticMark {
  const { marker } = layOutStore(directory);
  let state = "";
  let isMarked = false;
  return {
    isSet() {
      // Of a store that was removed from under its user, what is read of it next tells.
      const facts = ifThere(() => statSync(marker));
      const now = facts === undefined ? state : `${facts.ino} ${facts.mtimeMs} ${facts.size}`;
      if (now === state) return isMarked;
      const text = ifThere(() => readFileSync(marker, "utf8"));
      if (text === undefined) return isMarked;
      isMarked = parseMarker(text).synthetic === true;
      state = now;
      return isMarked;
    },
    async set() {
      if (!this.isSet()) await markSynthetic(directory);
    },
  };
}

function ifThere<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
