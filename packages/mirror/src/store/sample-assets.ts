import type { ArchiveFile, ExpressionGridRequest, ProjectionGridRequest } from "@brainatlas/sdk/volume";
import { createLimiter, type Limiter } from "../pixels/limiter.ts";
import type { RecordDatabase } from "../records/record-database.ts";
import { TRACINGS } from "../sample/records/connectivity-table.ts";
import { ADULT_EXPERIMENTS } from "../sample/records/experiment-table.ts";
import type { HalfLabels } from "../sample/volumes/half-volume.ts";
import { type Asset, type AssetKind, assetOfBytes, parseExpressionGridName } from "./asset.ts";
import { type ByteCache, createByteCache } from "./byte-cache.ts";
import { dataSetXml } from "./data-set-xml.ts";
import { archiveFileOf, projectionOf, whyNoSampleAsset } from "./why-no-sample-asset.ts";

type Bytes = Uint8Array<ArrayBuffer>;

/** Files that are kept: all but the largest at once. */
const MAX_KEPT_BYTES = 96 * 1024 * 1024;
/** Labels of all three spacings. */
const MAX_LABEL_BYTES = 32 * 1024 * 1024;
/** Files that may wait to be made: the largest take some twenty seconds. */
const MAX_WAITING = 64;

const files: ByteCache<Asset> = createByteCache(MAX_KEPT_BYTES, ({ sizeBytes }) => sizeBytes);
const halves: ByteCache<HalfLabels> = createByteCache(MAX_LABEL_BYTES, ({ labels }) => labels.byteLength);
/** One at a time: the largest hold some 80 MB while they are made. */
const runVolume: Limiter = createLimiter(1, MAX_WAITING);
/** Small files, which wait for no volume. */
const runSmall: Limiter = createLimiter(1, MAX_WAITING);

/** A file of the sample: what it is called, and how it is made. */
interface Recipe {
  readonly fileName: string;
  /** Whose turn it waits for. */
  readonly run: Limiter;
  make(signal: AbortSignal): Promise<Bytes | undefined>;
}

/** What the files of the sample are made with. */
interface SampleFacts {
  /** The sample's records, for what is said of a data set in its grid's zip. */
  readonly records: () => Promise<RecordDatabase>;
  readonly lastModified: Date;
}

/**
 * A file of the sample atlas, made when it is first asked for, and kept as long as there is room.
 *
 * @param signal Ends the wait; what nobody waits for any more is not made, or not to its end.
 * @throws {BusyError} If too many wait to be made.
 */
export async function sampleAsset(
  kind: AssetKind,
  name: string,
  facts: SampleFacts,
  signal?: AbortSignal,
): Promise<Asset | undefined> {
  if (whyNoSampleAsset(kind, name) !== undefined) return undefined;
  const recipe = await recipeOf(kind, name, facts);
  if (recipe === undefined) return undefined;
  const make = (unwanted: AbortSignal): Promise<Asset> =>
    recipe.run(async () => {
      // Nothing that is made is empty: no bytes stand for no such file.
      const bytes = (await recipe.make(unwanted)) ?? new Uint8Array(0);
      return await assetOfBytes(bytes, { fileName: recipe.fileName, lastModified: facts.lastModified });
    }, unwanted);
  const asset = await files.get(`${kind} ${name}`, make, signal);
  return asset.sizeBytes === 0 ? undefined : asset;
}

async function recipeOf(kind: AssetKind, name: string, facts: SampleFacts): Promise<Recipe | undefined> {
  if (kind === "file") {
    const { sampleFile } = await import("../sample/files/sample-files.ts");
    const file = sampleFile(Number(name));
    const encode = async (text: string): Promise<Bytes> => new TextEncoder().encode(text);
    return file && { fileName: file.fileName, run: runSmall, make: () => encode(file.make()) };
  }
  const fileName = name.slice(name.lastIndexOf("/") + 1);
  if (kind === "archive") {
    const file = archiveFileOf(name);
    return file && { fileName, run: runVolume, make: (signal) => makeArchiveFile(file, signal) };
  }
  const projection = projectionOf(name);
  if (projection !== undefined)
    return { fileName, run: runVolume, make: (signal) => makeProjection(projection, signal) };
  const request = parseExpressionGridName(name);
  return request && { fileName, run: runSmall, make: (signal) => makeExpression(request, facts, signal) };
}

async function makeArchiveFile(file: ArchiveFile, signal: AbortSignal): Promise<Bytes | undefined> {
  const volumes = await import("../sample/volumes/reference-volumes.ts");
  const labelsAt = (spacingUm: number): Promise<HalfLabels> => readLabels(spacingUm, signal);
  switch (file.kind) {
    case "template":
      return await volumes.templateVolume(file.resolutionUm, signal);
    case "nissl":
      return await volumes.nisslVolume(file.resolutionUm, signal);
    case "annotation":
      return await volumes.annotationVolume(file.resolutionUm, await labelsAt(file.resolutionUm), signal);
    case "mask": {
      const { structureId, resolutionUm } = file;
      return await volumes.structureMask(structureId, resolutionUm, await labelsAt(resolutionUm), signal);
    }
    case "mesh": {
      const { structureMesh } = await import("../sample/volumes/structure-mesh.ts");
      return await structureMesh(file.structureId, labelsAt, signal);
    }
    case "age-atlas":
      return undefined;
  }
}

async function makeProjection(
  { dataSetId, image, resolutionUm }: ProjectionGridRequest,
  signal: AbortSignal,
): Promise<Bytes | undefined> {
  const { projectionVolume } = await import("../sample/volumes/projection-grid.ts");
  const tracing = TRACINGS.find(({ id }) => id === dataSetId);
  if (tracing === undefined) return undefined;
  return await projectionVolume(tracing, image, resolutionUm, await readLabels(resolutionUm, signal), signal);
}

async function makeExpression(
  { dataSetId, include }: ExpressionGridRequest,
  { records, lastModified }: SampleFacts,
  signal: AbortSignal,
): Promise<Bytes | undefined> {
  const { expressionZip } = await import("../sample/volumes/expression-zip.ts");
  const experiment = ADULT_EXPERIMENTS.find(({ id }) => id === dataSetId);
  if (experiment === undefined) return undefined;
  const xml = include.length === 0 ? await dataSetXml(await records(), dataSetId) : undefined;
  return await expressionZip(experiment, include, xml, lastModified, signal);
}

/** Labels of one half: what several files are made of. */
async function readLabels(spacingUm: number, signal: AbortSignal): Promise<HalfLabels> {
  const [{ computeLabels }, { referenceGrid }] = await Promise.all([
    import("../sample/volumes/half-volume.ts"),
    import("../sample/volumes/grid.ts"),
  ]);
  return await halves.get(String(spacingUm), (unwanted) => computeLabels(referenceGrid(spacingUm), unwanted), signal);
}
