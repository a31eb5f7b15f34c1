import { type ImageSize, TILE_PX } from "@brainatlas/sdk/image";
import { type ImagePlace, tierSizes } from "./image-place.ts";
import type { ImageApiVersion } from "./image-request.ts";
import { physicalScale } from "./physical-scale.ts";
import { english } from "./presentation/words.ts";
import type { SizeLimits } from "./resolve-request.ts";

/** What an image's information says beside its size. */
export interface ImageFacts {
  /** Base URI of the image, without a slash at its end. */
  readonly id: string;
  readonly limits: SizeLimits;
  /** Edge of a pixel of the image, in µm. */
  readonly pixelUm?: number | undefined;
  /** What the image is shown in, where that is known; 2.1 has no place for it. */
  readonly manifests?: readonly ManifestLink[] | undefined;
  /** Text that is to be shown with the image; 3.0 has no place for it. */
  readonly attribution: string;
  /** Where its terms are to be read; `undefined` where there are none to be named. */
  readonly terms: string | undefined;
}

/** A manifest that shows an image, and tells whom it comes from. */
export interface ManifestLink {
  readonly id: string;
  readonly label: string;
}

const PROTOCOL = "http://iiif.io/api/image";

/** Contexts of the versions, which are also their media type's profile. */
export const IMAGE_CONTEXTS = {
  2: "http://iiif.io/api/image/2/context.json",
  3: "http://iiif.io/api/image/3/context.json",
} as const;

/** Documents of the compliance level, which headers link to. */
export const IMAGE_PROFILES = {
  2: "http://iiif.io/api/image/2/level2.json",
  3: "http://iiif.io/api/image/3/level2.json",
} as const;

/** What is given beyond level 2 of both versions; the features that are named in one alone are below. */
const EXTRA_FORMATS = ["webp", "tif"];
const EXTRA_FEATURES = ["canonicalLinkHeader", "mirroring", "profileLinkHeader", "regionSquare", "rotationArbitrary"];

/** The information document of an image, `info.json` (3.0 §5, 2.1.1 §5). */
export function imageInfo(version: ImageApiVersion, place: ImagePlace, facts: ImageFacts): object {
  return version === 3 ? imageInfo3(place, facts) : imageInfo2(place, facts);
}

function imageInfo3(place: ImagePlace, { id, limits, pixelUm, manifests = [] }: ImageFacts): object {
  const scale = physicalScale(pixelUm);
  return {
    "@context": IMAGE_CONTEXTS[3],
    id,
    type: "ImageService3",
    protocol: PROTOCOL,
    profile: "level2",
    ...shape(place, limits),
    ...limits,
    extraFormats: EXTRA_FORMATS,
    extraQualities: ["color", "gray", "bitonal"],
    // Level 2 of 3.0 has the square already.
    extraFeatures: [...EXTRA_FEATURES.filter((name) => name !== "regionSquare"), "sizeUpscaling"],
    ...(manifests.length > 0 && {
      partOf: manifests.map(({ id, label }) => ({ id, type: "Manifest", label: english(label) })),
    }),
    ...(scale && { service: [{ id: `${id}/physdim.json`, type: "Service", ...scale }] }),
  };
}

function imageInfo2(place: ImagePlace, { id, limits, pixelUm, attribution, terms }: ImageFacts): object {
  const scale = physicalScale(pixelUm);
  return {
    "@context": IMAGE_CONTEXTS[2],
    "@id": id,
    "@type": "iiif:Image",
    protocol: PROTOCOL,
    ...shape(place, limits),
    attribution,
    ...(terms !== undefined && { license: terms }),
    profile: [
      IMAGE_PROFILES[2],
      // Level 2 of 2.1 has the three qualities already.
      { formats: EXTRA_FORMATS, supports: [...EXTRA_FEATURES, "sizeAboveFull"], ...limits },
    ],
    ...(scale && { service: { "@id": `${id}/physdim.json`, ...scale } }),
  };
}

/** The smallest first, as viewers of old expect; all tiers of one edge of tile. */
function shape(place: ImagePlace, limits: SizeLimits): object {
  const { width, height } = place;
  const sizes = tierSizes(place);
  const scaleFactors = sizes.map((_, halvings) => 2 ** halvings);
  return {
    width,
    height,
    sizes: sizes.filter((size) => isAllowed(size, limits)).reverse(),
    tiles: [{ width: TILE_PX, scaleFactors }],
  };
}

function isAllowed({ width, height }: ImageSize, { maxWidth, maxHeight, maxArea }: SizeLimits): boolean {
  return width <= maxWidth && height <= maxHeight && width * height <= maxArea;
}
