import { checkCount, show } from "../check.ts";
import {
  ANNOTATION_RELEASES,
  type AnnotationRelease,
  checkName,
  checkResolution,
  DEFAULT_RELEASE,
  RESOLUTIONS_UM,
  type ResolutionUm,
} from "./volume-names.ts";

/** A file of the archive of reference volumes (reference §6.3). */
export type ArchiveFile =
  | { readonly kind: "template" | "nissl"; readonly resolutionUm: ResolutionUm }
  | { readonly kind: "annotation"; readonly release: AnnotationRelease; readonly resolutionUm: ResolutionUm }
  | { readonly kind: "mask"; readonly structureId: number; readonly resolutionUm: ResolutionUm }
  | { readonly kind: "mesh"; readonly structureId: number }
  | { readonly kind: "age-atlas"; readonly age: string; readonly type: string };

const ARCHIVE = "/informatics-archive/current-release/";

/** Path of the average template. @throws {RangeError} If there is none of this resolution, in µm. */
export function printTemplatePath(resolutionUm: ResolutionUm): string {
  return printArchivePath({ kind: "template", resolutionUm });
}

/** Path of the Nissl volume. @throws {RangeError} If there is none of this resolution, in µm. */
export function printNisslPath(resolutionUm: ResolutionUm): string {
  return printArchivePath({ kind: "nissl", resolutionUm });
}

/** Path of a volume of structure ids. @throws {RangeError} If there is no such release or resolution, in µm. */
export function printAnnotationPath(release: AnnotationRelease, resolutionUm: ResolutionUm): string {
  return printArchivePath({ kind: "annotation", release, resolutionUm });
}

/** Path of the mask of a structure. @throws {RangeError} If the id or the resolution, in µm, is none. */
export function printStructureMaskPath(structureId: number, resolutionUm: ResolutionUm): string {
  return printArchivePath({ kind: "mask", structureId, resolutionUm });
}

/** Path of the surface of a structure. @throws {RangeError} If the id is none. */
export function printStructureMeshPath(structureId: number): string {
  return printArchivePath({ kind: "mesh", structureId });
}

/**
 * Path of a zip of an older atlas, such as age `P56` with type `Mouse_gridAnnotation` or age `E11pt5` with type `atlasVolume`.
 *
 * @throws {RangeError} If the age or the type is not made of letters, digits and `_`.
 * @example printAgeAtlasPath("P56", "atlasVolume") // → "/informatics-archive/current-release/mouse_annotation/P56_atlasVolume.zip"
 */
export function printAgeAtlasPath(age: string, type: string): string {
  return printArchivePath({ kind: "age-atlas", age, type });
}

/**
 * Path of a file of the archive.
 *
 * @throws {RangeError} If there can be no such file.
 * @example printArchivePath({ kind: "mesh", structureId: 997 }).slice(-24) // → "structure_meshes/997.obj"
 */
export function printArchivePath(file: ArchiveFile): string {
  const masks = `mouse_ccf/annotation/${DEFAULT_RELEASE}`;
  switch (file.kind) {
    case "template":
      return `${ARCHIVE}mouse_ccf/average_template/average_template_${checkResolution(file.resolutionUm)}.nrrd`;
    case "nissl":
      return `${ARCHIVE}mouse_ccf/ara_nissl/ara_nissl_${checkResolution(file.resolutionUm)}.nrrd`;
    case "annotation": {
      const release = checkName("release", file.release, ANNOTATION_RELEASES);
      return `${ARCHIVE}mouse_ccf/annotation/${release}/annotation_${checkResolution(file.resolutionUm)}.nrrd`;
    }
    case "mask": {
      const folder = `${masks}/structure_masks/structure_masks_${checkResolution(file.resolutionUm)}`;
      return `${ARCHIVE}${folder}/structure_${checkCount("structureId", file.structureId, 0)}.nrrd`;
    }
    case "mesh":
      return `${ARCHIVE}${masks}/structure_meshes/${checkCount("structureId", file.structureId, 0)}.obj`;
    case "age-atlas":
      return `${ARCHIVE}mouse_annotation/${checkWord("age", file.age)}_${checkWord("type", file.type)}.zip`;
  }
}

/**
 * Reads the path of a file of the archive; `undefined` when it is none of those that are known.
 *
 * @example parseArchivePath("/informatics-archive/current-release/mouse_ccf/ara_nissl/ara_nissl_25.nrrd") // → { kind: "nissl", resolutionUm: 25 }
 */
export function parseArchivePath(path: string): ArchiveFile | undefined {
  for (const [pattern, read] of ARCHIVE_PATHS) {
    const found = pattern.exec(path);
    if (found === null) continue;
    const [, first = "", second = ""] = found;
    const file = read(first, second);
    // What is printed otherwise was another path: a resolution or a release that there is not, a number with zeros before it.
    return isKnown(file) && printArchivePath(file) === path ? file : undefined;
  }
  return undefined;
}

type ReadArchiveFile = (first: string, second: string) => ArchiveFile;

// The casts are checked by `isKnown`.
const ARCHIVE_PATHS: readonly (readonly [RegExp, ReadArchiveFile])[] = [
  [/average_template_(\d+)\.nrrd$/, (first) => ({ kind: "template", resolutionUm: Number(first) as ResolutionUm })],
  [/ara_nissl_(\d+)\.nrrd$/, (first) => ({ kind: "nissl", resolutionUm: Number(first) as ResolutionUm })],
  [
    /(\w+)\/annotation_(\d+)\.nrrd$/,
    (release, resolution) => ({
      kind: "annotation",
      release: release as AnnotationRelease,
      resolutionUm: Number(resolution) as ResolutionUm,
    }),
  ],
  [
    /_(\d+)\/structure_(\d{1,15})\.nrrd$/,
    (resolution, id) => ({ kind: "mask", structureId: Number(id), resolutionUm: Number(resolution) as ResolutionUm }),
  ],
  [/structure_meshes\/(\d{1,15})\.obj$/, (id) => ({ kind: "mesh", structureId: Number(id) })],
  [/mouse_annotation\/([A-Za-z0-9]+)_(\w+)\.zip$/, (age, type) => ({ kind: "age-atlas", age, type })],
];

function isKnown(file: ArchiveFile): boolean {
  if ("release" in file && !(ANNOTATION_RELEASES as readonly string[]).includes(file.release)) return false;
  return !("resolutionUm" in file) || (RESOLUTIONS_UM as readonly number[]).includes(file.resolutionUm);
}

function checkWord(what: string, value: string): string {
  if (typeof value === "string" && /^\w{1,64}$/.test(value)) return value;
  throw new RangeError(`Cannot use ${what} ${show(value)}; give letters, digits and _`);
}
