import { checkCount, show } from "../check.ts";
import { DecodeError } from "../errors.ts";
import { idList, type OneOrMore } from "../queries/values.ts";
import type { ImagePoint, SpacePoint } from "../sync/affine.ts";
import { readEnvelope, rowsOf } from "./envelope.ts";
import type { Sender } from "./sender.ts";
import type { SyncOptions, SyncPlace, SyncResult } from "./sync-result.ts";

/** Services that answer with a list, with the list that they are asked with: as the client's methods name it, and as a URL does. */
const LISTS = {
  image_to_image: ["dataSetIds", "section_data_set_ids"],
  image_to_image_2d: ["imageIds", "section_image_ids"],
  reference_to_image: ["dataSetIds", "section_data_set_ids"],
  structure_to_image: ["structureIds", "structure_ids"],
} as const;

/** One question to a service that answers with a list. */
export interface ListCall {
  readonly service: keyof typeof LISTS;
  /** Id that the file name says. */
  readonly id: number;
  readonly point?: Readonly<ImagePoint> | Readonly<SpacePoint> | undefined;
  readonly ids: OneOrMore<number>;
}

/** Ids that one request names: its URL stays below what proxies refuse. Longer lists are asked in parts. */
const MAX_IDS = 100;

/** Farthest that a coordinate may be: a kilometre in µm, and much more than any image has pixels. */
const MAX_COORDINATE = 1e9;

/** Asks for what is nearest in each of several things. */
export async function askList(sender: Sender, call: ListCall, options: SyncOptions): Promise<SyncResult[]> {
  const { service, id, point } = call;
  const [ours, name] = LISTS[service];
  const ids = idList(ours, call.ids);
  const path = pathOf(service, id);
  const coordinates = point === undefined ? [] : printPoint(point);
  const results: SyncResult[] = [];
  for (let start = 0; start < ids.length; start += MAX_IDS) {
    const part = ids.slice(start, start + MAX_IDS);
    const { msg, url, notHeld } = await ask(sender, path, [...coordinates, `${name}=${part.join(",")}`], options);
    for (const [index, item] of rowsOf(msg, url).entries()) {
      // An item need not say what was asked about; a mirror keeps to the order of the list.
      results.push({ ...readResult(item, `msg[${index}]`, url), notHeld: notHeld.has(String(part[index])) });
    }
  }
  return results;
}

/** Asks for the nearest plate of an atlas. */
export async function askAtlas(
  sender: Sender,
  imageId: number,
  point: Readonly<ImagePoint>,
  atlasId: number,
  options: SyncOptions,
): Promise<SyncPlace | undefined> {
  const parameters = [...printPoint(point), `atlas_id=${checkCount("atlasId", atlasId, 1)}`];
  const { msg, url } = await ask(sender, pathOf("image_to_atlas", imageId), parameters, options);
  // One object, as it was seen; a list of one is taken too, as the other services have it.
  const [item] = rowsOf(msg, url);
  return item === undefined ? undefined : readResult(item, "msg", url).place;
}

/** Asks for a point of an image in reference space. */
export async function askReference(
  sender: Sender,
  imageId: number,
  point: Readonly<ImagePoint>,
  options: SyncOptions,
): Promise<SpacePoint> {
  const { msg, url } = await ask(sender, pathOf("image_to_reference", imageId), printPoint(point), options);
  const at = "msg.image_to_reference";
  const fields = fieldsOf(fieldsOf(msg, "msg", url).image_to_reference, at, url);
  const read = (name: string): number => readNumber(fields[name], `${at}.${name}`, url);
  return { x: read("x"), y: read("y"), z: read("z") };
}

interface Answer {
  readonly msg: unknown;
  readonly url: string;
  /** Ids that a mirror does not hold, of those that were asked about. */
  readonly notHeld: ReadonlySet<string>;
}

const NOT_HELD_HEADER = "x-brainatlas-not-held";

async function ask(sender: Sender, path: string, parameters: readonly string[], options: SyncOptions): Promise<Answer> {
  const target = `${path}?${parameters.join("&")}`;
  const response = await sender.send({ url: sender.baseUrl + target }, { ...options, throwHttpErrors: true });
  const notHeld = new Set(
    response.headers
      .get(NOT_HELD_HEADER)
      ?.split(",")
      .map((id) => id.trim()),
  );
  return { msg: readEnvelope(response, target).msg, url: response.url, notHeld };
}

function pathOf(service: string, id: number): string {
  return `/api/v2/${service}/${checkCount("id", id, 1)}.json`;
}

function printPoint(point: Readonly<ImagePoint> | Readonly<SpacePoint>): string[] {
  return Object.entries({ x: point.x, y: point.y, ...("z" in point && { z: point.z }) }).map(
    ([name, value]) => `${name}=${printCoordinate(name, value)}`,
  );
}

function printCoordinate(name: string, value: unknown): string {
  if (typeof value !== "number" || !(Math.abs(value) <= MAX_COORDINATE)) {
    throw new RangeError(
      `Cannot use ${name} ${show(value)}; give a number from ${-MAX_COORDINATE} to ${MAX_COORDINATE}`,
    );
  }
  // Decimal digits alone: whether the service reads exponents is not known.
  const text = String(value);
  return text.includes("e") ? value.toFixed(20) : text;
}

function readResult(item: unknown, at: string, url: string): Omit<SyncResult, "notHeld"> {
  const place = `${at}.image_sync`;
  const fields = fieldsOf(fieldsOf(item, at, url).image_sync, place, url);
  // Ids of data sets come as text (reference §5.1).
  const read = (name: string): number | undefined =>
    fields[name] === null || fields[name] === undefined ? undefined : readNumber(fields[name], `${place}.${name}`, url);
  const imageId = read("section_image_id");
  return {
    dataSetId: read("section_data_set_id"),
    structureId: read("structure_id"),
    place:
      imageId === undefined
        ? undefined
        : {
            imageId,
            sectionNumber: read("section_number"),
            x: readNumber(fields.x, `${place}.x`, url),
            y: readNumber(fields.y, `${place}.y`, url),
          },
  };
}

function fieldsOf(value: unknown, at: string, url: string): Readonly<Record<string, unknown>> {
  // An object is a record of unknowns.
  if (typeof value === "object" && value !== null) return value as Readonly<Record<string, unknown>>;
  throw fault(value, at, "an object", url);
}

function readNumber(value: unknown, at: string, url: string): number {
  const number = typeof value === "string" && /^-?\d+(\.\d+)?$/.test(value) ? Number(value) : value;
  if (typeof number === "number" && Number.isFinite(number)) return number;
  throw fault(value, at, "a number", url);
}

function fault(value: unknown, at: string, expected: string, url: string): DecodeError {
  const found = JSON.stringify(value)?.slice(0, 60) ?? "nothing";
  return new DecodeError("the synchronised point", { at, expected, found, url });
}
