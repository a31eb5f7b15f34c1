import { openApi, waitFor } from "../api.ts";
import type { Context } from "../context.ts";
import { EXIT } from "../exit.ts";
import { note } from "../output/notes.ts";
import { chooseFormat, defaultFormat, onePage, printRows, type RowOptions, sayCredit } from "../rows.ts";
import { chooseStructure, type GraphOptions, loadGraph } from "../structures.ts";
import { printIds } from "./sync-rows.ts";

/** Options of `brainatlas sync structure-to-image`. */
export interface SyncStructuresOptions extends GraphOptions, RowOptions {
  readonly dataSet: number;
  /** Ids or acronyms. */
  readonly structures: readonly string[];
}

/** Finds the sections that show the middles of structures. Returns the exit code. */
export async function run(context: Context, options: SyncStructuresOptions): Promise<number> {
  const { dataSet, structures, fields } = options;
  const format = chooseFormat(options, defaultFormat(context));
  const ids = structures.every((each) => /^\d{1,15}$/.test(each)) ? structures.map(Number) : undefined;
  // Ids alone need no ontology, and may be of any.
  const chosen = ids?.map((id) => ({ id, acronym: undefined })) ?? (await chooseByName(context, options));
  const api = await openApi(context, options);
  const results = await waitFor(context, api, () =>
    api.client.sync.structureToImage(
      dataSet,
      chosen.map(({ id }) => id),
      { signal: context.signal },
    ),
  );
  // Answers come in the order asked for; that they name the structure is inferred (reference §5.1).
  const rows = results.map(({ structureId, place }, index) => {
    const asked =
      chosen.find(({ id }) => id === structureId) ?? (structureId === undefined ? chosen[index] : undefined);
    return {
      structure_id: structureId ?? asked?.id ?? null,
      ...(ids === undefined && { acronym: asked?.acronym ?? null }),
      section_image_id: place?.imageId ?? null,
      section_number: place?.sectionNumber ?? null,
      x_px: place?.x ?? null,
      y_px: place?.y ?? null,
    };
  });
  await printRows(context, onePage(rows), { format, fields });
  const missing = results.flatMap(({ notHeld }, index) => (notHeld ? [rows[index]?.structure_id ?? 0] : []));
  if (missing.length > 0) {
    const which = missing.length === 1 ? "structure" : "structures";
    note(
      context,
      `${api.label} does not know where ${which} ${printIds(missing)} ${missing.length === 1 ? "lies" : "lie"}`,
    );
  }
  const none = rows.filter((row) => row.section_image_id === null).length - missing.length;
  if (none > 0) note(context, `no image was found for ${none} of ${rows.length} structures`);
  sayCredit(context, api);
  return EXIT.done;
}

async function chooseByName(context: Context, options: SyncStructuresOptions) {
  const graph = await loadGraph(context, options);
  return options.structures.map((text) => chooseStructure(graph, text));
}
