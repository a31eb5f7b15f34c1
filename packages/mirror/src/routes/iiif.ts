import type { Hono } from "hono";
import { completeLimits } from "../rma/limits.ts";
import { answerDeepZoom } from "./deep-zoom.ts";
import { createDrawnLabelReader } from "./drawn-labels.ts";
import { answerImageApi } from "./iiif-image.ts";
import { answerPresentation } from "./iiif-presentation.ts";
import type { RouteOptions } from "./route-options.ts";

/** Adds what viewers speak: the IIIF Image API in two versions, the Presentation API, and Deep Zoom. */
export function addIiifRoutes(app: Hono, { store, maker, queryLimits, run }: RouteOptions): void {
  const { timeLimitMs } = completeLimits(queryLimits);
  const source = { store, maker, timeLimitMs };
  for (const version of [2, 3] as const) {
    app.get(`/iiif/${version}/*`, (context) => answerImageApi(source, version, context.req.raw));
  }
  const presentation = { store, timeLimitMs, maxPixels: maker.maxPixels, run, drawn: createDrawnLabelReader() };
  app.get("/iiif/presentation/*", (context) => answerPresentation(presentation, context.req.raw));
  app.get("/dzi/*", (context) => answerDeepZoom(source, context.req.raw));
}
