import { type AtlasEvent, type AtlasResponse, type BrainAtlas, type FetchLike, isAtlasError } from "@brainatlas/sdk";
import type { Context } from "./context.ts";
import { asUsage, HintedError, UsageError } from "./errors.ts";
import { nearest } from "./nearest.ts";
import { note } from "./output/notes.ts";
import { printCount } from "./output/quantities.ts";

/** Who answers: the institute, another address, or the sample atlas within this process. */
export type ApiKind = "live" | "mirror" | "sample";

/** An API that a command talks to. */
export interface Api {
  readonly kind: ApiKind;
  /** How it is called in messages. */
  readonly label: string;
  readonly client: BrainAtlas;
  /** Sends the client's requests; `undefined` where they go out over connections of this machine. */
  readonly fetch: FetchLike | undefined;
}

/** How a command reaches the API. */
export interface ApiOptions {
  /** URL, or `sample`. */
  api?: string | undefined;
  /** Limit of one attempt, in seconds. */
  timeout?: number | undefined;
  /** How often a request is sent again after a failure that may pass. */
  retries?: number | undefined;
  verbose?: boolean | undefined;
}

const SAMPLE = "sample";

/**
 * Makes the client for `--api`, else for `BRAINATLAS_API`, else for the institute's API. Sends nothing.
 *
 * @throws {UsageError} If the address or a limit is not one.
 */
export async function openApi(context: Context, options: ApiOptions): Promise<Api> {
  const { BrainAtlas, DEFAULT_BASE_URL } = await context.load.sdk();
  const address = options.api ?? (context.env.BRAINATLAS_API || DEFAULT_BASE_URL);
  const limits = {
    retries: options.retries,
    timeoutMs: options.timeout === undefined ? undefined : options.timeout * 1000,
    // One attempt's limit and the number of attempts bound the whole already.
    totalTimeoutMs: options.timeout === undefined ? undefined : Number.POSITIVE_INFINITY,
    onEvent: (event: AtlasEvent) => reportEvent(context, event, options.verbose === true),
  };
  if (address === SAMPLE) {
    const { createMirror, sampleStore, SAMPLE_BASE_URL } = await context.load.mirror();
    const mirror = createMirror({ store: sampleStore(), images: { threads: 0 } });
    const fetch = (url: string, init: RequestInit): Promise<Response> => mirror.fetch(url, init);
    const client = asUsage(() => new BrainAtlas({ ...limits, baseUrl: SAMPLE_BASE_URL, fetch }));
    return { kind: "sample", label: "the sample atlas", client, fetch };
  }
  checkAddress(address, options.api === undefined ? "BRAINATLAS_API" : "--api");
  const client = asUsage(() => new BrainAtlas({ ...limits, baseUrl: address, fetch: context.fetch }));
  const kind = new URL(client.baseUrl).hostname === new URL(DEFAULT_BASE_URL).hostname ? "live" : "mirror";
  return { kind, label: client.baseUrl, client, fetch: context.fetch };
}

/** Adds the way out to an error that says that the API cannot be reached, or is not well. */
export function withApiHint(error: unknown, { kind }: Api): unknown {
  const isUnreachable = isAtlasError(error, "ATLAS_CONNECTION", "ATLAS_TIMEOUT");
  // The institute's service is known to answer with faults, and with pages in place of pictures, for days.
  const isUnwell = isAtlasError(error, "ATLAS_DECODE") || (isAtlasError(error, "ATLAS_HTTP") && error.status >= 500);
  if (kind === "sample" || !(isUnreachable || (kind === "live" && isUnwell))) return error;
  return new HintedError(
    error,
    'go on offline with "--api sample", a synthetic atlas, or with "--api http://127.0.0.1:8080" and "brainatlas serve" running',
  );
}

/** When a reader in front of a terminal begins to wonder, in ms. */
const PATIENCE_MS = 3000;

/** Says after a while what is being waited for, where a reader sees it. Returns what ends that. */
export function sayWaiting(context: Context, { label }: Api): () => void {
  if (context.stderr.isTTY !== true) return () => {};
  const timer = setTimeout(() => note(context, `waiting for ${label}; Ctrl-C gives up`), PATIENCE_MS);
  return () => clearTimeout(timer);
}

/** Waits for an answer: says so to a reader, and adds the way out to a failure. */
export async function waitFor<T>(context: Context, api: Api, work: () => Promise<T>): Promise<T> {
  const stopWaiting = sayWaiting(context, api);
  try {
    return await work();
  } catch (error) {
    throw withApiHint(error, api);
  } finally {
    stopWaiting();
  }
}

/** Whose picture it is, for the reader. A mirror says of an answer that it is synthetic. */
export function creditOf(kind: ApiKind, { headers }: Pick<AtlasResponse, "headers">): string {
  if (headers.get("x-brainatlas-atlas") === "synthetic") return "synthetic sample, not data of the Allen Institute";
  const terms = "alleninstitute.org/legal/terms-use";
  if (kind === "live") return `Allen Institute for Brain Science, ${terms}`;
  return `the mirror's; what is of the Allen Institute is under ${terms}`;
}

function checkAddress(address: string, origin: string): void {
  if (address.includes("://")) return;
  const meant = nearest(address, [SAMPLE]) ?? (/^[\w.-]+(:\d+)?(\/|$)/.test(address) ? `http://${address}` : undefined);
  throw new UsageError(
    `Cannot use ${origin} ${JSON.stringify(address)}; give a URL that starts with http:// or https://, or ${SAMPLE}`,
    {
      hint: meant === undefined ? undefined : `did you mean ${meant}?`,
    },
  );
}

function reportEvent(context: Context, event: AtlasEvent, verbose: boolean): void {
  if (event.type === "retry") {
    const reason = verbose ? `: ${event.reason}` : "";
    const pause = event.delayMs < 50 ? "at once" : `in ${(event.delayMs / 1000).toFixed(1)} s`;
    note(context, `attempt ${event.attempt} failed${reason}; trying again ${pause}`);
  } else if (event.type === "shortfall") {
    note(context, `the service promised ${event.promised} rows and gave ${event.received}`);
  } else if (event.type === "duplicates") {
    note(context, `${printCount(event.rows, "row", "rows")} came twice, and once is shown`);
  } else if (verbose && event.type === "request") {
    note(context, `→ ${event.method} ${event.url}`);
  } else if (verbose && event.type === "redirect") {
    note(context, `← ${event.status}, leading to ${event.location}`);
  } else if (verbose && event.type === "response") {
    note(context, `← ${event.status}, ${event.bytes} bytes`);
  }
}
