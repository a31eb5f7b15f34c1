import { checkCount } from "../check.ts";
import { DecodeError } from "../errors.ts";
import type { RequestOptions } from "../http/options.ts";
import type { Morphology } from "../morphology/morphology.ts";
import type { FileStream, FileStreamOptions } from "./resumed-stream.ts";
import type { Sender } from "./sender.ts";

/** How a file is asked for that is held whole. */
export type FileBytesOptions = Omit<RequestOptions, "throwHttpErrors">;

/**
 * Well-known files: reconstructions, recordings, parameters of models (`well_known_file_download`, reference §7).
 *
 * Which files a record has, `wellKnownFiles.ofAttachable()` of `@brainatlas/sdk/queries` asks for. All methods reject with a `RangeError` before
 * anything is sent if the id is no whole number of 1 or more.
 */
export class FileServices {
  readonly #sender: Sender;

  /** @internal */
  constructor(sender: Sender) {
    this.#sender = sender;
  }

  /**
   * URL of a file.
   *
   * @example new BrainAtlas().files.url(491459173) // → "https://api.brain-map.org/api/v2/well_known_file_download/491459173"
   */
  url(id: number): string {
    return `${this.#sender.baseUrl}/api/v2/well_known_file_download/${checkCount("id", id, 1)}`;
  }

  /**
   * Opens a file of any length, and gives its body as it arrives. A body that breaks off goes on where it did, if the server knows how.
   *
   * As with `client.stream`, `timeoutMs` is the longest wait for one chunk, and `totalTimeoutMs` counts up to the headers alone.
   *
   * @throws {HttpError} If there is no such file.
   * @example for await (const chunk of (await client.files.open(491459173)).chunks()) console.log(chunk.length);
   */
  async open(id: number, options: FileStreamOptions = {}): Promise<FileStream> {
    const url = this.url(id);
    this.#sender.limitsOf(options);
    // What goes on after a break is loaded by those alone who ask for a file.
    const { openFile } = await import("./resumed-stream.ts");
    return openFile(this.#sender, url, options);
  }

  /**
   * A file whole, in memory, read as {@link FileServices.open} does.
   *
   * @throws {DecodeError} If it is longer than `maxBodyBytes`, 512 MiB unless more are allowed.
   */
  async bytes(id: number, options: FileBytesOptions = {}): Promise<Uint8Array<ArrayBuffer>> {
    const { maxBodyBytes } = this.#sender.limitsOf(options);
    const file = await this.open(id, options);
    const chunks: Uint8Array<ArrayBuffer>[] = [];
    let total = 0;
    for await (const chunk of file.chunks()) {
      total += chunk.byteLength;
      if (Math.max(total, file.sizeBytes ?? 0) > maxBodyBytes) {
        const expected = `at most ${maxBodyBytes} bytes, the limit of maxBodyBytes; open() reads a file of any length`;
        throw new DecodeError("the file", { at: maxBodyBytes, expected, found: "more", url: file.url });
      }
      chunks.push(chunk);
    }
    const bytes = new Uint8Array(total);
    let at = 0;
    for (const chunk of chunks) {
      bytes.set(chunk, at);
      at += chunk.byteLength;
    }
    return bytes;
  }

  /**
   * The neuron in a file of type `3DNeuronReconstruction`.
   *
   * @throws {DecodeError} If it is no SWC file.
   */
  async reconstruction(id: number, options: FileBytesOptions = {}): Promise<Morphology> {
    // What reads a neuron is loaded by those alone who ask for one.
    const [bytes, { parseSwc }] = await Promise.all([this.bytes(id, options), import("../morphology/parse-swc.ts")]);
    return parseSwc(new TextDecoder().decode(bytes));
  }
}
