import { parseDrawing } from "@brainatlas/sdk/drawing";
import type { SubImageRecord } from "@brainatlas/sdk/image";
import { creditOf } from "../iiif/credit.ts";
import { physicalScale } from "../iiif/physical-scale.ts";
import { drawnStructures, printAnnotations } from "../iiif/presentation/annotations.ts";
import { type Plate, type PlatePicture, printCanvas, type Site } from "../iiif/presentation/canvas.ts";
import { type ListedAtlas, printCollection, printManifest } from "../iiif/presentation/manifest.ts";
import { type AtlasPlate, type AtlasReader, createAtlasReader } from "../iiif/presentation/read-atlases.ts";
import { type LinkedDocument, PRESENTATION_CONTEXT } from "../iiif/presentation/words.ts";
import type { Limiter } from "../pixels/limiter.ts";
import { type Deadline, withDeadline } from "../records/deadline.ts";
import { QueryTimeError } from "../records/reader.ts";
import type { AtlasStore } from "../store/atlas-store.ts";
import { choosePicture } from "./choose-picture.ts";
import type { DrawnLabelReader } from "./drawn-labels.ts";
import { heldPlace } from "./held-place.ts";
import { answerDocument, decodePart, partsOf, refuseInWords } from "./iiif-answer.ts";

/** What the Presentation API is answered with. */
export interface PresentationSource {
  readonly store: AtlasStore;
  /** Longest time that an answer may take, in ms. */
  readonly timeLimitMs: number;
  /** Largest picture that is made, in pixels. */
  readonly maxPixels: number;
  readonly run: Limiter;
  readonly drawn: DrawnLabelReader;
}

const ID = /^\d{1,15}$/;

/** What is asked for: one of the documents of an atlas, or the list of atlases. */
type Wanted =
  | { readonly kind: "collection" }
  | { readonly kind: "manifest"; readonly atlasId: number }
  | { readonly kind: PlateDocument; readonly atlasId: number; readonly imageId: number };

/** What there is of a plate: `scale` is how large a pixel of its canvas is. */
type PlateDocument = "canvas" | "annotations" | "scale";

/**
 * Answers the IIIF Presentation API 3.0: `collection`, `{atlas}/manifest`, `{atlas}/canvas/{image}`, with `physdim.json` behind it, and
 * `{atlas}/annotations/{image}`.
 */
export async function answerPresentation(source: PresentationSource, request: Request): Promise<Response> {
  const url = new URL(request.url);
  const { origin } = url;
  const wanted = readPath(partsOf(url, 3).map(decodePart));
  if (wanted === undefined) {
    return refuseInWords(
      404,
      "There is no such document; give collection, {atlas}/manifest or {atlas}/annotations/{image}",
    );
  }
  const { store, timeLimitMs } = source;
  try {
    const database = await store.records();
    const document = await withDeadline({ timeLimitMs, signal: request.signal }, (deadline) =>
      database.read((reader) => {
        const desk = { ...source, origin, deadline, atlases: createAtlasReader(reader, deadline) };
        return makeDocument(desk, wanted);
      }, request.signal),
    );
    if (document instanceof Response) return document;
    return answerDocument(request, document, { context: document["@context"], usual: "linked" });
  } catch (error) {
    if (error instanceof QueryTimeError) return refuseInWords(503, `Cannot answer in time: ${error.message}`);
    throw error;
  }
}

/** @param parts What follows `/iiif/presentation`, decoded. */
function readPath(parts: readonly (string | undefined)[]): Wanted | undefined {
  const [atlas = "", kind, image = "", last] = parts;
  if (parts.length === 1 && atlas === "collection") return { kind: "collection" };
  if (!ID.test(atlas)) return undefined;
  const atlasId = Number(atlas);
  if (parts.length === 2 && kind === "manifest") return { kind, atlasId };
  if (!ID.test(image)) return undefined;
  const imageId = Number(image);
  if (parts.length === 3 && (kind === "canvas" || kind === "annotations")) return { kind, atlasId, imageId };
  const isScale = parts.length === 4 && kind === "canvas" && last === "physdim.json";
  return isScale ? { kind: "scale", atlasId, imageId } : undefined;
}

interface Desk extends PresentationSource {
  readonly origin: string;
  readonly atlases: AtlasReader;
  readonly deadline: Deadline;
}

async function makeDocument(desk: Desk, wanted: Wanted): Promise<LinkedDocument | Response> {
  if (wanted.kind === "collection") return await makeCollection(desk);
  const { atlasId } = wanted;
  const site: Site = { origin: desk.origin, maxPixels: desk.maxPixels, atlasId };
  const atlas = await desk.atlases.atlas(atlasId);
  if (atlas === undefined) return refuseInWords(404, `There is no atlas ${atlasId} here`);
  const known = await desk.atlases.plates(atlasId);
  if (wanted.kind === "manifest") {
    const plates = await findPlates(desk, atlasId, known, await desk.atlases.labels(atlasId));
    if (plates.length > 0) return printManifest(site, atlas, plates, creditOf(desk.store));
    return refuseInWords(404, `This mirror holds the record of atlas ${atlasId} and no picture of a plate of it`, true);
  }
  const { imageId } = wanted;
  const plate = known.find(({ id }) => id === imageId);
  if (plate === undefined) return refuseInWords(404, `Atlas ${atlasId} has no plate ${imageId} here`);
  if (wanted.kind === "annotations") return await makeAnnotations(desk, site, imageId);
  if (wanted.kind === "scale") return await makeScale(desk, imageId);
  const [found] = await findPlates(desk, atlasId, [plate], await desk.atlases.labels(atlasId));
  if (found === undefined) return refuseInWords(404, `This mirror holds no picture of plate ${imageId}`, true);
  return { "@context": PRESENTATION_CONTEXT, ...printCanvas(site, found) };
}

async function makeScale({ store }: Desk, imageId: number): Promise<LinkedDocument | Response> {
  const scale = physicalScale((await store.record(imageId))?.row.resolution);
  return scale === undefined
    ? refuseInWords(404, `It is not known here how large a pixel of plate ${imageId} is`)
    : { ...scale };
}

async function makeCollection(desk: Desk): Promise<LinkedDocument> {
  const listed: ListedAtlas[] = [];
  for (const atlas of await desk.atlases.atlases()) {
    const known = await desk.atlases.plates(atlas.id);
    const middle = known.slice(known.length >> 1).concat(known.slice(0, known.length >> 1));
    const [plate] = await findPlates(desk, atlas.id, middle, undefined, 1);
    if (plate !== undefined) listed.push({ atlas, plate });
  }
  return printCollection(desk, listed, creditOf(desk.store));
}

/**
 * Those of which a picture is held.
 *
 * @param labels Labels of the atlas's drawings; without them nothing is said of drawings.
 */
async function findPlates(
  { store, drawn, deadline }: Desk,
  atlasId: number,
  known: readonly AtlasPlate[],
  labels: readonly number[] | undefined,
  most: number = Number.POSITIVE_INFINITY,
): Promise<Plate[]> {
  const plates: Plate[] = [];
  for (const { id, thicknessUm } of known) {
    if (plates.length >= most) break;
    deadline.check();
    const row = (await store.record(id))?.row;
    const pictures = row === undefined ? [] : await findPictures(store, row, atlasId);
    if (row === undefined || pictures.length === 0) continue;
    const drawing = labels === undefined || row.annotated === false ? undefined : await store.drawing(id);
    const isDrawn = drawing !== undefined && (await drawn.shows(drawing, labels ?? [], deadline.signal));
    plates.push({ row, thicknessUm, pictures, isDrawn });
  }
  return plates;
}

/** The stained section and the annotated plate, as far as they are held; one where they are the same. */
async function findPictures(store: AtlasStore, row: SubImageRecord, atlasId: number): Promise<PlatePicture[]> {
  const found = new Map<string, PlatePicture>();
  for (const [name, label, parameters] of [
    [`${row.id}`, "Stained section", {}],
    [`${row.id}:annotation:${atlasId}`, "Annotated plate", { annotation: true, atlas: atlasId }],
  ] as const) {
    const choice = choosePicture(row, parameters);
    if ("refused" in choice || found.has(choice.path)) continue;
    const picture = await store.picture(choice.path);
    const place = picture && heldPlace(picture, row);
    if (place !== undefined) found.set(choice.path, { name, label, place });
  }
  return [...found.values()];
}

async function makeAnnotations(
  { store, run, drawn, atlases, deadline }: Desk,
  site: Site,
  imageId: number,
): Promise<LinkedDocument | Response> {
  const { signal } = deadline;
  const [stored, held] = [await store.record(imageId), await store.drawing(imageId)];
  if (stored === undefined || held === undefined) {
    return refuseInWords(404, `This mirror holds no drawing of plate ${imageId}`, true);
  }
  const labels = await atlases.labels(site.atlasId);
  if (!(await drawn.shows(held, labels, signal))) {
    return refuseInWords(404, `The drawing of plate ${imageId} has no structure of atlas ${site.atlasId}`);
  }
  const drawing = await run(async () => parseDrawing(await held.svg(signal)), signal);
  deadline.check();
  const structures = await atlases.structures(drawnStructures(drawing));
  const { width, height } = stored.row;
  return printAnnotations(site, { imageId, width, height, drawing, labels, structures });
}
