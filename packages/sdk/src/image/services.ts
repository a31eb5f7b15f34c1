import { checkCount } from "../check.ts";
import {
  type AnyImageParameters,
  type AtlasImageParameters,
  type ImageParameterName,
  type ProjectionImageParameters,
  printImageParameters,
  type SectionImageParameters,
  type SubImageParameters,
} from "./parameters.ts";
import { printQuery } from "./query.ts";

/** The four download services by our names for them, with what each takes. */
export interface ParametersByService {
  atlas: AtlasImageParameters;
  section: SectionImageParameters;
  projection: ProjectionImageParameters;
  any: SubImageParameters;
}

export type ImageService = keyof ParametersByService;

/** How the API names a service, and the model whose ids it takes. */
export interface ImageServiceSpec {
  /** Part of the path before the id. */
  readonly path: string;
  /** Model of the database row behind an id. */
  readonly model: "AtlasImage" | "SectionImage" | "SubImage";
  readonly parameters: readonly ImageParameterName[];
}

const REGION = ["downsample", "quality", "left", "top", "width", "height"] as const;
const SECTION = [
  ...REGION,
  "downsampleDimensions",
  "view",
  "expression",
  "range",
  "colormap",
  "rgb",
  "contrast",
] as const;
const PROJECTION = [...SECTION, "projection"] as const;

/** The download services (reference §1.1). */
export const IMAGE_SERVICES: Readonly<Record<ImageService, ImageServiceSpec>> = {
  atlas: { path: "atlas_image_download", model: "AtlasImage", parameters: [...REGION, "annotation", "atlas"] },
  section: { path: "section_image_download", model: "SectionImage", parameters: SECTION },
  projection: { path: "projection_image_download", model: "SectionImage", parameters: PROJECTION },
  any: {
    path: "image_download",
    model: "SubImage",
    parameters: [...PROJECTION, "tumorFeatureAnnotation", "tumorFeatureBoundary", "filter", "filterVals"],
  },
};

/**
 * Checks the id of an image.
 *
 * A negative one is let through: no image has it, and the service says so itself with 404.
 */
export function checkImageId(id: unknown): number {
  return checkCount("id", id, -Number.MAX_SAFE_INTEGER);
}

/**
 * URL of an image at a download service.
 *
 * @param baseUrl Origin of the API, without a trailing slash.
 * @param parameters Checked parameters of the service.
 * @example printImageUrl("https://api.brain-map.org", "atlas", 100883869, { downsample: 4 })
 */
export function printImageUrl(
  baseUrl: string,
  service: ImageService,
  id: number,
  parameters: AnyImageParameters,
): string {
  return `${baseUrl}/api/v2/${IMAGE_SERVICES[service].path}/${id}${printQuery(printImageParameters(parameters))}`;
}
