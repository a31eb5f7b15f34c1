import { isAtlasError } from "@brainatlas/sdk";
import { type Api, waitFor } from "../api.ts";
import type { Context } from "../context.ts";
import { note } from "../output/notes.ts";
import { printIds } from "./sync-rows.ts";

/**
 * Says which images are of another specimen than the first: 2-D alignments lead to the volume of one specimen, and the service does not
 * say whether it is the same.
 */
export async function noteStrangers(
  context: Context,
  api: Api,
  imageId: number,
  others: readonly number[],
): Promise<void> {
  const { sectionImages } = await context.load.queries();
  const query = sectionImages.byId([imageId, ...others]).include("data_set");
  const rows = await waitFor(context, api, () =>
    api.client.rows(query, { signal: context.signal }).all().catch(noneIfRefused),
  );
  const seed = rows.find(({ id }) => id === imageId);
  const strangers = rows.filter((row) => isStranger(seed, row)).map(({ id }) => id);
  if (strangers.length === 0) return;
  const which = strangers.length === 1 ? `image ${strangers[0]} is` : `images ${printIds(strangers)} are`;
  note(context, `${which} of another specimen than image ${imageId}; 2-D alignments hold within one specimen`);
}

/** The answer does not need the records: a service that does not give them may give it nonetheless. */
function noneIfRefused(error: unknown): never[] {
  if (isAtlasError(error, "ATLAS_HTTP", "ATLAS_API", "ATLAS_DECODE", "ATLAS_NOT_MIRRORED")) return [];
  throw error;
}

interface ImageOfSet {
  readonly data_set: { readonly specimen_id: number | null } | null;
}

/** Whether the records say that specimens differ. */
function isStranger(one: ImageOfSet | undefined, other: ImageOfSet): boolean {
  const [specimen, otherSpecimen] = [one?.data_set?.specimen_id, other.data_set?.specimen_id];
  return typeof specimen === "number" && typeof otherSpecimen === "number" && specimen !== otherSpecimen;
}
