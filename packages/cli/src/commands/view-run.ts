import type { Context } from "../context.ts";
import { openPage } from "../open-page.ts";
import { note } from "../output/notes.ts";
import { withLog } from "../serve-log.ts";
import { becomeServer, checkPort, keepServing, LOOPBACK } from "../serving.ts";
import { openSource, type SourceOptions } from "../view-source.ts";

/** Options of `brainatlas view`. */
export interface ViewOptions extends SourceOptions, Shown {
  /** @default 0, any that is free */
  readonly port?: number | undefined;
  /** Whether to open the browser; `undefined` where it would be seen. */
  readonly open?: boolean | undefined;
  readonly verbose?: boolean | undefined;
}

/** What is seen first. */
interface Shown {
  /** Id of a plate's image. */
  readonly plate?: number | undefined;
  readonly atlas?: number | undefined;
  /** Ids or acronyms, with commas between them. */
  readonly structure?: string | undefined;
}

/** Serves the viewer and opens it, until the program is asked to end. Returns the exit code. */
export async function run(context: Context, options: ViewOptions): Promise<number> {
  const { port = 0 } = options;
  checkPort(port);
  const viewer = await context.load.viewer();
  becomeServer();
  const { served, api, title, close } = await openSource(context, options, viewer);
  try {
    const logged = options.verbose === true ? withLog(context, served) : served;
    return await keepServing(context, logged, { port, host: LOOPBACK }, async (url) => {
      const address = printAddress(url, api, options);
      note(context, `this shows ${title}`);
      context.stdout.write(`${address}\n`);
      await openPage(context, address, options.open);
    });
  } finally {
    await close();
  }
}

/** Address of the page: whom it asks is in the query, which the server reads for its policy, what is seen first behind the #. */
function printAddress(url: string, api: string | undefined, { atlas, plate, structure }: Shown): string {
  // Legal as they are in a query, and better to read.
  const asked =
    api === undefined ? "" : `?api=${encodeURIComponent(api).replaceAll("%3A", ":").replaceAll("%2F", "/")}`;
  const seen = Object.entries({ atlas, plate, structure })
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name}=${encodeURIComponent(String(value)).replaceAll("%2C", ",")}`);
  return `${url}/view/${asked}${seen.length === 0 ? "" : `#${seen.join("&")}`}`;
}
