import type { ArchiveFile, ExpressionGridRequest, ProjectionGridRequest } from "@brainatlas/sdk/volume";
import { createLimiter } from "../pixels/limiter.ts";
import type { RecordDatabase } from "../records/record-database.ts";
import { TRACINGS } from "../sample/records/connectivity-table.ts";
import { ADULT_EXPERIMENTS } from "../sample/records/experiment-table.ts";
import { type Asset, type AssetKind, assetOfBytes, parseExpressionGridName } from "./asset.ts";
import { type ByteCache, createByteCache } from "./byte-cache.ts";
import { dataSetXml } from "./data-set-xml.ts";
import { archiveFileOf, projectionOf, whyNoSampleAsset } from "./why-no-sample-asset.ts";

type Bytes = Uint8Array<ArrayBuffer>;

/** Files and label volumes that are kept: all but the largest at once. */
const MAX_KEPT_BYTES = 128 * 1024 * 1024;

const cache: ByteCache<Bytes> = createByteCache(MAX_KEPT_BYTES, (bytes) => bytes.byteLength);
/** One at a time: the largest hold some 80 MB while they are made. */
const runAlone = createLimiter(1);

/** A file of the sample: what it is called, and how it is made. */
interface Recipe {
  readonly fileName: string;
  make(): Promise<Bytes | string | undefined>;
}

/**
 * A file of the sample atlas, made when it is first asked for, and kept as long as there is room.
 *
 * @param records The sample's records, for what is said of a data set in its grid's zip.
 * @param signal Ends the wait; what is being made is finished, as others may wait for it too.
 */
export async function sampleAsset(
  kind: AssetKind,
  name: string,
  facts: {
    readonly records: () => Promise<RecordDatabase>;
    readonly lastModified: Date;
    readonly signal?: AbortSignal | undefined;
  },
): Promise<Asset | undefined> {
  if (whyNoSampleAsset(kind, name) !== undefined) return undefined;
  const recipe = await recipeOf(kind, name, facts);
  if (recipe === undefined) return undefined;
  const making = cache.get(`${kind} ${name}`, () => runAlone(async () => toBytes(await recipe.make())));
  const bytes = await (facts.signal === undefined ? making : heeding(making, facts.signal));
  const { lastModified } = facts;
  // Nothing that is made is empty: no bytes stand for no such file.
  return bytes.byteLength === 0 ? undefined : assetOfBytes(bytes, { fileName: recipe.fileName, lastModified });
}

async function recipeOf(
  kind: AssetKind,
  name: string,
  { records, lastModified }: { readonly records: () => Promise<RecordDatabase>; readonly lastModified: Date },
): Promise<Recipe | undefined> {
  if (kind === "file") {
    const { sampleFile } = await import("../sample/files/sample-files.ts");
    const file = sampleFile(Number(name));
    return file === undefined ? undefined : { fileName: file.fileName, make: async () => file.make() };
  }
  if (kind === "archive") {
    const file = archiveFileOf(name);
    const fileName = name.slice(name.lastIndexOf("/") + 1);
    return file === undefined ? undefined : { fileName, make: () => makeArchiveFile(file) };
  }
  const projection = projectionOf(name);
  if (projection !== undefined) {
    return { fileName: name.slice(name.indexOf("/") + 1), make: () => makeProjection(projection) };
  }
  const request = parseExpressionGridName(name);
  return request === undefined
    ? undefined
    : { fileName: name, make: () => makeExpression(request, records, lastModified) };
}

async function makeArchiveFile(file: ArchiveFile): Promise<Bytes | string | undefined> {
  const volumes = await import("../sample/volumes/reference-volumes.ts");
  switch (file.kind) {
    case "template":
      return await volumes.templateVolume(file.resolutionUm);
    case "nissl":
      return await volumes.nisslVolume(file.resolutionUm);
    case "annotation":
      return await volumes.annotationVolume(file.resolutionUm, await labels(file.resolutionUm));
    case "mask":
      return await volumes.structureMask(file.structureId, file.resolutionUm, await labels(file.resolutionUm));
    case "mesh": {
      const { structureMesh } = await import("../sample/volumes/structure-mesh.ts");
      return await structureMesh(file.structureId, labels);
    }
    case "age-atlas":
      return undefined;
  }
}

async function makeProjection({ dataSetId, image, resolutionUm }: ProjectionGridRequest): Promise<Bytes | undefined> {
  const { projectionVolume } = await import("../sample/volumes/projection-grid.ts");
  const tracing = TRACINGS.find(({ id }) => id === dataSetId);
  return tracing && (await projectionVolume(tracing, image, resolutionUm, await labels(resolutionUm)));
}

async function makeExpression(
  { dataSetId, include }: ExpressionGridRequest,
  records: () => Promise<RecordDatabase>,
  lastModified: Date,
): Promise<Bytes | undefined> {
  const { expressionZip } = await import("../sample/volumes/expression-zip.ts");
  const experiment = ADULT_EXPERIMENTS.find(({ id }) => id === dataSetId);
  if (experiment === undefined) return undefined;
  const xml = include.length === 0 ? await dataSetXml(await records(), dataSetId) : undefined;
  return await expressionZip(experiment, include, xml, lastModified);
}

/** Labels of one half: what several files are made of. */
async function labels(spacingUm: number): Promise<Bytes> {
  const [{ computeLabels }, { referenceGrid }] = await Promise.all([
    import("../sample/volumes/half-volume.ts"),
    import("../sample/volumes/grid.ts"),
  ]);
  return await cache.get(`labels ${spacingUm}`, () => computeLabels(referenceGrid(spacingUm)));
}

function toBytes(made: Bytes | string | undefined): Bytes {
  return typeof made === "string" ? new TextEncoder().encode(made) : (made ?? new Uint8Array(0));
}

/** Settles as the promise does, or rejects with the signal's reason when that comes first. */
function heeding<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = (): void => reject(signal.reason);
    if (signal.aborted) stop();
    signal.addEventListener("abort", stop, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener("abort", stop));
  });
}
