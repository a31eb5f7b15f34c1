import { CODEC_WASM } from "./codec.generated.ts";

/** What packages/mirror/assembly exports to the joining of tiles; places are bytes of the memory. */
export interface JoinExports {
  readonly memory: { readonly buffer: ArrayBuffer };
  /** Where a Huffman table is put before `setTable`: 16 counts, and the symbols. Tables: DC 0, DC 1, AC 0, AC 1. */
  tableSpec(table: number): number;
  setTable(table: number): number;
  /** Makes ready for tiles whose luminance (0) or colour (1) is coded with two tables. */
  prepareWalk(component: number, dcTable: number, acTable: number): void;
  openPicture(lumaDcTable: number, colourDcTable: number): void;
  openRow(count: number, totalBytes: number, largestBytes: number, firstRow: number, endRow: number): number;
  addTile(size: number, firstColumn: number, endColumn: number): number;
  markTile(squares: number): number;
  marks(): number;
  writeRow(isLast: number): number;
  outputStart(): number;
  outputSize(): number;
}

/** The part of WebAssembly that is used; the types of Node have none of it. */
declare const WebAssembly: {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object) => { readonly exports: object };
};

/** A module that runs, with a memory of its own. */
export interface CodecInstance<Exports> {
  readonly run: Exports;
  /** The memory as it is now: when it grows, earlier views are empty. */
  bytes(): Uint8Array;
}

let compiled: object | undefined;

/** Starts the codec; it is compiled once a thread. */
export function createCodecInstance<Exports extends Pick<JoinExports, "memory">>(): CodecInstance<Exports> {
  compiled ??= new WebAssembly.Module(Buffer.from(CODEC_WASM, "base64"));
  // A test compiles the module from its sources; they are what says that it has these exports.
  const run = new WebAssembly.Instance(compiled).exports as Exports;
  let view = new Uint8Array(run.memory.buffer);
  return {
    run,
    bytes() {
      if (view.buffer !== run.memory.buffer) view = new Uint8Array(run.memory.buffer);
      return view;
    },
  };
}
