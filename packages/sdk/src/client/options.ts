import { show } from "../check.ts";
import type { HttpOptions } from "../http/options.ts";
import type { Decoder } from "../pixels.ts";
import type { AtlasEvent } from "./event.ts";

/** Options of a client. */
export interface BrainAtlasOptions extends Omit<HttpOptions, "onEvent"> {
  /**
   * Where the API is served: the institute's, or a mirror's.
   * @default "https://api.brain-map.org"
   */
  baseUrl?: string | undefined;
  /**
   * Where the archive of reference volumes is served (reference §6.3). A mirror answers for both hosts.
   * @default "https://download.alleninstitute.org", or `baseUrl` where that is another than the institute's
   */
  downloadUrl?: string | undefined;
  /**
   * Turns pictures into pixels.
   * @default the browser's decoder; in Node, Deno and Bun the optional package sharp
   */
  decoder?: Decoder | undefined;
  /** Called at each step of a request, and when rows are missing or come twice. What it throws is ignored. */
  onEvent?: ((event: AtlasEvent) => void) | undefined;
}

/** Every option, by its type: one that is missing here does not compile. */
const OPTION_NAMES = Object.keys({
  baseUrl: true,
  downloadUrl: true,
  decoder: true,
  fetch: true,
  concurrency: true,
  headers: true,
  onEvent: true,
  timeoutMs: true,
  totalTimeoutMs: true,
  retries: true,
  backoffMs: true,
  maxBackoffMs: true,
  maxRedirects: true,
  maxBodyBytes: true,
  throwHttpErrors: true,
} satisfies Record<keyof BrainAtlasOptions, true>);

/** A misspelt base URL must not send anyone to the institute's service without a word. */
export function checkOptionNames(options: BrainAtlasOptions): void {
  for (const name of Object.keys(options)) {
    if (!OPTION_NAMES.includes(name)) {
      throw new TypeError(`Cannot use option ${show(name)}; give some of ${OPTION_NAMES.join(", ")}`);
    }
  }
}
