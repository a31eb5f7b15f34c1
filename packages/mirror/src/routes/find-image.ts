import { type ImageName, parseImageName, type RecordPicture } from "../iiif/image-name.ts";
import { type ImagePlace, placeOf } from "../iiif/image-place.ts";
import type { PixelFilters } from "../pixels/filters.ts";
import type { Picture } from "../pixels/picture.ts";
import type { AtlasStore } from "../store/atlas-store.ts";
import { defaultRange } from "../store/equalization.ts";
import { choosePicture } from "./choose-picture.ts";
import { heldPlace } from "./held-place.ts";
import { refuseInWords } from "./iiif-answer.ts";

/** A picture that is given by IIIF or as a Deep Zoom image. */
export interface FoundImage {
  readonly name: ImageName;
  readonly picture: Picture;
  readonly place: ImagePlace;
  /** Edge of a pixel of the place, in µm, where it is known. */
  readonly pixelUm: number | undefined;
  /** What it is shown through: the windows of its data set, for one of 16 bits. */
  readonly filters?: PixelFilters | undefined;
}

/** The image that an identifier means, or the answer that there is none. */
export async function findImage(store: AtlasStore, identifier: string): Promise<FoundImage | Response> {
  const name = parseImageName(identifier);
  if (name?.kind === "record") return await findOfRecord(store, name);
  const picture = name === undefined ? undefined : await store.picture(name.path);
  if (picture?.held !== undefined) {
    const why = "and a description would promise all of it; give the id of an image that lies in it";
    return refuseInWords(404, `This mirror holds a part of that file, ${why}`, true);
  }
  const place = picture && placeOf(picture);
  if (name === undefined || picture === undefined || place === undefined) {
    return refuseInWords(404, `There is no image ${JSON.stringify(identifier.slice(0, 200))} here`);
  }
  return { name, picture, place, pixelUm: undefined };
}

async function findOfRecord(store: AtlasStore, name: RecordPicture): Promise<FoundImage | Response> {
  const { id } = name;
  const stored = await store.record(id);
  if (stored === undefined) return refuseInWords(404, `There is no image with the id ${id} here`);
  const { row } = stored;
  const choice = choosePicture(row, {
    annotation: name.picture === "annotation",
    atlas: name.atlas,
    ...((name.picture === "expression" || name.picture === "projection") && { view: name.picture }),
  });
  if ("refused" in choice) return refuseInWords(404, choice.refused, true);
  const picture = await store.picture(choice.path);
  if (picture === undefined) {
    return refuseInWords(404, `This mirror holds the record of image ${id} and not this picture of it`, true);
  }
  const place = heldPlace(picture, row);
  if (place === undefined) return refuseInWords(404, `The box of image ${id} lies outside of its stored file`);
  const pixelUm = typeof row.resolution === "number" ? row.resolution * 2 ** place.finestDownsample : undefined;
  const isDeep = picture.bitsPerChannel === 16 && choice.path === row.path;
  const range = isDeep ? await defaultRange(await store.records(), row) : undefined;
  return { name, picture, place, pixelUm, filters: range && { range } };
}
