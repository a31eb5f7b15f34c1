import type { ImageSize, SubImageRecord } from "@brainatlas/sdk/image";
import { type ImagePlace, limitsOf, tierSizes } from "../image-place.ts";
import { physicalScale } from "../physical-scale.ts";
import { resolveRequest } from "../resolve-request.ts";
import { english } from "./words.ts";

/** One of the pictures of a plate, as the Image API gives it. */
export interface PlatePicture {
  /** The identifier. */
  readonly name: string;
  readonly label: string;
  readonly place: ImagePlace;
}

/** A plate and what is held of it. */
export interface Plate {
  readonly row: SubImageRecord;
  readonly thicknessUm: number | undefined;
  /** At least one; the first is the one to show. */
  readonly pictures: readonly PlatePicture[];
  readonly isDrawn: boolean;
}

/** Where documents lie. */
export interface Site {
  /** Of the mirror, without a slash at its end. */
  readonly origin: string;
  readonly atlasId: number;
  /** Largest picture that is made, in pixels. */
  readonly maxPixels: number;
}

/** URIs of an atlas's documents. */
export function urisOf({ origin, atlasId }: Pick<Site, "origin" | "atlasId">): {
  readonly collection: string;
  readonly manifest: string;
  canvas(imageId: number): string;
  /** How large a pixel of a canvas is. */
  scale(imageId: number): string;
  annotations(imageId: number): string;
  image(name: string): string;
} {
  const base = `${origin}/iiif/presentation`;
  return {
    collection: `${base}/collection`,
    manifest: `${base}/${atlasId}/manifest`,
    canvas: (imageId) => `${base}/${atlasId}/canvas/${imageId}`,
    scale: (imageId) => `${base}/${atlasId}/canvas/${imageId}/physdim.json`,
    annotations: (imageId) => `${base}/${atlasId}/annotations/${imageId}`,
    image: (name) => `${origin}/iiif/3/${name}`,
  };
}

/** The canvas of a plate (Presentation 3.0 §5.3): in full-resolution pixels of the section's box. */
export function printCanvas(site: Site, plate: Plate): object {
  const { row, pictures, isDrawn } = plate;
  const uris = urisOf(site);
  const id = uris.canvas(row.id);
  const scale = physicalScale(row.resolution);
  const bodies = pictures.map((picture) => printPicture(site, picture));
  return {
    id,
    type: "Canvas",
    label: english(labelOf(plate)),
    height: row.height,
    width: row.width,
    ...(scale && {
      // Presentation 3.0 wants an identity and a type of every service (§3.3.1).
      service: [{ id: uris.scale(row.id), type: "Service", ...scale }],
    }),
    thumbnail: printThumbnail(site, plate),
    items: [
      {
        id: `${id}/page`,
        type: "AnnotationPage",
        items: [
          {
            id: `${id}/painting`,
            type: "Annotation",
            motivation: "painting",
            body: bodies.length === 1 ? bodies[0] : { type: "Choice", items: bodies },
            target: id,
          },
        ],
      },
    ],
    ...(isDrawn && { annotations: [{ id: uris.annotations(row.id), type: "AnnotationPage" }] }),
  };
}

/** The smallest tier of a plate's first picture. */
export function printThumbnail(site: Site, { pictures }: Pick<Plate, "pictures">): object[] {
  const [picture] = pictures;
  const size = picture && tierSizes(picture.place).at(-1);
  if (picture === undefined || size === undefined) return [];
  return [printImage(site, picture, `${size.width},${size.height}`, size)];
}

function printPicture(site: Site, picture: PlatePicture): object {
  const { place, label } = picture;
  const size = { kind: "max", whenLarger: "keep" } as const;
  const { width, height } = resolveRequest({ region: { kind: "full" }, size }, place, limitsOf(place, site.maxPixels));
  return { ...printImage(site, picture, "max", { width, height }), label: english(label) };
}

function printImage(site: Site, { name }: PlatePicture, asked: string, { width, height }: ImageSize): object {
  const image = urisOf(site).image(name);
  return {
    id: `${image}/full/${asked}/0/default.jpg`,
    type: "Image",
    format: "image/jpeg",
    height,
    width,
    service: [{ id: image, type: "ImageService3", profile: "level2" }],
  };
}

/** The place in the stack follows from the number, as far as the data set tells how far sections lie apart. */
function labelOf({ row, thicknessUm }: Plate): string {
  const { id, section_number } = row;
  if (typeof section_number !== "number") return `Image ${id}`;
  if (thicknessUm === undefined) return `Section ${section_number}`;
  return `Section ${section_number}, ${Number(((section_number * thicknessUm) / 1000).toFixed(3))} mm`;
}
