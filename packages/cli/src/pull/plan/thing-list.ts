import type { PullThing } from "../plan.ts";

/** Ids that a note names. */
const NAMED = 5;

/** The things of a plan, each under a name of its own, and why some are none. */
export class ThingList {
  readonly #things = new Map<string, PullThing>();
  readonly #leftOut = new Map<string, number[]>();

  /** The things, in the order in which they were added. */
  get things(): readonly PullThing[] {
    return [...this.#things.values()];
  }

  /** Whether there is a thing of this name. Some systems take capitals for small letters. */
  has(name: string): boolean {
    return this.#things.has(keyOf(name));
  }

  /**
   * Adds a thing.
   *
   * @throws {Error} If another one has its name.
   */
  add(thing: PullThing): void {
    const key = keyOf(thing.name);
    if (this.#things.has(key)) throw new Error(`Cannot plan two things of the name "${thing.name}"`);
    this.#things.set(key, thing);
  }

  /** Leaves out what belongs to a record, for a reason that others may share. */
  leaveOut(reason: string, id: number): void {
    const ids = this.#leftOut.get(reason);
    if (ids === undefined) this.#leftOut.set(reason, [id]);
    else ids.push(id);
  }

  /** What is left out, and why: a line a reason. */
  notes(): string[] {
    return Array.from(this.#leftOut, ([reason, ids]) => {
      const more = ids.length > NAMED ? " and others" : "";
      return `${ids.length} left out, ${reason}: ${ids.slice(0, NAMED).join(", ")}${more}`;
    });
  }
}

function keyOf(name: string): string {
  return name.normalize().toLowerCase();
}
