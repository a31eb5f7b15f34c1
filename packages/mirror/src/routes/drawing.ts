import { setImmediate } from "node:timers/promises";
import { parseImageParameters } from "@brainatlas/sdk/image";
import { labelsOf, type Reshaped, reshapeSvg } from "../drawing/reshape-svg.ts";
import { RequestError, readRequest } from "../failures.ts";
import type { Limiter } from "../pixels/limiter.ts";
import type { AtlasStore, StoredRecord } from "../store/atlas-store.ts";
import type { StoredDrawing } from "../store/drawing.ts";
import { answersFor } from "./choose-picture.ts";
import { answerConditions, etagOf, type Validators } from "./conditional.ts";
import { refuse, refuseNotMirrored, SOURCE_HEADER } from "./refuse.ts";

/** The services that give drawings, and how: for display, or to be saved (reference §2). */
export const DRAWING_SERVICES = ["svg", "svg_download"] as const;
export type DrawingService = (typeof DRAWING_SERVICES)[number];

/** Part of every tag: to be raised when the same request comes to give other bytes. */
const DRAWING_VERSION = 1;

/**
 * Answers with the drawing of an image. Parameters but `groups` and `downsample` are ignored, as the service does.
 *
 * @param run A drawing may take long to make.
 */
export async function answerDrawing(
  store: AtlasStore,
  service: DrawingService,
  idText: string,
  request: Request,
  run: Limiter,
): Promise<Response> {
  const id = /^-?\d{1,15}$/.test(idText) ? Number(idText) : undefined;
  const stored = id === undefined || id < 1 ? undefined : await store.record(id);
  if (stored === undefined || !answersFor("section", stored)) {
    return refuse(404, `There is no AtlasImage or SectionImage with the id ${idText.slice(0, 40)} here`);
  }
  const { id: imageId, width, height } = stored.row;
  const parameters = new URL(request.url).searchParams;
  const { downsample = 0 } = readRequest(() => parseImageParameters(parameters, ["downsample"]));
  const groups = readGroups(parameters.get("groups"));
  const held = await store.drawing(imageId);
  const drawing = held ?? emptyDrawing(stored);
  if (drawing === undefined) {
    return refuseNotMirrored(`This mirror holds the record of image ${imageId} and not its drawing`);
  }
  const etag = etagOf(DRAWING_VERSION, drawing.tag, groups ?? null, downsample);
  const validators = { etag, lastModified: held?.lastModified };
  const headers = drawingHeaders(service, imageId, validators);
  // Where nothing can be lacking, the text is not made for who has it.
  const decided = drawing.hasAllGroups ? answerConditions(request, validators, headers) : undefined;
  if (decided !== undefined) return decided;
  const text = await run(async () => {
    const svg = await drawing.svg(request.signal);
    // One that is kept comes without waiting: others get their turn here.
    await setImmediate();
    return svg;
  }, request.signal);
  const shaped = findLacking(drawing, text, groups) ?? reshapeSvg(text, { groups, downsample, width, height });
  if ("reason" in shaped) {
    return refuseNotMirrored(`This mirror holds the drawing of image ${imageId} ${shaped.reason}`);
  }
  if (held !== undefined && shaped.svg === text && store.synthetic !== true) headers[SOURCE_HEADER] = "stored";
  const body = new TextEncoder().encode(shaped.svg);
  return (
    answerConditions(request, validators, headers) ??
    new Response(request.method === "HEAD" ? null : body, {
      headers: { ...headers, "content-length": String(body.byteLength) },
    })
  );
}

function drawingHeaders(
  service: DrawingService,
  imageId: number,
  { etag, lastModified }: Validators,
): Record<string, string> {
  return {
    "content-type": "image/svg+xml",
    // What the service calls the file is unknown.
    ...(service === "svg_download" ? { "content-disposition": `attachment; filename=${imageId}.svg` } : {}),
    ...(lastModified === undefined ? {} : { "last-modified": lastModified.toUTCString() }),
    vary: "Accept-Encoding",
    etag,
    [SOURCE_HEADER]: "computed",
  };
}

/** An empty value counts as not given, as it does of images. */
function readGroups(text: string | null): readonly number[] | undefined {
  if (text === null || text === "") return undefined;
  const parts = text.split(",").map((part) => part.trim());
  if (parts.every((part) => /^\d{1,15}$/.test(part))) return parts.map(Number);
  throw new RequestError(
    `Cannot use groups ${JSON.stringify(text.slice(0, 80))}; give ids of GraphicGroupLabels with commas between them, such as 28`,
  );
}

/** Drawings are recorded with all of their groups or with some: one that is not held may be, or not be, at the service. */
function findLacking(
  { hasAllGroups }: Pick<StoredDrawing, "hasAllGroups">,
  svg: string,
  groups: readonly number[] | undefined,
): Reshaped | undefined {
  if (groups === undefined || hasAllGroups) return undefined;
  const held = labelsOf(svg);
  const lacking = groups.filter((group) => held.length > 0 && !held.includes(group));
  return lacking.length === 0 ? undefined : { reason: `without the group ${lacking.join(", ")}` };
}

/**
 * The document of an image without a drawing, which the service gives as well (reference §2). A row tells that there is none by
 * `annotated: false`; where it does not, the service may have one.
 */
function emptyDrawing({ row }: StoredRecord): Omit<StoredDrawing, "lastModified"> | undefined {
  if (row.annotated !== false) return undefined;
  const svg = `<svg width="${row.width}" height="${row.height}" xmlns="http://www.w3.org/2000/svg">\n<g transform="scale(1.0)">\n</g>\n</svg>`;
  return { svg: async () => svg, tag: svg, hasAllGroups: true };
}
