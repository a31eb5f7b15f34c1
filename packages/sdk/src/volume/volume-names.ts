import { show } from "../check.ts";

/** Where the institute serves the reference volumes. The reference has http; that https answers is seen in public clients only. */
export const DEFAULT_DOWNLOAD_URL = "https://download.alleninstitute.org";

/** Volumes of an expression grid (reference §6.1); `injection` is of connectivity experiments, before they had NRRD files. */
export const EXPRESSION_VOLUMES = ["energy", "density", "intensity", "injection"] as const;

/** A volume of an expression grid. */
export type ExpressionVolume = (typeof EXPRESSION_VOLUMES)[number];

/** Volumes of a connectivity experiment (reference §6.2). */
export const PROJECTION_IMAGES = [
  "projection_density",
  "projection_energy",
  "injection_fraction",
  "injection_density",
  "injection_energy",
  "data_mask",
] as const;

/** A volume of a connectivity experiment. */
export type ProjectionVolume = (typeof PROJECTION_IMAGES)[number];

/** Edges of the voxels that volumes come with, in µm (reference §6.2, §6.3). */
export const RESOLUTIONS_UM = [10, 25, 50, 100] as const;

/** Edge of a voxel, in µm. */
export type ResolutionUm = (typeof RESOLUTIONS_UM)[number];

/** Releases of the annotation, newest of the common framework first. `ccf_2022` is not in the reference, but in public clients. */
export const ANNOTATION_RELEASES = [
  "ccf_2022",
  "ccf_2017",
  "ccf_2016",
  "ccf_2015",
  "mouse_2011",
  "devmouse_2012",
] as const;

/** A release of the annotation. */
export type AnnotationRelease = (typeof ANNOTATION_RELEASES)[number];

/** The release that is asked for by default: the one that masks and meshes are of. */
export const DEFAULT_RELEASE: "ccf_2017" = "ccf_2017" satisfies AnnotationRelease;

/** Passes a resolution through, in µm. */
export function checkResolution(value: unknown): ResolutionUm {
  const known = RESOLUTIONS_UM.find((resolutionUm) => resolutionUm === value);
  if (known !== undefined) return known;
  throw new RangeError(`Cannot use resolution ${show(value)}; give one of ${RESOLUTIONS_UM.join(", ")}, in µm`);
}

/** Passes one of these names through. */
export function checkName<Name extends string>(what: string, value: unknown, names: readonly Name[]): Name {
  const known = names.find((name) => name === value);
  if (known !== undefined) return known;
  throw new RangeError(`Cannot use ${what} ${show(value)}; give one of ${names.join(", ")}`);
}
