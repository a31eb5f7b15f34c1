import { parseImageServiceRequest, requestedRegion, windowOf } from "@brainatlas/sdk/image";
import { readRequest } from "../failures.ts";
import { readFilters } from "../pixels/read-filters.ts";
import type { AtlasStore } from "../store/atlas-store.ts";
import { dispositionOf } from "./disposition.ts";
import { answerPicture, type PictureMaker } from "./picture-answer.ts";
import { APPROXIMATED_HEADER, IGNORED_HEADER, refuse } from "./refuse.ts";

/** Answers the image service: a region of a stored file at a tier, as JPEG (reference §1.4). */
export async function answerImageService(
  store: AtlasStore,
  request: Request,
  url: URL,
  maker: PictureMaker,
): Promise<Response> {
  const asked = readRequest(() => parseImageServiceRequest(url.searchParams));
  const picture = await store.picture(asked.path);
  if (picture === undefined) return refuse(404, `There is no picture at the path ${JSON.stringify(asked.path)} here`);
  const file = { image_width: picture.width, image_height: picture.height };
  const window = windowOf(requestedRegion(asked, file), file);
  if (window === undefined) {
    return refuse(
      400,
      `The region lies outside of the picture of ${picture.width} × ${picture.height} pixels; give a left and top within`,
    );
  }
  const { filters, ignored, approximated } = readFilters(asked);
  const headers = {
    ...dispositionOf(asked),
    ...(ignored.length === 0 ? {} : { [IGNORED_HEADER]: ignored.join(", ") }),
    ...(approximated.length === 0 ? {} : { [APPROXIMATED_HEADER]: approximated.join(", ") }),
  };
  const address = { name: asked.path, left: 0, top: 0 };
  return await answerPicture(maker, request, picture, { window, quality: asked.quality, filters }, address, headers);
}
