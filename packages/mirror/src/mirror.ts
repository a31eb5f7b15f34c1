import { availableParallelism } from "node:os";
import { Hono } from "hono";
import { compress } from "hono/compress";
import { createLimiter } from "./pixels/limiter.ts";
import type { QueryLimits } from "./rma/result.ts";
import { PREFLIGHT, refuseOtherMethods } from "./routes/methods.ts";
import { ATLAS_HEADER, refuse, refuseNotMirrored } from "./routes/refuse.ts";
import { addRoutes } from "./routes/routes.ts";
import type { AtlasStore } from "./store/atlas-store.ts";

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
   * Bounds on one query; the others keep their defaults.
   * @default {}
   */
  queryLimits?: Partial<QueryLimits> | undefined;
}

/** A server of the API without a socket. */
export interface Mirror {
  /** Answers a request; the same signature as the platform's `fetch`, so that it can stand in for it. Never rejects. */
  fetch(input: string | URL | Request, init?: RequestInit): Promise<Response>;
}

const DEFAULT_MAX_PIXELS = 150_000_000;

/**
 * Makes a mirror: it answers the URLs of the API from a store and makes no request of its own.
 *
 * @throws {RangeError} If a bound of a query is no whole number above 0.
 * @example (await createMirror({ store: sampleStore() }).fetch("http://x/api/v2/atlas_image_download/-1")).status // → 404
 */
export function createMirror({ store, maxPixels = DEFAULT_MAX_PIXELS, queryLimits }: MirrorOptions): Mirror {
  const app = new Hono({ strict: false });
  app.use(async (context, next) => {
    await next();
    context.header("access-control-allow-origin", "*");
    if (store.synthetic === true) context.header(ATLAS_HEADER, "synthetic");
  });
  // JPEGs are left out: compressing them again, as the service did, costs time and saves nothing.
  app.use(compress());
  app.options("*", () => new Response(null, { status: 204, headers: PREFLIGHT }));
  app.use(refuseOtherMethods);
  addRoutes(app, { store, maxPixels, queryLimits, run: createLimiter(Math.max(2, availableParallelism())) });
  app.notFound((context) => refuseNotMirrored(`This mirror does not answer ${context.req.path.slice(0, 200)}`));
  app.onError((error) => refuse(error instanceof RangeError ? 400 : 500, describe(error)));

  return {
    async fetch(input, init) {
      return await app.fetch(withSingleSlashes(new Request(input, init)));
    },
  };
}

/** The service takes any number of slashes for one (reference §0). */
function withSingleSlashes(request: Request): Request {
  const url = new URL(request.url);
  if (!url.pathname.includes("//")) return request;
  url.pathname = url.pathname.replaceAll(/\/{2,}/g, "/");
  return new Request(url, request);
}

/** A refusal's words are for the client; of other failures only that they happened: their words may tell of this machine. */
function describe(error: Error): string {
  return error instanceof RangeError ? error.message : "The mirror failed to answer; its operator can see why";
}
