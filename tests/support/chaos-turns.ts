import { type Fault, type FaultPlan, planFaults } from "./chaos-faults.ts";
import { type ChaosFile, describeFile, makeBytes } from "./chaos-files.ts";
import type { ChaosAsk, ChaosReply } from "./chaos-http.ts";
import { makeReply, startOf } from "./chaos-replies.ts";
import { sha256 } from "./pictures.ts";

/** A request for a file, as it was answered. */
export interface ChaosRecord {
  readonly index: number;
  /** Where the range began that was asked for. */
  readonly start: number | undefined;
  readonly fault: Fault | undefined;
  readonly status: number;
  /** Bytes of the body that the system took. */
  sentBytes: number;
}

/** What a server is like. */
export interface ChaosOptions {
  readonly seed: number;
  readonly count: number;
  /** Length that the large files have, about. */
  readonly largeBytes?: number;
  /** Is told of each request and of each piece of a body that was sent. */
  readonly onEvent?: (event: { readonly record: ChaosRecord; readonly bytes: number }) => void;
}

/** A file changes with every second request, until it is in its last version. */
const REQUESTS_PER_VERSION = 2;
/** Files that are held once they are made. */
const MAX_HELD = 8;

/** Which answer is whose turn. */
export class ChaosTurns {
  readonly records: ChaosRecord[] = [];
  readonly faults: Map<Fault, number> = new Map();
  readonly seed: number;
  readonly origin: string;
  isCalm = false;
  readonly #options: ChaosOptions;
  readonly #asked = new Map<number, number>();
  readonly #rangeAsked = new Set<number>();
  readonly #hashes = new Map<number, readonly string[]>();
  readonly #made = new Map<string, Buffer>();

  constructor(options: ChaosOptions, origin: string) {
    this.#options = options;
    this.seed = options.seed;
    this.origin = origin;
  }

  file(index: number): ChaosFile {
    return describeFile(this.seed, index, this.#options.largeBytes);
  }

  plan(index: number): FaultPlan {
    return planFaults(this.seed, this.file(index));
  }

  hashes(index: number): readonly string[] {
    const known = this.#hashes.get(index);
    if (known !== undefined) return known;
    const file = this.file(index);
    const all = Array.from({ length: file.versions }, (_, version) => sha256(makeBytes(this.seed, file, version)));
    this.#hashes.set(index, all);
    return all;
  }

  answer(ask: ChaosAsk): { reply: ChaosReply; record: ChaosRecord | undefined } {
    const [, place = "", number = "", hops = ""] = /^\/(file|whole|hop)\/(\d+)(?:\/(\d+))?/.exec(ask.path) ?? [];
    const index = Number(number);
    if (place === "" || index >= this.#options.count) return { reply: NOT_THERE, record: undefined };
    if (place === "hop") return { reply: hopTo(index, Number(hops) - 1), record: undefined };
    const nth = this.#asked.get(index) ?? 0;
    this.#asked.set(index, nth + 1);
    const fault = place === "whole" || this.isCalm ? undefined : this.#faultOf(index, nth, startOf(ask));
    if (fault !== undefined) this.faults.set(fault, (this.faults.get(fault) ?? 0) + 1);
    const file = this.file(index);
    const version = Math.min(file.versions - 1, Math.floor(nth / REQUESTS_PER_VERSION));
    const bytes = this.#bytes(file, version);
    const reply = makeReply({ seed: this.seed, file, version, bytes, ask, nth, origin: this.origin }, fault);
    const record = { index, start: startOf(ask), fault, status: reply.status, sentBytes: 0 };
    this.records.push(record);
    return { reply, record };
  }

  #faultOf(index: number, nth: number, start: number | undefined): Fault | undefined {
    const { lasting, ofRange, passing } = this.plan(index);
    if (lasting !== undefined) return lasting;
    if (start !== undefined && ofRange !== undefined && !this.#rangeAsked.has(index)) {
      this.#rangeAsked.add(index);
      return ofRange;
    }
    return passing[nth];
  }

  /** Parts of a large file are asked for one after the other, and others meanwhile. */
  #bytes(file: ChaosFile, version: number): Buffer {
    const key = `${file.index}-${version}`;
    const made = this.#made.get(key) ?? makeBytes(this.seed, file, version);
    this.#made.delete(key);
    this.#made.set(key, made);
    const [oldest = key] = this.#made.keys();
    if (this.#made.size > MAX_HELD) this.#made.delete(oldest);
    return made;
  }
}

const NOT_THERE: ChaosReply = { status: 404, headers: {}, body: new Uint8Array(), framing: "length" };

function hopTo(index: number, hops: number): ChaosReply {
  const location = hops > 0 ? `/hop/${index}/${hops}` : `/whole/${index}`;
  return { ...NOT_THERE, status: 302, headers: { location } };
}
