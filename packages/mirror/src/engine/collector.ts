import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

/** Told how many bytes outside of the runtime's heap are not needed any more, or soon will not be. */
export type Collector = (bytes: number) => void;

/** Bytes after which they are collected: some fifty regions, or a few plates. */
const COLLECTED_BYTES = 8 * 1024 * 1024;

/** What `--expose-gc` gives. */
type Collect = (options: { type: "minor" }) => void;

/**
 * Makes what gives memory back in time. The runtime collects when its own small heap is full, and lets pictures that nobody needs any more pile up
 * until then, tens of megabytes in each thread. To collect the young part of a heap takes a millisecond or two.
 */
export function createCollector(): Collector {
  let collect: Collect | undefined;
  let pending = 0;
  return (bytes) => {
    pending += bytes;
    if (pending < COLLECTED_BYTES) return;
    pending = 0;
    collect ??= findCollect();
    collect({ type: "minor" });
  };
}

/** The runtime's own function, which it gives to contexts that begin after it was told to. */
function findCollect(): Collect {
  setFlagsFromString("--expose-gc");
  const collect: unknown = runInNewContext("globalThis.gc");
  setFlagsFromString("--no-expose-gc");
  return typeof collect === "function" ? (collect as Collect) : () => {}; // A function of that name is this one.
}
