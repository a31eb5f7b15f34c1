import { IMAGE_SERVICE_PATH, IMAGE_SERVICES, type ImageService } from "@brainatlas/sdk/image";
import type { Hono } from "hono";
import { completeLimits } from "../rma/limits.ts";
import { printAbout } from "./about.ts";
import { ANNOTATED_SEARCHES, answerAnnotated } from "./annotated.ts";
import { ASSET_PATHS, answerAssetPath } from "./assets.ts";
import { answerData } from "./data.ts";
import { createDensityReader } from "./density-grids.ts";
import { answerDownload } from "./download.ts";
import { answerDrawing, DRAWING_SERVICES } from "./drawing.ts";
import { addIiifRoutes } from "./iiif.ts";
import { answerImageService } from "./image-service.ts";
import { answerGraph, answerTree } from "./ontology.ts";
import { SOURCE_HEADER } from "./refuse.ts";
import type { RouteOptions } from "./route-options.ts";
import { answerStored } from "./stored-answer.ts";
import { answerSync, SYNC_SERVICES } from "./sync.ts";
import { addViewerRoute } from "./viewer.ts";

/** Adds all that is answered: what was recorded for a URL before what is computed. */
export function addRoutes(app: Hono, options: RouteOptions): void {
  const { viewer } = options;
  app.get("/", (context) => context.text(printAbout(viewer !== undefined), 200, { [SOURCE_HEADER]: "computed" }));
  // Before what was recorded: no store can bring a page of its own.
  if (viewer !== undefined) addViewerRoute(app, viewer);
  addStoredAnswers(app, options);
  addImageRoutes(app, options);
  addIiifRoutes(app, options);
  addDataRoutes(app, options);
  for (const path of ASSET_PATHS) {
    app.get(path, (context) => answerAssetPath(options.store, context.req.raw, new URL(context.req.url)));
  }
}

function addStoredAnswers(app: Hono, { store }: RouteOptions): void {
  app.get("*", async (context, next) => {
    const url = new URL(context.req.url);
    const stored = await store.answer(url.pathname + url.search);
    return stored === undefined ? await next() : await answerStored(stored, context.req.raw, url);
  });
}

function addImageRoutes(app: Hono, { store, maker, run }: RouteOptions): void {
  // The table's keys, by its type.
  for (const service of Object.keys(IMAGE_SERVICES) as ImageService[]) {
    app.get(`/api/v2/${IMAGE_SERVICES[service].path}/:id`, (context) =>
      answerDownload(store, service, context.req.param("id"), new URL(context.req.url)),
    );
  }
  for (const service of DRAWING_SERVICES) {
    app.get(`/api/v2/${service}/:id`, (context) =>
      answerDrawing(store, service, context.req.param("id"), context.req.raw, run),
    );
  }
  app.get(IMAGE_SERVICE_PATH, (context) => answerImageService(store, context.req.raw, new URL(context.req.url), maker));
}

function addDataRoutes(app: Hono, { store, queryLimits }: RouteOptions): void {
  const limits = completeLimits(queryLimits);
  const data = { store, limits, readDensity: createDensityReader(store) };
  for (const path of ["/api/v2/:file{data(\\..*)?}", "/api/v2/data/*"]) {
    app.on(["GET", "POST"], path, (context) => answerData(data, context.req.raw, new URL(context.req.url)));
  }
  for (const search of ANNOTATED_SEARCHES) {
    app.get(`/api/v2/:file{${search}(\\.[^/]*)?}`, (context) => answerAnnotated(data, search, context.req.raw));
  }
  const trees = { store, timeLimitMs: limits.timeLimitMs };
  app.get("/api/v2/structure_graph_download/:file", (context) =>
    answerGraph(trees, context.req.param("file"), context.req.raw),
  );
  app.get("/api/v2/tree_search/:model/:file", (context) =>
    answerTree(trees, context.req.param("model"), context.req.param("file"), context.req.raw),
  );
  for (const [name, service] of Object.entries(SYNC_SERVICES)) {
    app.get(`/api/v2/${name}/:file`, (context) =>
      answerSync(trees, service, context.req.param("file"), context.req.raw),
    );
  }
}
