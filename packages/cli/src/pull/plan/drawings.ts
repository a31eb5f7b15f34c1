import { atlases, atlasImages } from "@brainatlas/sdk/queries";
import type { Api } from "../../api.ts";
import { asUsage, HintedError, UsageError } from "../../errors.ts";
import type { PullPlan, PullRecords } from "../plan.ts";
import { askImages } from "./ask-images.ts";
import { askRecords, together, withRows } from "./ask-records.ts";
import { chooseAtlas } from "./choose-atlas.ts";
import { addDrawing } from "./pictures.ts";
import { nameByIds } from "./plan-name.ts";
import { distinct, idOf, idsOf, type PlanRow } from "./row-values.ts";
import { isSynthetic } from "./synthetic.ts";
import { ThingList } from "./thing-list.ts";

/**
 * Plans drawings with the rows of their images, without the pictures.
 *
 * @param of Ids of images; or id or name of an atlas, all drawings of which are meant.
 * @throws {UsageError} If an id can be none, or there is no such atlas.
 * @throws {HintedError} If the API has none of the images.
 * @example (await planDrawings(api, [100960224], signal)).things[0]?.kind // → "drawing"
 */
export async function planDrawings(api: Api, of: readonly number[] | string, signal: AbortSignal): Promise<PullPlan> {
  const [asked, synthetic] = await together(signal, (both) =>
    Promise.all([typeof of === "string" ? ofAtlas(api, of, both) : ofImages(api, of, both), isSynthetic(api, both)]),
  );
  const { title, name, images, records, unknown } = asked;
  const list = new ThingList();
  for (const row of images) addDrawing(list, row);
  const undrawn = images.filter(({ annotated }) => annotated === false).length;
  const notes = [
    ...(images.length === 0 ? ["there are no drawings"] : []),
    ...(undrawn === 0 ? [] : [`without a drawing, so that theirs is empty: ${undrawn} of the images`]),
    ...list.notes(),
  ];
  return { title, name, things: list.things, records, notes, unknown, isSynthetic: synthetic };
}

interface AskedDrawings extends Pick<PullPlan, "title" | "name" | "unknown"> {
  readonly images: readonly PlanRow[];
  readonly records: readonly PullRecords[];
}

async function ofAtlas(api: Api, text: string, signal: AbortSignal): Promise<AskedDrawings> {
  const overview = atlases.all().include("graphic_group_labels");
  const all = await askRecords(api, "atlases", overview, signal);
  const atlas = chooseAtlas(all.rows, text);
  const drawn = atlasImages
    .annotated(idOf(atlas) ?? 0)
    .include("alternate_images")
    .include("alignment2d");
  const images = await askRecords(api, "atlas_images", drawn, signal);
  const title = `drawings of atlas ${idOf(atlas)}, ${atlas.name}`;
  const name = nameByIds("drawings-of-atlas", idsOf([atlas]));
  return { title, name, images: images.rows, records: withRows(all, images) };
}

async function ofImages(api: Api, ids: readonly number[], signal: AbortSignal): Promise<AskedDrawings> {
  const wanted = distinct(ids);
  for (const id of wanted) asUsage(() => checkId(id));
  if (wanted.length === 0) throw new UsageError("Cannot tell which drawings are meant; give ids of images");
  const { found, records } = await askImages(api, wanted, signal);
  const missing = wanted.filter((id) => !found.has(id));
  if (missing.length === wanted.length) {
    const failure = new Error(`Cannot find image ${missing.slice(0, 10).join(", ")} at ${api.label}`);
    throw new HintedError(failure, '"brainatlas plates --annotated" lists the drawn plates of an atlas');
  }
  const images = wanted.map((id) => found.get(id)?.row).filter((row) => row !== undefined);
  const title = wanted.length === 1 ? `drawing of image ${wanted[0]}` : `drawings of ${wanted.length} images`;
  const unknown = missing.map((id) => `Cannot find image ${id} at ${api.label}`);
  return { title, name: nameByIds("drawings", wanted), images, records, unknown };
}

function checkId(id: number): void {
  if (Number.isSafeInteger(id) && id > 0) return;
  throw new RangeError(`Cannot use image ${id}; give a whole number of 1 or more`);
}
