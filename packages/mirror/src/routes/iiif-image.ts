import { RequestError, readRequest } from "../failures.ts";
import { printCanonical } from "../iiif/canonical.ts";
import { creditOf } from "../iiif/credit.ts";
import { IMAGE_CONTEXTS, IMAGE_PROFILES, imageInfo } from "../iiif/image-info.ts";
import { limitsOf } from "../iiif/image-place.ts";
import { type ImageApiVersion, parseImageRequest } from "../iiif/image-request.ts";
import { physicalScale } from "../iiif/physical-scale.ts";
import { checkTurned, planPicture } from "../iiif/plan-picture.ts";
import { resolveRequest } from "../iiif/resolve-request.ts";
import type { AtlasStore } from "../store/atlas-store.ts";
import { type FoundImage, findImage } from "./find-image.ts";
import { answerDocument, decodePart, refuseInWords } from "./iiif-answer.ts";
import { answerPicture, type PictureMaker } from "./picture-answer.ts";
import { SOURCE_HEADER } from "./refuse.ts";
import { iiifName } from "./tile-address.ts";

/** What the Image API is answered with. */
export interface IiifSource {
  readonly store: AtlasStore;
  readonly maker: PictureMaker;
}

type Parts = readonly [region: string, size: string, rotation: string, name: string];

/**
 * Answers the IIIF Image API: `/iiif/{version}/{identifier}` with nothing, `info.json` or the four parts of a request behind it.
 *
 * The path is taken as it came: identifiers hold percent-encoded slashes.
 */
export async function answerImageApi(
  source: IiifSource,
  version: ImageApiVersion,
  request: Request,
): Promise<Response> {
  const url = new URL(request.url);
  const [encoded = "", ...rest] = url.pathname.split("/").slice(3);
  const identifier = decodePart(encoded);
  if (identifier === undefined) return refuseInWords(400, "Cannot read the identifier; percent-encode it as UTF-8");
  const found = await findImage(source.store, identifier);
  if (found instanceof Response) return found;
  const base = `/iiif/${version}/${encoded}`;
  const [first = "", ...others] = rest;
  if (others.length === 0) {
    if (first === "") return redirect(`${url.origin}${base}/info.json`);
    if (first === "info.json") return answerInfo(source, version, found, url.origin + base, request);
    if (first === "physdim.json") return answerScale(found, request);
  }
  // A split of that length.
  if (rest.length === 4) return await answerImage(source, version, found, encoded, rest as unknown as Parts, request);
  return refuseInWords(400, "Cannot use this path; give info.json or region/size/rotation/quality.format");
}

function redirect(location: string): Response {
  return new Response(null, { status: 303, headers: { location, [SOURCE_HEADER]: "computed" } });
}

function answerInfo(
  { store, maker }: IiifSource,
  version: ImageApiVersion,
  { place, pixelUm }: FoundImage,
  id: string,
  request: Request,
): Response {
  const { text, terms } = creditOf(store);
  const limits = limitsOf(place, maker.maxPixels);
  const info = imageInfo(version, place, { id, limits, pixelUm, attribution: text, terms });
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
  { picture, place, filters }: FoundImage,
  encoded: string,
  parts: Parts,
  request: Request,
): Promise<Response> {
  const limits = limitsOf(place, maker.maxPixels);
  const read = (given: Parts) => {
    const asked = parseImageRequest(version, given);
    const resolved = resolveRequest(asked, place, limits);
    const canonical = printCanonical(version, asked, resolved, place, limits);
    const profile = `<${IMAGE_PROFILES[version]}>;rel="profile"`;
    const link = `</iiif/${version}/${encoded}/${canonical}>;rel="canonical",${profile}`;
    return { asked, resolved, headers: { link } };
  };
  try {
    const { asked, resolved, headers } = readRequest(() => read(parts));
    readRequest(() => checkTurned(resolved, asked));
    const ask = { ...planPicture(place, resolved, asked), filters };
    const isWhole = place.finestDownsample === 0 && place.width === picture.width && place.height === picture.height;
    const headersOf = (target: string) => read(target.split("/").slice(4) as unknown as Parts).headers;
    const address = isWhole ? { name: iiifName(version, encoded), left: 0, top: 0, headersOf } : undefined;
    return await answerPicture(maker, request, picture, ask, address, headers);
  } catch (error) {
    if (error instanceof RequestError) return refuseInWords(400, error.message);
    throw error;
  }
}
