import {
  type ArchiveFile,
  DEFAULT_RELEASE,
  type ProjectionGridRequest,
  parseArchivePath,
  parseProjectionGridPath,
} from "@brainatlas/sdk/volume";
import { TRACINGS } from "../sample/records/connectivity-table.ts";
import { ADULT_EXPERIMENTS } from "../sample/records/experiment-table.ts";
import { MADE_TYPES, SAMPLE_FILES } from "../sample/records/files.ts";
import { sampleStructure } from "../sample/structures.ts";
import { type AssetKind, parseExpressionGridName } from "./asset.ts";

/** Edges of voxels that a volume is made with, in µm: the finest of the archive would take minutes, and more memory than is fair. */
const SPACINGS_UM: readonly number[] = [25, 50, 100];
/** Scattered values do not pack: at 25 µm a file would have some hundred MB. */
const SCATTERED: readonly string[] = ["projection_density", "projection_energy"];
const SCATTERED_SPACINGS_UM: readonly number[] = [50, 100];

/** Why the sample has no such file, of those that it might have; `undefined` where it has, or where there is nothing to say. */
export function whyNoSampleAsset(kind: AssetKind, name: string): string | undefined {
  if (kind === "file") return whyNoFile(Number(name));
  const projection = kind === "grid" ? projectionOf(name) : undefined;
  if (projection !== undefined) {
    const { dataSetId, image, resolutionUm } = projection;
    if (!TRACINGS.some(({ id }) => id === dataSetId)) return `The sample atlas has no tracer experiment ${dataSetId}`;
    return whyNotSpacing(image, resolutionUm, SCATTERED.includes(image) ? SCATTERED_SPACINGS_UM : SPACINGS_UM);
  }
  if (kind === "grid") return whyNoExpression(name);
  const file = archiveFileOf(name);
  return file === undefined ? undefined : whyNoArchiveFile(file);
}

function whyNoFile(id: number): string | undefined {
  const file = SAMPLE_FILES.find((each) => each.id === id);
  if (file === undefined) return `The sample atlas has no well-known file ${id}`;
  if (MADE_TYPES.includes(file.type)) return undefined;
  return `The sample atlas has the record of well-known file ${id}, and not the file: it makes none of type ${file.type}`;
}

function whyNoExpression(name: string): string | undefined {
  const request = parseExpressionGridName(name);
  if (request === undefined) return undefined;
  const { dataSetId, include } = request;
  if (include.includes("injection"))
    return "The sample atlas makes no zips with a volume injection; ask for its NRRD files";
  if (ADULT_EXPERIMENTS.some(({ id, failed }) => id === dataSetId && !failed)) return undefined;
  return `The sample atlas has no expression grid of data set ${dataSetId}: it makes those of its adult experiments that did not fail`;
}

function whyNoArchiveFile(file: ArchiveFile): string | undefined {
  if (file.kind === "age-atlas") return "The sample atlas has none of the older atlases";
  if (file.kind === "annotation" && file.release !== DEFAULT_RELEASE) {
    return `The sample atlas has one annotation, which is served as ${DEFAULT_RELEASE}`;
  }
  if ("structureId" in file && sampleStructure(file.structureId) === undefined) {
    return `The sample atlas has no structure ${file.structureId}`;
  }
  return "resolutionUm" in file ? whyNotSpacing(file.kind, file.resolutionUm, SPACINGS_UM) : undefined;
}

function whyNotSpacing(what: string, spacingUm: number, made: readonly number[]): string | undefined {
  if (made.includes(spacingUm)) return undefined;
  return `The sample atlas makes ${what} at ${made.join(", ")} µm, and not at ${spacingUm} µm`;
}

/** The volume of a tracer experiment that a name means; `undefined` if it means none. */
export function projectionOf(name: string): ProjectionGridRequest | undefined {
  const [, id, image, resolution] = /^(\d+)\/([a-z_]+)_(\d+)\.nrrd$/.exec(name) ?? [];
  return id === undefined
    ? undefined
    : parseProjectionGridPath(`/grid_data/download_file/${id}?image=${image}&resolution=${resolution}`);
}

/** The file of the archive that a name means; `undefined` if it is none that is known. */
export function archiveFileOf(name: string): ArchiveFile | undefined {
  return parseArchivePath(`/informatics-archive/${name}`);
}
