import { Buffer } from "node:buffer";
import {
  type BrotliDecompress,
  createBrotliDecompress,
  createGunzip,
  createInflate,
  createInflateRaw,
  type Gunzip,
  type Inflate,
  type InflateRaw,
} from "node:zlib";
import type { AnswerHead } from "./head.ts";
import type { WireSink } from "./wire.ts";
import { WireFault } from "./wire-fault.ts";

/** A sink that is told when the body has ended. */
export interface EndingSink extends WireSink {
  end(): Promise<void> | undefined;
  /** Lets go of what it holds, when the rest will not come. */
  drop(): void;
}

/** Bytes that come out at a time. */
const CHUNK_BYTES = 65_536;
/** Partial Content. */
const PARTIAL = 206;

type Decoder = Gunzip | Inflate | InflateRaw | BrotliDecompress;

const OPTIONS = { chunkSize: CHUNK_BYTES };

/** By coding; of "deflate" there are two, and the first byte tells which. */
const DECODERS: Readonly<Record<string, (firstByte: number) => Decoder>> = {
  gzip: () => createGunzip(OPTIONS),
  "x-gzip": () => createGunzip(OPTIONS),
  deflate: (firstByte) => ((firstByte & 15) === 8 ? createInflate(OPTIONS) : createInflateRaw(OPTIONS)),
  br: () => createBrotliDecompress(OPTIONS),
};

/**
 * The sink of a body as it was before the server encoded it, which it should not have been, as `identity` was asked for.
 *
 * @throws {WireFault} If the coding is unknown, or the body is a part of an encoded one.
 */
export function decodedSink(sink: WireSink, { status, headers }: AnswerHead): EndingSink {
  const coding = (headers.get("content-encoding") ?? "").trim().toLowerCase();
  if (coding === "" || coding === "identity") {
    return { write: (bytes) => sink.write(bytes), end: () => undefined, drop: () => {} };
  }
  const create = Object.hasOwn(DECODERS, coding) ? DECODERS[coding] : undefined;
  if (create === undefined) throw new WireFault(`the body is encoded as "${coding}", which was not asked for`);
  if (status === PARTIAL) throw new WireFault(`the body is a part of one encoded as "${coding}", and cannot be read`);
  return new DecodingSink(sink, create);
}

/** Hands on what a decoder makes of the bytes; one write is under way at a time, and lasts until all that came of it is taken. */
class DecodingSink implements EndingSink {
  readonly #sink: WireSink;
  readonly #create: (firstByte: number) => Decoder;
  #decoder: Decoder | undefined;
  #waiting: { reject(reason: unknown): void } | undefined;
  #failure: { readonly reason: unknown } | undefined;

  constructor(sink: WireSink, create: (firstByte: number) => Decoder) {
    this.#sink = sink;
    this.#create = create;
  }

  write(bytes: Uint8Array): Promise<void> {
    this.#decoder ??= this.#start(bytes[0] ?? 0);
    const decoder = this.#decoder;
    return this.#wait((done) => {
      // A copy, as the bytes are valid during this call only.
      decoder.write(Buffer.from(bytes), done);
    });
  }

  end(): Promise<void> | undefined {
    const decoder = this.#decoder;
    if (decoder === undefined) return undefined;
    return this.#wait((done) => {
      decoder.once("end", done);
      decoder.end();
    });
  }

  drop(): void {
    this.#decoder?.destroy();
  }

  #wait(begin: (done: () => void) => void): Promise<void> {
    return new Promise((resolve, reject) => {
      if (this.#failure !== undefined) return reject(this.#failure.reason);
      this.#waiting = { reject };
      begin(resolve);
    });
  }

  #start(firstByte: number): Decoder {
    const decoder = this.#create(firstByte);
    decoder.on("error", (cause) => this.#fail(new WireFault("the body is not encoded as it says", { cause })));
    decoder.on("data", (chunk: Uint8Array) => {
      try {
        const written = this.#sink.write(chunk);
        if (written === undefined) return;
        decoder.pause();
        written.then(
          () => decoder.resume(),
          (reason) => this.#fail(reason),
        );
      } catch (error) {
        this.#fail(error);
      }
    });
    return decoder;
  }

  #fail(reason: unknown): void {
    this.#failure ??= { reason };
    this.#decoder?.destroy();
    this.#waiting?.reject(reason);
  }
}
