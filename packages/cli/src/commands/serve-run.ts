import type { EngineOptions, UpstreamEvent, UpstreamOptions } from "@brainatlas/mirror";
import type { Context } from "../context.ts";
import { UsageError } from "../errors.ts";
import { describeFailure } from "../failure.ts";
import { note, printable } from "../output/notes.ts";
import { printNumber } from "../output/quantities.ts";
import { printFacts } from "../output/table.ts";
import { logFailure, withLog } from "../serve-log.ts";
import { type Offer, offerSample, offerStore } from "../serve-offer.ts";
import { becomeServer, checkPort, keepServing, LOOPBACK } from "../serving.ts";

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

/** Serves until the program is asked to end. Returns the exit code. */
export async function run(context: Context, options: ServeOptions): Promise<number> {
  const { port = 8080, host = LOOPBACK } = options;
  checkPort(port);
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
  becomeServer();
  const { createMirror } = await context.load.mirror();
  const offer =
    options.sample === true
      ? await offerSample(context)
      : await offerStore(context, options.store, options.upstream !== undefined);
  const viewer = await findViewer(context);
  const onError = (error: unknown, request: Request): void => logFailure(context, error, request);
  const upstream = readUpstream(context, options);
  const mirror = readAsUsage(() => createMirror({ store: offer.store, images, upstream, viewer, onError }));
  const served = options.verbose === true ? withLog(context, mirror) : mirror;
  try {
    return await keepServing(context, served, { port, host }, (url) => {
      context.stdout.write(printOffer(offer, url, viewer, options.upstream));
    });
  } finally {
    await mirror.close();
    offer.store.close();
  }
}

/** Folder of the viewer; the API is served without it too. */
async function findViewer(context: Context): Promise<string | undefined> {
  try {
    return await context.load.viewer();
  } catch (error) {
    note(context, `served without the viewer: ${describeFailure(error)}`);
    return undefined;
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

function printOffer(
  { title, example }: Offer,
  url: string,
  viewer: string | undefined,
  upstream: string | undefined,
): string {
  const output = example?.file === undefined ? "" : `-L -o ${example.file} `;
  return printFacts(`Serving ${title}`, [
    ["url", url],
    ["view", viewer && `${url}/view/`],
    ["asks", upstream],
    ["curl", example && `curl ${output}"${url}${example.path}"`],
    ["or", example?.args === undefined ? undefined : `brainatlas ${example.args} --api ${url}`],
    ["stop", "Ctrl-C"],
  ]);
}
