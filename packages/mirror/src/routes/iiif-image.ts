import { RequestError, readRequest } from "../failures.ts";
import { printCanonical } from "../iiif/canonical.ts";
import { creditOf } from "../iiif/credit.ts";
import { IMAGE_CONTEXTS, IMAGE_PROFILES, imageInfo } from "../iiif/image-info.ts";
import { printImageName } from "../iiif/image-name.ts";
import { limitsOf } from "../iiif/image-place.ts";
import { type ImageApiVersion, parseImageRequest } from "../iiif/image-request.ts";
import { physicalScale } from "../iiif/physical-scale.ts";
import { checkTurned } from "../iiif/plan-picture.ts";
import { planRequest } from "../iiif/plan-request.ts";
import type { AtlasStore } from "../store/atlas-store.ts";
import { type FoundImage, findImage } from "./find-image.ts";
import { findManifests } from "./find-manifests.ts";
import { answerDocument, decodePart, partsOf, refuseInWords } from "./iiif-answer.ts";
import { answerPicture, MAX_FINISHED_PX, type PictureMaker } from "./picture-answer.ts";
import { SOURCE_HEADER } from "./refuse.ts";
import { iiifName } from "./tile-address.ts";

/** What the Image API is answered with. */
export interface IiifSource {
  readonly store: AtlasStore;
  readonly maker: PictureMaker;
  /** Longest time that reading records may take, in ms. */
  readonly timeLimitMs: number;
}

type Parts = readonly [region: string, size: string, rotation: string, name: string];

/**
 * Answers the IIIF Image API: `/iiif/{version}/{identifier}` with nothing, `info.json` or the four parts of a request behind it.
 *
 * The path is split as it came, and its parts are decoded one by one: identifiers hold percent-encoded slashes.
 */
export async function answerImageApi(
  source: IiifSource,
  version: ImageApiVersion,
  request: Request,
): Promise<Response> {
  const url = new URL(request.url);
  const parts = partsOf(url, 3);
  const decoded = parts.flatMap((part) => decodePart(part) ?? []);
  if (decoded.length < parts.length)
    return refuseInWords(400, "Cannot read the path; percent-encode its parts as UTF-8");
  const [identifier = "", ...rest] = decoded;
  const found = await findImage(source.store, identifier);
  if (found instanceof Response) return found;
  const base = `/iiif/${version}/${printImageName(found.name)}`;
  const [first = "", ...others] = rest;
  if (others.length === 0) {
    if (first === "") return redirect(`${url.origin}${base}/info.json`);
    if (first === "info.json") return await answerInfo(source, version, found, url.origin + base, request);
    if (first === "physdim.json") return answerScale(found, request);
  }
  // A split of that length.
  if (rest.length === 4) return await answerImage(source, version, found, rest as unknown as Parts, request);
  return refuseInWords(400, "Cannot use this path; give info.json or region/size/rotation/quality.format");
}

function redirect(location: string): Response {
  return new Response(null, { status: 303, headers: { location, [SOURCE_HEADER]: "computed" } });
}

async function answerInfo(
  { store, maker, timeLimitMs }: IiifSource,
  version: ImageApiVersion,
  { name, place, pixelUm }: FoundImage,
  id: string,
  request: Request,
): Promise<Response> {
  const { text, terms } = creditOf(store);
  const limits = limitsOf(place, maker.maxPixels);
  const bounds = { timeLimitMs, signal: request.signal };
  const manifests = version === 3 ? await findManifests(store, name, new URL(id).origin, bounds) : [];
  const info = imageInfo(version, place, { id, limits, pixelUm, manifests, attribution: text, terms });
  return answerDocument(request, info, {
    context: IMAGE_CONTEXTS[version],
    usual: version === 3 ? "linked" : "plain",
    headers: { link: `<${IMAGE_PROFILES[version]}>;rel="profile"` },
  });
}

function answerScale({ pixelUm }: FoundImage, request: Request): Response {
  const scale = physicalScale(pixelUm);
  if (scale === undefined) return refuseInWords(404, "It is not known here how large a pixel of this image is");
  return answerDocument(request, scale, { context: scale["@context"], usual: "linked" });
}

async function answerImage(
  { maker }: IiifSource,
  version: ImageApiVersion,
  { name, picture, place, pixelUm, filters }: FoundImage,
  parts: Parts,
  request: Request,
): Promise<Response> {
  const limits = { ...limitsOf(place, maker.maxPixels), maxFinishedArea: Math.min(maker.maxPixels, MAX_FINISHED_PX) };
  const read = (given: Parts) => {
    const asked = parseImageRequest(version, given);
    const planned = planRequest(place, asked, limits, pixelUm);
    const canonical = printCanonical(version, asked, planned.resolved, place, planned.limits);
    const profile = `<${IMAGE_PROFILES[version]}>;rel="profile"`;
    const link = `</iiif/${version}/${printImageName(name)}/${canonical}>;rel="canonical",${profile}`;
    return { asked, ...planned, headers: { link } };
  };
  try {
    const { asked, resolved, plan, headers } = readRequest(() => read(parts));
    readRequest(() => checkTurned(resolved, asked));
    const isWhole = place.finestDownsample === 0 && place.width === picture.width && place.height === picture.height;
    const headersOf = (target: string) => read(target.split("/").slice(4) as unknown as Parts).headers;
    const [, , , encoded = ""] = new URL(request.url).pathname.split("/");
    const address = isWhole ? { name: iiifName(version, encoded), left: 0, top: 0, headersOf } : undefined;
    return await answerPicture(maker, request, picture, { ...plan, filters }, address, headers);
  } catch (error) {
    if (error instanceof RequestError) return refuseInWords(400, error.message);
    throw error;
  }
}
