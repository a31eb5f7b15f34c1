import { type ReadonlySignal, type Signal, signal } from "@preact/signals";
import type { Loaded } from "./loaded.ts";

/** How a shelf is filled, and how much it holds. */
export interface ShelfOptions<Key, Value> {
  /** Fetches what belongs to a key; aborted when it is given up or dropped. */
  readonly load: (key: Key, signal: AbortSignal) => Promise<Value>;
  /** @default String */
  readonly keyOf?: (key: Key) => string;
  /** Most that is kept, in units of `sizeOf`, but for what is watched; with 0 nothing is kept that is not. */
  readonly capacity: number;
  /** @default () => 1 */
  readonly sizeOf?: (value: Value) => number;
}

interface Place<Key, Value> {
  readonly name: string;
  readonly key: Key;
  readonly loaded: Signal<Loaded<Value>>;
  /** Of the load that counts: what an earlier one brings is not taken. */
  controller: AbortController;
  /** Whether anything watches it, or waits for it. */
  isWatched: boolean;
  /** Whether it is given up as soon as nothing watches it. */
  isReleased: boolean;
  size: number;
}

/**
 * Things by key that are fetched when they are first asked for, and dropped when others were asked for since: bounded in all, but for what is
 * watched or waited for, which is never dropped nor given up.
 */
export class Shelf<Key, Value> {
  readonly #options: ShelfOptions<Key, Value>;
  /** The one that was asked for longest ago first. */
  readonly #places = new Map<string, Place<Key, Value>>();
  /** What came last. */
  #latest: Place<Key, Value> | undefined;
  #size = 0;

  constructor(options: ShelfOptions<Key, Value>) {
    this.#options = options;
  }

  /** What belongs to a key, as it comes. A failure is kept until `retry`. */
  get(key: Key): ReadonlySignal<Loaded<Value>> {
    const name = this.#nameOf(key);
    const held = this.#places.get(name);
    if (held === undefined) return this.#add(name, key).loaded;
    held.isReleased = false;
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

  /** Gives up what has not come yet, as soon as nothing watches it or waits for it. */
  release(key: Key): void {
    const place = this.#places.get(this.#nameOf(key));
    if (place === undefined) return;
    place.isReleased = true;
    this.#leave(place);
  }

  /** Asks once more for what failed. */
  retry(key: Key): void {
    const place = this.#places.get(this.#nameOf(key));
    if (place?.loaded.peek().state === "failed") this.#load(place);
  }

  /** Drops what is held for a key, so that it is asked for anew: at once where it is watched. */
  forget(key: Key): void {
    const place = this.#places.get(this.#nameOf(key));
    if (place === undefined) return;
    if (place.isWatched) {
      place.controller.abort();
      this.#load(place);
    } else this.#drop(place);
  }

  #nameOf(key: Key): string {
    return (this.#options.keyOf ?? String)(key);
  }

  #add(name: string, key: Key): Place<Key, Value> {
    const loaded = signal<Loaded<Value>>(
      { state: "loading" },
      {
        watched: () => {
          place.isWatched = true;
        },
        unwatched: () => {
          place.isWatched = false;
          // What is watched by another one at once stays.
          queueMicrotask(() => this.#leave(place));
        },
      },
    );
    const controller = new AbortController();
    const place: Place<Key, Value> = { name, key, loaded, controller, isWatched: false, isReleased: false, size: 0 };
    this.#places.set(name, place);
    this.#load(place);
    return place;
  }

  #load(place: Place<Key, Value>): void {
    const controller = new AbortController();
    place.controller = controller;
    this.#setSize(place, 0);
    place.loaded.value = { state: "loading" };
    this.#options.load(place.key, controller.signal).then(
      (value) => {
        if (place.controller !== controller || !this.#isHeld(place)) return;
        this.#setSize(place, this.#options.sizeOf?.(value) ?? 1);
        this.#latest = place;
        place.loaded.value = { state: "ready", value };
        this.#makeRoom();
      },
      (error: unknown) => {
        if (place.controller === controller && this.#isHeld(place)) place.loaded.value = { state: "failed", error };
      },
    );
  }

  /** Nothing watches it, it may be: then it is given up if that was wanted, and no longer stands in the way of others. */
  #leave(place: Place<Key, Value>): void {
    if (place.isWatched || !this.#isHeld(place)) return;
    if (place.isReleased && place.loaded.peek().state === "loading") this.#drop(place);
    else this.#makeRoom();
  }

  /** Drops what was asked for longest ago; what is watched stays, and what came last, however large, if anything is kept at all. */
  #makeRoom(): void {
    const { capacity } = this.#options;
    for (const place of this.#places.values()) {
      if (this.#size <= capacity) return;
      if (place.isWatched || place.size === 0 || (place === this.#latest && capacity > 0)) continue;
      this.#drop(place);
    }
  }

  #drop(place: Place<Key, Value>): void {
    this.#places.delete(place.name);
    this.#setSize(place, 0);
    if (this.#latest === place) this.#latest = undefined;
    place.controller.abort();
    // What remembers it asks anew.
    place.loaded.value = { state: "failed", error: place.controller.signal.reason };
  }

  #isHeld(place: Place<Key, Value>): boolean {
    return this.#places.get(place.name) === place;
  }

  #setSize(place: Place<Key, Value>, size: number): void {
    this.#size += size - place.size;
    place.size = size;
  }
}
