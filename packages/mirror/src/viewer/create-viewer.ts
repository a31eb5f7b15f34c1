import { Hono } from "hono";
import { compress } from "hono/compress";
import { refuseOtherMethods } from "../routes/methods.ts";
import { refuse } from "../routes/refuse.ts";
import { addViewerRoute, VIEWER_PATH } from "../routes/viewer.ts";

/** Options of a server of the viewer alone. */
export interface ViewerOptions {
  /**
   * Is told what failed, before the client hears of it in fewer words: messages may name files.
   * @default nobody
   */
  onError?: ((error: unknown, request: Request) => void) | undefined;
}

/** A server of the viewer alone, without a socket. */
export interface Viewer {
  /** Answers a request; the same signature as the platform's `fetch`. */
  fetch(input: string | URL | Request, init?: RequestInit): Promise<Response>;
}

/**
 * Makes a server of the viewer's files at `/view/`, and of nothing else: for a page that asks another server, which `?api=` names.
 *
 * @param folder The built viewer.
 * @example listen(createViewer("node_modules/@brainatlas/viewer/dist")) // then …/view/?api=https://api.brain-map.org
 */
export function createViewer(folder: string, options: ViewerOptions = {}): Viewer {
  const app = new Hono({ strict: false });
  app.use(compress());
  app.use(refuseOtherMethods);
  addViewerRoute(app, folder);
  app.notFound(() => refuse(404, `This serves the viewer alone, at ${VIEWER_PATH}`));
  app.onError((error, { req: { raw } }) => {
    options.onError?.(error, raw);
    return refuse(500, "The viewer cannot be read; its operator can see why");
  });
  return { fetch: async (input, init) => await app.fetch(new Request(input, init)) };
}
