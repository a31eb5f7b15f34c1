import { type ReadonlySignal, type Signal, signal } from "@preact/signals";
import type { Loaded } from "./loaded.ts";

/** How a shelf is filled, and how much it holds. */
export interface ShelfOptions<Key, Value> {
  /** Fetches what belongs to a key; aborted by `release`. */
  readonly load: (key: Key, signal: AbortSignal) => Promise<Value>;
  /** @default String */
  readonly keyOf?: (key: Key) => string;
  /** Most that is kept, in units of `sizeOf`. */
  readonly capacity: number;
  /** @default () => 1 */
  readonly sizeOf?: (value: Value) => number;
}

interface Place<Key, Value> {
  readonly key: Key;
  readonly loaded: Signal<Loaded<Value>>;
  readonly controller: AbortController;
  size: number;
}

/** Things by key that are fetched when they are first asked for, and dropped when others were asked for since: bounded in all. */
export class Shelf<Key, Value> {
  readonly #options: ShelfOptions<Key, Value>;
  /** The one that was asked for longest ago first. */
  readonly #places = new Map<string, Place<Key, Value>>();
  #size = 0;

  constructor(options: ShelfOptions<Key, Value>) {
    this.#options = options;
  }

  /** What belongs to a key, as it comes. A failure is kept until `retry`. */
  get(key: Key): ReadonlySignal<Loaded<Value>> {
    const name = this.#nameOf(key);
    const held = this.#places.get(name);
    if (held === undefined) return this.#add(name, key).loaded;
    this.#places.delete(name);
    this.#places.set(name, held);
    return held.loaded;
  }

  /** What has come for a key, without asking for it. */
  peek(key: Key): Value | undefined {
    const loaded = this.#places.get(this.#nameOf(key))?.loaded.peek();
    return loaded?.state === "ready" ? loaded.value : undefined;
  }

  /** Waits for what belongs to a key; rejects with its failure, or with the signal's reason. */
  wait(key: Key, signal?: AbortSignal): Promise<Value> {
    const loaded = this.get(key);
    return new Promise((resolve, reject) => {
      let end = (): void => {};
      const settle = (act: () => void): void => {
        signal?.removeEventListener("abort", giveUp);
        act();
        queueMicrotask(() => end());
      };
      const giveUp = (): void => settle(() => reject(signal?.reason));
      if (signal?.aborted === true) return giveUp();
      signal?.addEventListener("abort", giveUp);
      end = loaded.subscribe((now) => {
        if (now.state === "ready") settle(() => resolve(now.value));
        if (now.state === "failed") settle(() => reject(now.error));
      });
    });
  }

  /** Gives up what has not come yet, since nobody looks at it any more. */
  release(key: Key): void {
    const name = this.#nameOf(key);
    const place = this.#places.get(name);
    if (place?.loaded.peek().state !== "loading") return;
    this.#places.delete(name);
    place.controller.abort();
  }

  /** Asks once more for what failed. */
  retry(key: Key): void {
    const place = this.#places.get(this.#nameOf(key));
    if (place?.loaded.peek().state === "failed") this.#load(place);
  }

  /** Drops what is held for a key, so that it is asked for anew. */
  forget(key: Key): void {
    const name = this.#nameOf(key);
    const place = this.#places.get(name);
    if (place === undefined) return;
    this.#places.delete(name);
    this.#size -= place.size;
    place.controller.abort();
  }

  #nameOf(key: Key): string {
    return (this.#options.keyOf ?? String)(key);
  }

  #add(name: string, key: Key): Place<Key, Value> {
    const loading = signal<Loaded<Value>>({ state: "loading" });
    const place: Place<Key, Value> = { key, loaded: loading, controller: new AbortController(), size: 0 };
    this.#places.set(name, place);
    this.#load(place);
    return place;
  }

  #load(place: Place<Key, Value>): void {
    const { load, sizeOf } = this.#options;
    place.loaded.value = { state: "loading" };
    const isHeld = (): boolean => this.#places.get(this.#nameOf(place.key)) === place;
    load(place.key, place.controller.signal).then(
      (value) => {
        place.loaded.value = { state: "ready", value };
        if (!isHeld()) return;
        place.size = sizeOf?.(value) ?? 1;
        this.#size += place.size;
        this.#makeRoom(place);
      },
      (error: unknown) => {
        place.loaded.value = { state: "failed", error };
      },
    );
  }

  /** Drops what was asked for longest ago; what came last stays, however large. */
  #makeRoom(last: Place<Key, Value>): void {
    for (const [name, place] of this.#places) {
      if (this.#size <= this.#options.capacity) return;
      if (place === last || place.size === 0) continue;
      this.#places.delete(name);
      this.#size -= place.size;
    }
  }
}
