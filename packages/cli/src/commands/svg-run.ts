import { openApi, waitFor } from "../api.ts";
import type { Context } from "../context.ts";
import { EXIT } from "../exit.ts";
import { downloadSvg } from "./svg-download.ts";
import {
  asksForRows,
  findSvgUrl,
  loadSvgGraph,
  readRequest,
  type SvgOptions,
  selectStructures,
} from "./svg-request.ts";
import { printListed, printPoints } from "./svg-rows.ts";

/** Downloads a drawing, or prints what it shows. Returns the exit code. */
export async function run(context: Context, options: SvgOptions): Promise<number> {
  const wantsRows = asksForRows(options);
  const api = await openApi(context, options);
  const request = readRequest(options);
  const url = await findSvgUrl(context, api, options.id, { ...request, download: !wantsRows });
  if (options.dryRun === true) {
    context.stdout.write(
      options.json === true ? `${JSON.stringify({ id: options.id, url }, undefined, 2)}\n` : `${url}\n`,
    );
    return EXIT.done;
  }
  if (!wantsRows) return await downloadSvg(context, api, request, options);
  const graph = await loadSvgGraph(context, options);
  const wanted = selectStructures(graph, options.structures)?.all;
  const { signal } = context;
  const drawing = await waitFor(context, api, () => api.client.drawing(options.id, { ...request, signal }));
  const view = { api, graph, drawing, wanted };
  if (options.at === undefined) await printListed(context, view, options);
  else await printPoints(context, view, options, options.at);
  return EXIT.done;
}
