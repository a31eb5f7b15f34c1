import {
  type AnyImageParameters,
  IMAGE_SERVICES,
  type ImageService,
  imageServiceExtras,
  parseImageParameters,
  printImageServicePath,
  regionOf,
  type SubImageRecord,
} from "@brainatlas/sdk/image";
import { readRequest } from "../failures.ts";
import type { AtlasStore } from "../store/atlas-store.ts";
import { defaultRange } from "../store/equalization.ts";
import { answersFor, choosePicture } from "./choose-picture.ts";
import { refuse, refuseNotMirrored, SOURCE_HEADER } from "./refuse.ts";

/** Answers a download service: a redirect to the image service with the region worked out (reference §1.3). */
export async function answerDownload(
  store: AtlasStore,
  service: ImageService,
  idText: string,
  url: URL,
): Promise<Response> {
  const id = /^-?\d{1,15}$/.test(idText) ? Number(idText) : undefined;
  const stored = id === undefined || id < 1 ? undefined : await store.record(id);
  if (stored === undefined || !answersFor(service, stored)) {
    return refuse(404, `There is no ${IMAGE_SERVICES[service].model} with the id ${idText.slice(0, 40)} here`);
  }
  const parameters = readRequest(() => parseImageParameters(url.searchParams, IMAGE_SERVICES[service].parameters));
  const choice = choosePicture(stored.row, parameters);
  if ("refused" in choice) return refuseNotMirrored(choice.refused);
  const picture = await store.picture(choice.path);
  if (picture === undefined) {
    return refuseNotMirrored(`This mirror holds the record of image ${stored.row.id} and not this picture of it`);
  }
  const isDeep = picture.bitsPerChannel === 16 && choice.path === stored.row.path;
  const shown = isDeep ? await withWindow(store, stored.row, parameters) : parameters;
  const target = printImageServicePath(choice.path, regionOf(stored.row, parameters), imageServiceExtras(shown));
  return new Response(null, { status: 302, headers: { location: url.origin + target, [SOURCE_HEADER]: "computed" } });
}

/**
 * The parameters with the windows of the image's data set, where none are asked for and no filter takes their place (reference §1.2). Only
 * for pictures of 16 bits: those of 8, such as the service gives, have been shown through a window before.
 */
async function withWindow(
  store: AtlasStore,
  row: SubImageRecord,
  parameters: AnyImageParameters,
): Promise<AnyImageParameters> {
  if (parameters.range !== undefined || parameters.filter !== undefined) return parameters;
  const range = await defaultRange(await store.records(), row);
  return range === undefined ? parameters : { ...parameters, range };
}
