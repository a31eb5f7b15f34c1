import {
  type AnyImageParameters,
  IMAGE_SERVICES,
  type ImageService,
  parseImageParameters,
  printImageParameters,
  printImageServicePath,
  regionOf,
} from "@brainatlas/sdk/image";
import { readRequest } from "../failures.ts";
import type { AtlasStore } from "../store/atlas-store.ts";
import { answersFor, choosePicture } from "./choose-picture.ts";
import { refuse, refuseNotMirrored, SOURCE_HEADER } from "./refuse.ts";

/** Parameters that the image service behind takes as they are. */
const HANDED_ON = ["quality", "rgb", "contrast", "colormap", "filter", "filterVals"] as const;

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
  if ((await store.picture(choice.path)) === undefined) {
    return refuseNotMirrored(`This mirror holds the record of image ${stored.row.id} and not this picture of it`);
  }
  const target = printImageServicePath(choice.path, regionOf(stored.row, parameters), handOn(parameters));
  return new Response(null, { status: 302, headers: { location: url.origin + target, [SOURCE_HEADER]: "computed" } });
}

function handOn(parameters: AnyImageParameters): [string, string][] {
  const kept = Object.fromEntries(HANDED_ON.map((name) => [name, parameters[name]]));
  if (parameters.range === undefined) return printImageParameters(kept);
  // The image service takes the windows as a filter (reference §1.4).
  return printImageParameters({ ...kept, filter: "range", filterVals: parameters.range });
}
