import {
  ANNOTATION_RELEASES,
  type AnnotationRelease,
  DEFAULT_RELEASE,
  PROJECTION_IMAGES,
  type ProjectionVolume,
  printArchivePath,
  printProjectionGridPath,
  RESOLUTIONS_UM,
  type ResolutionUm,
} from "@brainatlas/sdk/volume";
import { type AssetSource, assetIdOf, type ImportOptions, importError } from "./source.ts";

type Named = Pick<AssetSource, "name" | "folder" | "path">;

/**
 * The path that a volume is served at, by its name, as the service, the archive and public caches call it: `projection_density_100.nrrd`,
 * `annotation_25.nrrd`, `average_template_50.nrrd`, `ara_nissl_50.nrrd`, `structure_385.nrrd`.
 *
 * @param spacingUm Edge of a voxel in µm, as the file says; the name must say the same.
 */
export function nrrdPath(source: Named, spacingUm: number | undefined, options: ImportOptions): string {
  const base = source.name.replace(/\.nrrd$/i, "");
  const [, name = "", resolution] = /^(.*?)(?:[_-](\d+))?$/.exec(base) ?? [];
  const mask = /(?:^|[_-])structure[_-](\d{1,15})$/.exec(base)?.[1];
  if (mask !== undefined) {
    const resolutionUm = resolutionOf(source, undefined, spacingUm);
    return printArchivePath({ kind: "mask", structureId: assetIdOf(source, undefined, mask, ""), resolutionUm });
  }
  const resolutionUm = resolutionOf(source, resolution, spacingUm);
  const image = PROJECTION_IMAGES.find((each) => name.endsWith(each));
  if (image !== undefined) return printProjectionGridPath(dataSetIdOf(source, image, options), { image, resolutionUm });
  if (name.endsWith("average_template")) return printArchivePath({ kind: "template", resolutionUm });
  if (name.endsWith("ara_nissl")) return printArchivePath({ kind: "nissl", resolutionUm });
  if (name.endsWith("annotation")) {
    return printArchivePath({ kind: "annotation", release: releaseOf(source, options), resolutionUm });
  }
  throw importError(
    source,
    "its name does not say what it is; call it as it is served, such as annotation_25.nrrd, or give the path that it is served at (--path)",
  );
}

function resolutionOf(source: Named, named: string | undefined, spacingUm: number | undefined): ResolutionUm {
  const value = spacingUm ?? Number(named);
  if (named !== undefined && value !== Number(named)) {
    throw importError(source, `its name says ${named} µm, and its header ${value} µm; give it the name that fits`);
  }
  const known = RESOLUTIONS_UM.find((each) => each === value);
  if (known !== undefined) return known;
  const found = Number.isNaN(value) ? "no edge of a voxel" : `voxels of ${value} µm`;
  throw importError(source, `it has ${found}; the service has ${RESOLUTIONS_UM.join(", ")} µm`);
}

/** By the option, the name, or the folder, which caches name after the experiment. */
function dataSetIdOf(source: Named, image: ProjectionVolume, { id }: ImportOptions): number {
  const [, named] = new RegExp(`(\\d{1,15})[_-]${image}`).exec(source.name) ?? [];
  const [, folder] = /^experiment[_-](\d{1,15})$/.exec(source.folder) ?? [];
  return assetIdOf(source, id, named ?? folder, "it does not say of which data set it is; give the id (--id)");
}

/** By the option, or the folder, as the archive has it. */
function releaseOf({ folder }: Named, { release }: ImportOptions): AnnotationRelease {
  const known = (name: string | undefined): AnnotationRelease | undefined =>
    ANNOTATION_RELEASES.find((each) => each === name);
  if (release !== undefined && known(release) === undefined) {
    throw new RangeError(
      `Cannot use release ${JSON.stringify(release)}; give one of ${ANNOTATION_RELEASES.join(", ")}`,
    );
  }
  return known(release) ?? known(folder) ?? DEFAULT_RELEASE;
}
