import { availableParallelism } from "node:os";
import { IMAGE_SERVICE_PATH, IMAGE_SERVICES, type ImageService } from "@brainatlas/sdk/image";
import { Hono } from "hono";
import { compress } from "hono/compress";
import { createLimiter } from "./pixels/limiter.ts";
import { answerDownload } from "./routes/download.ts";
import { answerImageService } from "./routes/image-service.ts";
import { answerRecord } from "./routes/record.ts";
import { ATLAS_HEADER, refuse, refuseNotMirrored, SOURCE_HEADER } from "./routes/refuse.ts";
import { answerStored } from "./routes/stored-answer.ts";
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
}

/** A server of the API without a socket. */
export interface Mirror {
  /** Answers a request; the same signature as the platform's `fetch`, so that it can stand in for it. Never rejects. */
  fetch(input: string | URL | Request, init?: RequestInit): Promise<Response>;
}

const DEFAULT_MAX_PIXELS = 150_000_000;

const ABOUT = `A mirror of the Allen Brain Atlas API, by brainatlas.

  /api/v2/atlas_image_download/{id}        plates, annotated or bare
  /api/v2/section_image_download/{id}      sections
  /api/v2/projection_image_download/{id}   sections of connectivity experiments
  /api/v2/image_download/{id}              images of any kind
  /api/v2/data/{model}/{id}.json           the record of an image
  /cgi-bin/imageservice?path=…             a region of a stored picture

Data of the Allen Brain Atlas belong to the Allen Institute for Brain Science and are under its
Terms of Use, https://alleninstitute.org/legal/terms-use/. This program is independent work.
`;

/**
 * Makes a mirror: it answers the URLs of the API from a store and makes no request of its own.
 *
 * @example (await createMirror({ store: sampleStore() }).fetch("http://x/api/v2/atlas_image_download/-1")).status // → 404
 */
export function createMirror({ store, maxPixels = DEFAULT_MAX_PIXELS }: MirrorOptions): Mirror {
  const app = new Hono({ strict: false });
  const run = createLimiter(Math.max(2, availableParallelism()));

  app.use(async (context, next) => {
    await next();
    context.header("access-control-allow-origin", "*");
    if (store.synthetic === true) context.header(ATLAS_HEADER, "synthetic");
  });
  // JPEGs are left out: compressing them again, as the service did, costs time and saves nothing.
  app.use(compress());
  app.options("*", () => new Response(null, { status: 204, headers: PREFLIGHT }));
  app.on(["POST", "PUT", "PATCH", "DELETE"], "*", () =>
    refuse(405, "This mirror only reads; use GET or HEAD", { allow: "GET, HEAD, OPTIONS" }),
  );
  app.get("/", (context) => context.text(ABOUT, 200, { [SOURCE_HEADER]: "computed" }));
  app.use(async (context, next) => {
    const url = new URL(context.req.url);
    const stored = await store.answer(url.pathname + url.search);
    return stored === undefined ? await next() : await answerStored(stored, context.req.raw, url);
  });
  // The table's keys, by its type.
  for (const service of Object.keys(IMAGE_SERVICES) as ImageService[]) {
    app.get(`/api/v2/${IMAGE_SERVICES[service].path}/:id`, (context) =>
      answerDownload(store, service, context.req.param("id"), new URL(context.req.url)),
    );
  }
  app.get(IMAGE_SERVICE_PATH, (context) =>
    answerImageService(store, context.req.raw, new URL(context.req.url), maxPixels, run),
  );
  app.get("/api/v2/data/:model/:file{-?\\d+(\\.json)?}", (context) =>
    answerRecord(
      store,
      context.req.param("model"),
      Number.parseInt(context.req.param("file"), 10),
      new URL(context.req.url),
    ),
  );
  app.notFound((context) => refuseNotMirrored(`This mirror does not answer ${context.req.path.slice(0, 200)}`));
  app.onError((error) => refuse(error instanceof RangeError ? 400 : 500, describe(error)));

  return {
    async fetch(input, init) {
      return await app.fetch(withSingleSlashes(new Request(input, init)));
    },
  };
}

const PREFLIGHT = {
  "access-control-allow-methods": "GET, HEAD, OPTIONS",
  "access-control-allow-headers": "*",
  "access-control-max-age": "86400",
};

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
