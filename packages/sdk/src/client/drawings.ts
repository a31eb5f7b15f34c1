import { checkCount, show } from "../check.ts";
import type { Drawing } from "../drawing/drawing.ts";
import { DecodeError } from "../errors.ts";
import type { RequestOptions } from "../http/options.ts";
import type { AtlasResponse } from "../http/response.ts";
import { MAX_DOWNSAMPLE } from "../image/parameters.ts";
import { printQuery } from "../image/query.ts";
import { checkImageId } from "../image/services.ts";
import type { Sender } from "./sender.ts";

/** Which drawing of an image is asked for. */
export interface DrawingParameters {
  /**
   * GraphicGroupLabel ids of the groups that are wanted, such as 28 for the regions of the adult mouse (reference §4.3).
   * @default all
   */
  groups?: readonly number[] | undefined;
  /**
   * How often the document halves the full resolution, 0 to 30. A `Drawing` has full-resolution coordinates in any case.
   * @default 0
   */
  downsample?: number | undefined;
}

/** How a drawing is fetched and read. */
export interface DrawingOptions extends DrawingParameters, Omit<RequestOptions, "throwHttpErrors"> {}

/** How the document of a drawing is fetched. */
export interface SvgOptions extends DrawingParameters, RequestOptions {
  /**
   * Whether to ask `svg_download` instead of `svg`: the same document, marked as one to be saved.
   * @default false
   */
  download?: boolean | undefined;
}

/** Bytes at either end of a document in which it shows whether it is one, and whole. */
const SHOWN_BYTES = 2048;
const REMARK = String.raw`<!--(?:(?!-->)[\s\S])*-->`;
const OPENING = new RegExp(String.raw`^\uFEFF?\s*(?:<\?xml\b[^>]*\?>\s*)?(?:${REMARK}\s*)*<svg[\s/>]`);
const CLOSING = new RegExp(String.raw`(?:</svg\s*>|<svg\b[^<]*/>)(?:\s|${REMARK})*$`);

/** Fetches the document of a drawing. */
export async function fetchSvg(sender: Sender, imageId: number, options: SvgOptions): Promise<AtlasResponse> {
  const { groups, downsample, download, ...request } = options;
  const service = download === true ? "svg_download" : "svg";
  const path = `/api/v2/${service}/${checkImageId(imageId)}${printParameters({ groups, downsample })}`;
  const response = await sender.send({ url: sender.baseUrl + path }, request);
  if (response.ok) checkSvg(response);
  return response;
}

/** Fetches a drawing and reads it. */
export async function fetchDrawing(sender: Sender, imageId: number, options: DrawingOptions): Promise<Drawing> {
  // What reads a drawing is loaded by those alone who ask for one.
  const [response, { parseDrawing }] = await Promise.all([
    fetchSvg(sender, imageId, { ...options, throwHttpErrors: true }),
    import("../drawing/parse-drawing.ts"),
  ]);
  return parseDrawing(response.text(), response.url);
}

function printParameters({ groups, downsample }: DrawingParameters): string {
  const pairs: [string, string][] = [];
  if (groups !== undefined) pairs.push(["groups", checkGroups(groups).join(",")]);
  if (downsample !== undefined) {
    pairs.push(["downsample", String(checkCount("downsample", downsample, 0, MAX_DOWNSAMPLE))]);
  }
  return printQuery(pairs);
}

/** An empty list would ask for all groups. */
function checkGroups(groups: unknown): readonly number[] {
  if (!Array.isArray(groups)) {
    throw new TypeError(`Cannot use groups ${show(groups)}; give a list of GraphicGroupLabel ids, such as [28]`);
  }
  if (groups.length === 0) throw new RangeError("Cannot use groups []; give one id at least, or leave it out for all");
  return groups.map((id) => checkCount("groups", id, 1));
}

/** The service's pages of maintenance come with status 200 as well. */
function checkSvg(response: AtlasResponse): void {
  const bytes = response.bytes();
  const start = new TextDecoder().decode(bytes.subarray(0, SHOWN_BYTES));
  const end = new TextDecoder().decode(bytes.subarray(-SHOWN_BYTES));
  const { url } = response;
  if (!OPENING.test(start)) {
    const found = JSON.stringify(start.slice(0, 60));
    throw new DecodeError("the drawing", { at: 0, expected: "an SVG document", found, url });
  }
  if (!CLOSING.test(end)) {
    const found = `the end of the text after ${JSON.stringify(end.slice(-20))}`;
    throw new DecodeError("the drawing", { at: bytes.length, expected: "</svg>", found, url });
  }
}
