import type { Hono } from "hono";
import { contentPolicy } from "../viewer/content-policy.ts";
import { readStaticFiles, type StaticFile } from "../viewer/static-files.ts";
import { answerConditions } from "./conditional.ts";
import { refuse, SOURCE_HEADER } from "./refuse.ts";

/** Where the viewer is served. */
export const VIEWER_PATH = "/view/";

/** Adds a page that lies in a folder. Its files are read once, when one is first asked for, so that they are always of one build. */
export function addViewerRoute(app: Hono, folder: string): void {
  let reading: Promise<ReadonlyMap<string, StaticFile>> | undefined;
  const readOnce = (): Promise<ReadonlyMap<string, StaticFile>> => {
    reading ??= readStaticFiles(folder).catch((error: unknown) => {
      reading = undefined;
      throw error;
    });
    return reading;
  };
  app.get(`${VIEWER_PATH}*`, async ({ req: { raw } }) => {
    const { pathname, search, searchParams } = new URL(raw.url);
    // Relative, as what stands before may have put it below a path.
    if (!pathname.startsWith(VIEWER_PATH)) return new Response(null, { status: 302, headers: redirectTo(search) });
    const file = (await readOnce()).get(pathname.slice(VIEWER_PATH.length) || "index.html");
    return file === undefined ? refuse(404, "The viewer has no such file") : answerFile(raw, file, searchParams);
  });
}

function redirectTo(search: string): Record<string, string> {
  return { location: `.${VIEWER_PATH}${search}`, "cache-control": "no-cache", [SOURCE_HEADER]: "computed" };
}

function answerFile(request: Request, file: StaticFile, parameters: URLSearchParams): Response {
  const { body, mediaType, etag, isFixed } = file;
  const isPage = mediaType.startsWith("text/html");
  const headers = {
    "content-type": mediaType,
    "content-length": String(body.byteLength),
    "cache-control": isFixed ? "public, max-age=31536000, immutable" : "no-cache",
    vary: "Accept-Encoding",
    etag,
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    // Of the page alone: a worker has the policy that its script comes with, and is to ask the same API.
    ...(isPage && { "content-security-policy": contentPolicy(parameters.get("api")) }),
    [SOURCE_HEADER]: "stored",
  };
  const decided = answerConditions(request, { etag, lastModified: undefined }, headers);
  return decided ?? new Response(body, { headers });
}
