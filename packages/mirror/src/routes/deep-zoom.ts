import { deepZoomRegion, parseDeepZoomTile, printDescriptor } from "../iiif/deep-zoom.ts";
import { planPicture } from "../iiif/plan-picture.ts";
import { answerConditions, etagOf } from "./conditional.ts";
import { type FoundImage, findImage } from "./find-image.ts";
import { decodePart, partsOf, refuseInWords } from "./iiif-answer.ts";
import type { IiifSource } from "./iiif-image.ts";
import { answerPicture } from "./picture-answer.ts";
import { SOURCE_HEADER } from "./refuse.ts";

const PLAIN = { isMirrored: false, turnDeg: 0, tone: "color", format: "jpg" } as const;

/** Answers Deep Zoom: `/dzi/{identifier}.dzi`, and its tiles in the folder beside it, `{identifier}_files/{level}/{column}_{row}.jpg`. */
export async function answerDeepZoom(source: IiifSource, request: Request): Promise<Response> {
  const [file = "", level, tileName, ...others] = partsOf(new URL(request.url), 2);
  const isDescriptor = level === undefined;
  const [, encoded] = (isDescriptor ? /^(.+)\.(?:dzi|xml)$/ : /^(.+)_files$/).exec(file) ?? [];
  const identifier = encoded === undefined ? undefined : decodePart(encoded);
  if (identifier === undefined || others.length > 0) {
    return refuseInWords(404, "There is no such file; give {image}.dzi or {image}_files/{level}/{column}_{row}.jpg");
  }
  const found = await findImage(source.store, identifier);
  if (found instanceof Response) return found;
  if (isDescriptor) return answerDescriptor(found, request);
  const tile = parseDeepZoomTile(level, tileName ?? "");
  const region = tile && deepZoomRegion(tile, found.place);
  if (region === undefined) return refuseInWords(404, "The image has no such tile");
  const ask = { ...planPicture(found.place, region, PLAIN), filters: found.filters };
  return await answerPicture(source.maker, request, found.picture, ask, undefined);
}

function answerDescriptor({ place }: FoundImage, request: Request): Response {
  const text = printDescriptor(place);
  const etag = etagOf(text);
  const headers = {
    "content-type": "application/xml",
    "cache-control": "no-cache",
    vary: "Accept-Encoding",
    etag,
    [SOURCE_HEADER]: "computed",
  };
  const decided = answerConditions(request, { etag, lastModified: undefined }, headers);
  return decided ?? new Response(request.method === "HEAD" ? null : text, { headers });
}
