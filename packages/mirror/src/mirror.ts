import { availableParallelism } from "node:os";
import { isAtlasError } from "@brainatlas/sdk";
import { Hono } from "hono";
import { compress } from "hono/compress";
import { createEngine, type EngineOptions } from "./engine/engine.ts";
import { BusyError, DamagedError, NotHeldError, RequestError } from "./failures.ts";
import { heedAnswer, heedBody } from "./heed.ts";
import { createLimiter } from "./pixels/limiter.ts";
import type { QueryLimits } from "./rma/result.ts";
import { PREFLIGHT, refuseOtherMethods } from "./routes/methods.ts";
import { ATLAS_HEADER, OPEN_HEADERS, RETRY_AFTER_S, refuse, refuseNotMirrored } from "./routes/refuse.ts";
import { addRoutes } from "./routes/routes.ts";
import { createTileDesk, type TileAnswer } from "./routes/tile-desk.ts";
import type { AtlasStore } from "./store/atlas-store.ts";
import { createReadThrough } from "./upstream/read-through.ts";
import type { UpstreamOptions } from "./upstream/upstream-options.ts";

/** Options of a mirror. */
export interface MirrorOptions {
  /** What it answers from. */
  store: AtlasStore;
  /**
   * Largest picture that is made, in pixels.
   * @default 150000000
   */
  maxPixels?: number | undefined;
  /**
   * Bounds of what makes pictures; the others keep their defaults.
   * @default {}
   */
  images?: EngineOptions | undefined;
  /**
   * Bounds on one query; the others keep their defaults.
   * @default {}
   */
  queryLimits?: Partial<QueryLimits> | undefined;
  /**
   * Who is asked for what the store lacks; then the store keeps it, and has to be one that `openStore()` opened.
   * @default nobody: it makes no request
   */
  upstream?: UpstreamOptions | undefined;
  /**
   * Folder of static files that are served at `/view/`, such as the built `@brainatlas/viewer`. They are read once, when the first is
   * asked for: what is written there later is not seen.
   * @default none
   */
  viewer?: string | undefined;
  /**
   * Is told what failed that is not the client's fault, before the client hears of it in fewer words: messages may name files.
   * @default nobody
   */
  onError?: ((error: unknown, request: Request) => void) | undefined;
}

/** A server of the API without a socket. */
export interface Mirror {
  /**
   * Answers a request; the same signature as the platform's `fetch`, so that it can stand in for it.
   *
   * What cannot be answered is refused in an answer. As the platform's it rejects with a `TypeError` for what is no URL, and with the
   * signal's reason; a signal in `init` also breaks off the body.
   */
  fetch(input: string | URL | Request, init?: RequestInit): Promise<Response>;
  /**
   * The answer to a path and query by which a single stored tile is asked for, where it can be had at once; `undefined` for all others, which
   * `fetch()` answers. No other header of the request is looked at: it is for one without conditions.
   *
   * @throws {DamagedError} If the store is damaged.
   */
  tile(target: string): TileAnswer | undefined;
  /** Ends the threads that make pictures. They keep no process alive, so that this is for who makes many mirrors. */
  close(): Promise<void>;
}

const DEFAULT_MAX_PIXELS = 150_000_000;

/**
 * Makes a mirror: it answers the URLs of the API from a store, and makes no request of its own unless it is given an upstream.
 *
 * @throws {TypeError} If a URL of the upstream is none, or the store cannot keep what comes from there.
 * @throws {RangeError} If a bound of a query is no whole number above 0, or one of the upstream no number above 0.
 * @example (await createMirror({ store: sampleStore() }).fetch("http://x/api/v2/atlas_image_download/-1")).status // → 404
 */
export function createMirror(options: MirrorOptions): Mirror {
  const { store, maxPixels = DEFAULT_MAX_PIXELS, images, queryLimits, upstream, viewer, onError } = options;
  const engine = createEngine(images);
  const desk = createTileDesk(engine.tiles, (target) => store.holdsAnswers?.(target) ?? false);
  const synthetic: Readonly<Record<string, string>> = { ...OPEN_HEADERS, [ATLAS_HEADER]: "synthetic" };
  // Each time: another process may mark a store that was empty.
  const ownHeaders = (): Readonly<Record<string, string>> => (store.synthetic === true ? synthetic : OPEN_HEADERS);
  const app = new Hono({ strict: false });
  app.use(async (context, next) => {
    await next();
    for (const [name, value] of Object.entries(ownHeaders())) context.header(name, value);
  });
  // JPEGs are left out: compressing them again, as the service did, costs time and saves nothing.
  app.use(compress());
  app.options("*", () => new Response(null, { status: 204, headers: PREFLIGHT }));
  app.use(refuseOtherMethods);
  const answerFailure = (error: Error, { req: { raw } }: { req: { raw: Request } }): Response => {
    if (error instanceof RequestError) return refuse(400, error.message);
    if (error instanceof NotHeldError) return refuseNotMirrored(error.message);
    if (error instanceof BusyError) return refuse(503, error.message, { "retry-after": RETRY_AFTER_S });
    if (!raw.signal.aborted) onError?.(error, raw);
    return refuse(500, describe(error));
  };
  const routes = upstream === undefined ? app : new Hono({ strict: false });
  addRoutes(routes, {
    store,
    maker: { engine, desk, maxPixels },
    queryLimits,
    viewer,
    run: createLimiter(Math.max(2, availableParallelism())),
  });
  for (const each of new Set([app, routes])) {
    each.notFound((context) => refuseNotMirrored(`This mirror does not answer ${context.req.path.slice(0, 200)}`));
    each.onError(answerFailure);
  }
  if (upstream !== undefined) {
    const local = async (request: Request): Promise<Response> => await routes.fetch(request);
    const answer = createReadThrough({ store, upstream, local, onError });
    app.all("*", (context) => answer(context.req.raw));
  }

  return {
    async fetch(input, init) {
      const request = withSingleSlashes(new Request(input, init));
      request.signal.throwIfAborted();
      const response = await heedAnswer(Promise.resolve(app.fetch(request)), request.signal);
      return init?.signal == null ? response : heedBody(response, init.signal);
    },
    tile(target) {
      const answer = desk.answer(target);
      return answer && { ...answer, headers: { ...answer.headers, ...ownHeaders() } };
    },
    close: () => engine.close(),
  };
}

/** The service takes any number of slashes for one (reference §0). */
function withSingleSlashes(request: Request): Request {
  const url = new URL(request.url);
  if (!url.pathname.includes("//")) return request;
  url.pathname = url.pathname.replaceAll(/\/{2,}/g, "/");
  return new Request(url, request);
}

/** Words for the client; of other failures only that they happened: their own may tell of this machine. */
function describe(error: Error): string {
  if (error instanceof DamagedError) return error.said;
  if (isAtlasError(error, "ATLAS_DECODE")) return `Cannot read what this mirror holds: ${error.message}`;
  return "The mirror failed to answer; its operator can see why";
}
