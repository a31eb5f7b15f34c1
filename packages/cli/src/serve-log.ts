import type { Served } from "@brainatlas/mirror";
import type { Context } from "./context.ts";
import { describeFailure, isVerbose, printStack } from "./failure.ts";
import { printable } from "./output/notes.ts";

/** A line on stderr for what failed here: of the client's faults it is told in the answer. */
export function logFailure(context: Context, error: unknown, { method, url }: Request): void {
  const { pathname, search } = new URL(url);
  context.stderr.write(printable(`error: ${method} ${pathname}${search}: ${describeFailure(error)}\n`));
  if (isVerbose([], context.env)) context.stderr.write(printable(`${printStack(error)}\n`));
}

/** The same server, with a line on stderr for each request. */
export function withLog(context: Context, served: Served): Served {
  const log = (method: string, target: string, status: number, source: string): void => {
    context.stderr.write(printable(`${method} ${target} → ${status} ${source}\n`));
  };
  return {
    async fetch(input, init) {
      const request = new Request(input, init);
      const response = await served.fetch(request);
      const { pathname, search } = new URL(request.url);
      log(request.method, pathname + search, response.status, response.headers.get("x-brainatlas-source") ?? "");
      return response;
    },
    tile(target) {
      const tile = served.tile?.(target);
      if (tile !== undefined) log("GET", target, 200, "stored");
      return tile;
    },
  };
}
