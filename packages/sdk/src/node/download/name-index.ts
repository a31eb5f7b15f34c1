/** Room at the start; a power of two. */
const FIRST_SLOTS = 1024;

/**
 * Numbers by names, in 16 bytes a slot: what a million files take is tens of megabytes, not hundreds.
 *
 * It keeps hashes of 52 bits, not names. Two names of one hash are one to it: who asks compares the name where the number leads.
 */
export class NameIndex {
  /** Hashes, each one higher than it is: 0 is a free slot. */
  #keys = new Float64Array(FIRST_SLOTS);
  #values = new Float64Array(FIRST_SLOTS);
  #count = 0;

  /** Names that are kept. */
  get size(): number {
    return this.#count;
  }

  get(name: string): number | undefined {
    const slot = this.#slotOf(hashName(name) + 1);
    return this.#keys[slot] === 0 ? undefined : this.#values[slot];
  }

  set(name: string, value: number): void {
    if (this.#count * 2 >= this.#keys.length) this.#grow();
    this.#put(hashName(name) + 1, value);
  }

  #put(key: number, value: number): void {
    const slot = this.#slotOf(key);
    if (this.#keys[slot] === 0) this.#count += 1;
    this.#keys[slot] = key;
    this.#values[slot] = value;
  }

  /** Where a key is, or would be. */
  #slotOf(key: number): number {
    const mask = this.#keys.length - 1;
    let slot = key & mask;
    while (this.#keys[slot] !== 0 && this.#keys[slot] !== key) slot = (slot + 1) & mask;
    return slot;
  }

  #grow(): void {
    const [keys, values] = [this.#keys, this.#values];
    this.#keys = new Float64Array(keys.length * 2);
    this.#values = new Float64Array(keys.length * 2);
    this.#count = 0;
    for (const [index, key] of keys.entries()) if (key !== 0) this.#put(key, values[index] ?? 0);
  }
}

/** A hash of 52 bits: two of FNV's kind side by side, well mixed at the end. */
export function hashName(name: string): number {
  let [low, high] = [0x811c9dc5, 0x2b2e7a91];
  for (let index = 0; index < name.length; index += 1) {
    const unit = name.charCodeAt(index);
    low = Math.imul(low ^ unit, 0x01000193);
    high = Math.imul(high ^ unit, 0x5bd1e995);
  }
  low = Math.imul(low ^ (low >>> 16), 0x85ebca6b) ^ Math.imul(high ^ (high >>> 13), 0xc2b2ae35);
  high = Math.imul(high ^ (high >>> 16), 0x85ebca6b) ^ Math.imul(low ^ (low >>> 13), 0xc2b2ae35);
  return (high & 0xfffff) * 2 ** 32 + (low >>> 0);
}
