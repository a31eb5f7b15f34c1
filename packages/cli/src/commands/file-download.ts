import type { FileStream } from "@brainatlas/sdk";
import { writeFileWhole } from "@brainatlas/sdk/node";
import type { Api } from "../api.ts";
import type { Context } from "../context.ts";
import { type Destination, fileOf, writePicture } from "../destination.ts";
import { printBytes } from "../output/quantities.ts";
import { writeText } from "../output/write-text.ts";

/** A file that was downloaded. */
export interface Download {
  readonly id: number;
  /** Absolute path; `null` for standard output. */
  readonly file: string | null;
  readonly sizeBytes: number;
  readonly url: string;
  readonly mediaType: string;
  /** Of the answer. */
  readonly headers: Headers;
}

/** How often a reader is told how far it is, in ms. */
const STEP_MS = 500;
/** Back to the start of the line, which is cleared. */
const CLEAR = "\r\u001b[K";

/** Downloads a file, chunk by chunk, to where it is to go. */
export async function downloadFile(
  context: Context,
  { client }: Api,
  id: number,
  destination: Destination,
): Promise<Download> {
  const stream = await client.files.open(id, { signal: context.signal });
  const count = { bytes: 0 };
  const chunks = watched(context, stream, count);
  let file: string | null = null;
  if (destination.kind === "stdout") {
    for await (const chunk of chunks) await writeText(context, chunk);
  } else {
    file = fileOf(destination, defaultName(id, stream.fileName));
    await writePicture(file, chunks, (target) => writeFileWhole(target, chunks));
  }
  const { url, mediaType, headers } = stream;
  return { id, file, sizeBytes: count.bytes, url, mediaType, headers };
}

/** The name that the service gives, where it can be a file's; a hidden file is none that anyone expects. */
function defaultName(id: number, given: string | undefined): string {
  const name = (given ?? "").replaceAll(/[^\p{L}\p{N} ._,()+-]/gu, "_").replace(/^[. -]+/, "");
  return name === "" ? `well-known-file-${id}` : name.slice(0, 200);
}

/** The chunks, counted; in a terminal it is said how far they have come. */
async function* watched(
  { stderr }: Context,
  stream: FileStream,
  count: { bytes: number },
): AsyncGenerator<Uint8Array, void, undefined> {
  const isTerminal = stderr.isTTY === true;
  let since = performance.now();
  let isShown = false;
  try {
    for await (const chunk of stream.chunks()) {
      count.bytes += chunk.byteLength;
      if (isTerminal && performance.now() - since >= STEP_MS) {
        since = performance.now();
        isShown = true;
        const all = stream.sizeBytes === undefined ? "" : ` of ${printBytes(stream.sizeBytes)}`;
        stderr.write(`${CLEAR}${printBytes(count.bytes)}${all}`);
      }
      yield chunk;
    }
  } finally {
    if (isShown) stderr.write(CLEAR);
  }
}
