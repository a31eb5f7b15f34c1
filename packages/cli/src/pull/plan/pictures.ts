import { isAtlasError } from "@brainatlas/sdk";
import { type ImageService, parseSubImageRecord, regionOf, type SubImageRecord, windowOf } from "@brainatlas/sdk/image";
import type { PictureView, PullPicture } from "../plan.ts";
import { idOf, type PlanRow } from "./row-values.ts";
import type { ThingList } from "./thing-list.ts";
import { MAX_FILE_PX } from "./tier-regions.ts";

/** Which picture of an image is meant, and where its file goes. */
export interface WantedPicture {
  readonly service: ImageService;
  readonly view: PictureView;
  /** The column that says where it is stored; checked here. */
  readonly path: unknown;
  readonly atlas?: number | undefined;
  /** Folder of its file, such as `plates`. */
  readonly folder: string;
}

const MAX_PATH_CHARACTERS = 1024;

/** The row of an image with what its pictures are found by, or why there are none of it. */
export function readImage(row: PlanRow): SubImageRecord | { readonly reason: string } {
  let record: SubImageRecord;
  try {
    record = parseSubImageRecord(row, "row");
  } catch (error) {
    if (!isAtlasError(error, "ATLAS_DECODE")) throw error;
    return { reason: `${String(error.at).replace("row.", "")} of their rows is no whole number` };
  }
  const { image_width: width, image_height: height } = record;
  if (idOf(row) === undefined) return { reason: "their ids are none" };
  if (width < 1 || height < 1 || width > MAX_FILE_PX || height > MAX_FILE_PX) {
    return { reason: "their rows say a size that no picture has" };
  }
  const isWithin = record.width > 0 && record.height > 0 && windowOf(regionOf(record, {}), record) !== undefined;
  return isWithin ? record : { reason: "their rows say a place beside their file" };
}

/** Adds a picture of an image to the things, or the reason why there is none. */
export function addPicture(list: ThingList, row: PlanRow, wanted: WantedPicture): void {
  const picture = readPicture(row, wanted);
  if ("reason" in picture) list.leaveOut(picture.reason, idOf(row) ?? 0);
  else list.add(picture);
}

function readPicture(row: PlanRow, wanted: WantedPicture): PullPicture | { readonly reason: string } {
  const { service, view, path, atlas, folder } = wanted;
  const record = readImage(row);
  const what = view === "primary" ? "pictures" : `${view} pictures`;
  if ("reason" in record) return { reason: `${what} of images, because ${record.reason}` };
  if (!isServerPath(path)) return { reason: `${what} of images, because their rows name no file that there can be` };
  return { kind: "picture", service, view, record, path, atlas, name: sectionName(folder, row) };
}

/** Adds the drawing of an image to the things. */
export function addDrawing(list: ThingList, row: PlanRow): void {
  const imageId = idOf(row);
  if (imageId === undefined) list.leaveOut("drawings, because their images have no ids", 0);
  else list.add({ kind: "drawing", imageId, name: `${sectionName("drawings", row)}.svg` });
}

/**
 * Name of the file of a section without its ending: in the order of sections, and by the id one of its own.
 *
 * @example sectionName("plates", { id: 100960224, section_number: 73 }) // → "plates/0073_100960224"
 */
export function sectionName(folder: string, row: PlanRow): string {
  const { section_number: section } = row;
  const isNumber = Number.isSafeInteger(section) && (section as number) >= 0;
  return `${folder}/${isNumber ? `${String(section).padStart(4, "0")}_` : ""}${idOf(row)}`;
}

/** A path at the server, as its rows have them: it is sent back as it is, and a store has it for a name. */
function isServerPath(path: unknown): path is string {
  return (
    typeof path === "string" &&
    path.length <= MAX_PATH_CHARACTERS &&
    /^\/[^\p{Cc}\\?#]+$/u.test(path) &&
    !path.split("/").includes("..")
  );
}
