import { setFlagsFromString } from "node:v8";
import type { EngineOptions, Mirror, UpstreamEvent, UpstreamOptions } from "@brainatlas/mirror";
import { type Context, Interrupt } from "../context.ts";
import { UsageError } from "../errors.ts";
import { EXIT } from "../exit.ts";
import { describeFailure, isVerbose, printStack } from "../failure.ts";
import { note, printable } from "../output/notes.ts";
import { printNumber } from "../output/quantities.ts";
import { printFacts } from "../output/table.ts";
import { type Offer, offerSample, offerStore } from "../serve-offer.ts";

/** Options of `brainatlas serve`. */
export interface ServeOptions {
  readonly store?: string | undefined;
  readonly sample?: boolean | undefined;
  /** Base URL of who is asked for what the store lacks. */
  readonly upstream?: string | undefined;
  /** Base URL of who is asked for volumes. */
  readonly archiveUpstream?: string | undefined;
  /** @default 8080 */
  readonly port?: number | undefined;
  /** @default "127.0.0.1" */
  readonly host?: string | undefined;
  /** Threads that make pictures. */
  readonly threads?: number | undefined;
  /** Finished pictures that are kept, in MB. */
  readonly cache?: number | undefined;
  readonly verbose?: boolean | undefined;
}

const MB = 2 ** 20;
const MAX_THREADS = 64;
const MAX_CACHE_MB = 65_536;

/**
 * How early memory is given back. What a server makes is let go of soon, and a picture with it only when the room for young objects is full:
 * the runtime's own bounds, of 16 MB and of twice what is in use, leave hundreds of megabytes lying about.
 */
const MEMORY_FLAGS = ["--max-semi-space-size=2", "--semi-space-growth-factor=1", "--heap-growing-percent=50"];

/** Serves until the program is asked to end. Returns the exit code. */
export async function run(context: Context, options: ServeOptions): Promise<number> {
  const { port = 8080, host = "127.0.0.1" } = options;
  if (port < 0 || port > 65535) throw new UsageError(`Cannot use --port ${port}; give a whole number from 0 to 65535`);
  const images = readBounds(options);
  if (options.sample === true && options.store !== undefined) {
    throw new UsageError("Cannot serve a store and the sample at once; give --store or --sample");
  }
  if (options.sample === true && options.upstream !== undefined) {
    throw new UsageError("Cannot use --upstream with --sample: what comes from there is not synthetic; give --store");
  }
  if (options.archiveUpstream !== undefined && options.upstream === undefined) {
    throw new UsageError("Cannot use --archive-upstream without --upstream; give both");
  }
  for (const flag of MEMORY_FLAGS) setFlagsFromString(flag);
  const { createMirror, listen } = await context.load.mirror();
  const offer =
    options.sample === true
      ? await offerSample(context)
      : await offerStore(context, options.store, options.upstream !== undefined);
  const onError = (error: unknown, request: Request): void => logFailure(context, error, request);
  const upstream = readUpstream(context, options);
  const mirror = readAsUsage(() => createMirror({ store: offer.store, images, upstream, onError }));
  const listening = await listen(options.verbose === true ? withLog(context, mirror) : mirror, { port, host }).catch(
    (cause: unknown) => {
      throw describeListenError(cause, port, host);
    },
  );
  context.stdout.write(printOffer(offer, listening.url, options.upstream));
  if (!isLoopback(host)) note(context, "other machines can reach it; it has no passwords");
  try {
    return await untilInterrupted(context);
  } finally {
    await listening.close();
    await mirror.close();
    offer.store.close();
  }
}

/** Bounds of what makes pictures. */
function readBounds({ threads, cache }: ServeOptions): EngineOptions {
  if (threads !== undefined && (threads < 0 || threads > MAX_THREADS)) {
    throw new UsageError(`Cannot use --threads ${threads}; give a whole number from 0 to ${MAX_THREADS}`);
  }
  if (cache !== undefined && (cache < 0 || cache > MAX_CACHE_MB)) {
    throw new UsageError(`Cannot use --cache ${cache}; give a whole number of MB from 0 to ${MAX_CACHE_MB}`);
  }
  return { threads, cacheBytes: cache === undefined ? undefined : cache * MB };
}

/** Who is asked for what is lacking, and what is said of that. */
function readUpstream(context: Context, options: ServeOptions): UpstreamOptions | undefined {
  const { upstream: url, archiveUpstream: archiveUrl, verbose } = options;
  if (url === undefined) return undefined;
  const onEvent = verbose === true ? (event: UpstreamEvent) => logEvent(context, event) : undefined;
  return { url, archiveUrl, fetch: context.fetch, onEvent };
}

function logEvent(context: Context, event: UpstreamEvent): void {
  context.stderr.write(printable(`upstream ${event.target} ${describeEvent(event)}\n`));
}

function describeEvent(event: UpstreamEvent): string {
  switch (event.type) {
    case "answered":
      return `→ ${event.status} in ${Math.round(event.ms)} ms`;
    case "kept":
      return `kept, ${printNumber(event.sizeBytes)} bytes`;
    case "refreshed":
      return "is what is held";
    case "failed":
      return `failed: it ${event.reason}${event.pausedMs > 0 ? `; left alone for ${Math.ceil(event.pausedMs / 1000)} s` : ""}`;
  }
}

/** What the mirror refuses was asked for by options. */
function readAsUsage<T>(make: () => T): T {
  try {
    return make();
  } catch (error) {
    if (error instanceof TypeError) throw new UsageError(error.message);
    throw error;
  }
}

function printOffer({ title, example }: Offer, url: string, upstream: string | undefined): string {
  const output = example?.file === undefined ? "" : `-L -o ${example.file} `;
  return printFacts(`Serving ${title}`, [
    ["url", url],
    ["asks", upstream],
    ["curl", example && `curl ${output}"${url}${example.path}"`],
    ["or", example?.args === undefined ? undefined : `brainatlas ${example.args} --api ${url}`],
    ["stop", "Ctrl-C"],
  ]);
}

/** A line on stderr for what failed here: of the client's faults it is told in the answer. */
function logFailure(context: Context, error: unknown, { method, url }: Request): void {
  const { pathname, search } = new URL(url);
  context.stderr.write(printable(`error: ${method} ${pathname}${search}: ${describeFailure(error)}\n`));
  if (isVerbose([], context.env)) context.stderr.write(printable(`${printStack(error)}\n`));
}

/** The same mirror, with a line on stderr for each request. */
function withLog(context: Context, mirror: Mirror): Mirror {
  const log = (method: string, target: string, status: number, source: string): void => {
    context.stderr.write(printable(`${method} ${target} → ${status} ${source}\n`));
  };
  return {
    async fetch(input, init) {
      const request = new Request(input, init);
      const response = await mirror.fetch(request);
      const { pathname, search } = new URL(request.url);
      log(request.method, pathname + search, response.status, response.headers.get("x-brainatlas-source") ?? "");
      return response;
    },
    tile(target) {
      const tile = mirror.tile(target);
      if (tile !== undefined) log("GET", target, 200, "stored");
      return tile;
    },
    close: () => mirror.close(),
  };
}

/** Waits for the program to be asked to end. A service that is told to stop (SIGTERM) has done what it was there for. */
function untilInterrupted({ signal }: Context): Promise<number> {
  return new Promise((resolve, reject) => {
    const end = (): void => {
      const reason: unknown = signal.reason;
      if (reason instanceof Interrupt && reason.signalName === "SIGTERM") resolve(EXIT.done);
      else reject(reason);
    };
    if (signal.aborted) end();
    else signal.addEventListener("abort", end, { once: true });
  });
}

const isLoopback = (host: string): boolean => /^(127\.|localhost$|::1$|\[::1\]$)/.test(host);

function describeListenError(cause: unknown, port: number, host: string): Error {
  // Errors of the network carry a code that the standard type does not have.
  const code = String((cause as { code?: unknown }).code ?? "");
  const reason = LISTEN_ERRORS[code] ?? (cause instanceof Error ? cause.message : String(cause));
  return new Error(`Cannot listen on ${host}, port ${port}: ${reason}`, { cause });
}

const LISTEN_ERRORS: Readonly<Record<string, string>> = {
  EADDRINUSE: "another program has it; give another --port, or --port 0 for any that is free",
  EACCES: "the system does not allow it; give a --port of 1024 or more",
  EADDRNOTAVAIL: "this machine has no such address; give another --host",
  ENOTFOUND: "there is no such host; give another --host",
};
