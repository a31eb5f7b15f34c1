import type { FileStream } from "@brainatlas/sdk";
import { writeFileWhole } from "@brainatlas/sdk/node";
import type { Api } from "../api.ts";
import type { Context } from "../context.ts";
import { type Destination, fileOf, writePicture } from "../destination.ts";
import { CLEAR_LINE } from "../output/clear-line.ts";
import { printBytes } from "../output/quantities.ts";
import { writeText } from "../output/write-text.ts";
import { safeName, withSuffix } from "../safe-name.ts";

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

/**
 * Downloads a file, chunk by chunk, to where it is to go.
 *
 * @param names Names that other files of this run have; its own is added.
 */
export async function downloadFile(
  context: Context,
  { client }: Api,
  id: number,
  destination: Destination,
  names: Set<string>,
): Promise<Download> {
  const stream = await client.files.open(id, { signal: context.signal });
  const count = { bytes: 0 };
  const chunks = watched(context, stream, count);
  let file: string | null = null;
  if (destination.kind === "stdout") {
    for await (const chunk of chunks) await writeText(context, chunk);
  } else {
    file = fileOf(destination, freeName(id, stream.fileName, names));
    await writePicture(file, chunks, (target) => writeFileWhole(target, chunks));
  }
  const { url, mediaType, headers } = stream;
  return { id, file, sizeBytes: count.bytes, url, mediaType, headers };
}

/**
 * The name that the service gives, where it can be a file's. What another file of this run has is told apart by the id. Some systems take capitals for small letters.
 */
function freeName(id: number, given: string | undefined, names: Set<string>): string {
  const name = safeName(given ?? "");
  for (let nth = 0; ; nth += 1) {
    const free = withSuffix(name || `well-known-file-${id}`, ["", `-${id}`][nth] ?? `-${id}-${nth}`);
    const key = free.normalize().toLowerCase();
    if (names.has(key)) continue;
    names.add(key);
    return free;
  }
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
        stderr.write(`${CLEAR_LINE}${printBytes(count.bytes)}${all}`);
      }
      yield chunk;
    }
  } finally {
    if (isShown) stderr.write(CLEAR_LINE);
  }
}
