import { atlases } from "@brainatlas/sdk/queries";
import type { Api } from "../../api.ts";
import { HintedError } from "../../errors.ts";
import { printCount } from "../../output/quantities.ts";
import type { PullPlan } from "../plan.ts";
import { annotationFolder, findAnnotatedPlate } from "./annotated-plate.ts";
import { askImages, type FoundImage, type ImageClass } from "./ask-images.ts";
import { type AskedRecords, askRecords, together, withRows } from "./ask-records.ts";
import { type ListedImage, parseImagesList } from "./parse-images-list.ts";
import { addPicture, sectionName, type WantedPicture } from "./pictures.ts";
import { nameByMark } from "./plan-name.ts";
import { distinct, idOf } from "./row-values.ts";
import { isSynthetic } from "./synthetic.ts";
import { ThingList } from "./thing-list.ts";

/** Folder of the primary pictures, by class. */
const FOLDERS = { AtlasImage: "plates", SectionImage: "sections", SubImage: "images" } as const;
/** The service that answers for a class and for those before it. */
const OWN_SERVICE = { AtlasImage: "atlas", SectionImage: "section", SubImage: "any" } as const;

/**
 * Plans the pictures of a list with the rows of their images. An image that the API has not is left out, with a note.
 *
 * @param text The list: see `parseImagesList()`.
 * @throws {UsageError} If a line is no image; nothing is asked then.
 * @throws {HintedError} If the API has none of the images.
 * @example (await planImagesList(api, "100960224\n", signal)).things.length // → 1
 */
export async function planImagesList(api: Api, text: string, signal: AbortSignal): Promise<PullPlan> {
  const listed = parseImagesList(text);
  const needsAtlases = listed.some(({ atlas }) => atlas !== undefined);
  const [asked, all, synthetic] = await together(signal, (both) =>
    Promise.all([
      askImages(api, distinct(listed.map(({ id }) => id)), both),
      needsAtlases ? askRecords(api, "atlases", atlases.all(), both) : undefined,
      isSynthetic(api, both),
    ]),
  );
  if (asked.found.size === 0) {
    const failure = new Error(`Cannot find one of the ${listed.length} images of the list at ${api.label}`);
    throw new HintedError(failure, "their ids are those of AtlasImage, SectionImage or SubImage rows");
  }
  const list = new ThingList();
  for (const image of listed) addListed(list, image, asked.found.get(image.id), all);
  const partial = listed.filter(({ isPartial }) => isPartial).length;
  const lines = printCount(partial, "line", "lines");
  const notes = partial === 0 ? [] : [`whole pictures are pulled: tier, region and quality of ${lines} are not heeded`];
  return {
    title: `${list.things.length} pictures of a list`,
    name: nameByMark(
      "images",
      listed.map(({ line, ...image }) => image),
    ),
    things: list.things,
    records: [...asked.records, ...withRows(all)],
    notes: [...notes, ...unknownNotes(listed, asked.found), ...list.notes()],
    isSynthetic: synthetic,
  };
}

/** Unknown images that notes name, one a note. */
const NAMED = 5;

function unknownNotes(listed: readonly ListedImage[], found: ReadonlyMap<number, FoundImage>): string[] {
  const unknown = listed.filter(({ id }) => !found.has(id));
  const notes = unknown.slice(0, NAMED).map(({ line, id }) => `line ${line}: image ${id} is unknown and left out`);
  const others = unknown.length - NAMED;
  if (others > 0) notes.push(`${printCount(others, "more line is", "more lines are")} of unknown images and left out`);
  return notes;
}

function addListed(
  list: ThingList,
  image: ListedImage,
  found: FoundImage | undefined,
  all: AskedRecords | undefined,
): void {
  if (found === undefined) return;
  const picture = chooseListed(image, found, all);
  if (typeof picture === "string") list.leaveOut(`lines whose ${picture}`, image.line);
  // The same picture may be listed twice, by its id and by its URL.
  else if (!list.has(sectionName(picture.folder, found.row))) addPicture(list, found.row, picture);
}

function chooseListed(
  image: ListedImage,
  { row, model }: FoundImage,
  all: AskedRecords | undefined,
): WantedPicture | string {
  const { service = OWN_SERVICE[model], view, atlas } = image;
  if (!answersFor(service, model)) return "service does not answer for the image";
  const folder = view === "primary" ? FOLDERS[model] : view === "annotation" ? annotationFolder(atlas) : view;
  const path = pathOf(image, row, all);
  return path === undefined ? `images have no ${view} picture` : { service, view, path, atlas, folder };
}

function pathOf({ view, atlas }: ListedImage, row: FoundImage["row"], all: AskedRecords | undefined): unknown {
  if (view === "primary") return row.path;
  if (view !== "annotation") return row.expression_path || undefined;
  const type = all?.rows.find((each) => idOf(each) === atlas)?.image_type;
  const plate = findAnnotatedPlate(row, type);
  return plate === "itself" ? row.path : plate?.path;
}

function answersFor(service: ListedImage["service"], model: ImageClass): boolean {
  if (service === "any") return true;
  return service === "atlas" ? model === "AtlasImage" : model !== "SubImage";
}
