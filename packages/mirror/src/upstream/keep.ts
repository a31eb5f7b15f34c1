import { isDeepStrictEqual } from "node:util";
import { DamagedError } from "../failures.ts";
import { assetMediaType } from "../store/asset.ts";
import type { EntryStore, FoundEntry, NewEntry } from "../store/entries.ts";
import { type Freshness, readKept } from "../store/kept.ts";
import { MAX_TARGET_CHARACTERS, type Target } from "./target.ts";

/** What the source said of a body, by which it can be asked whether it still has it. */
export interface SourceValidators {
  readonly etag: string | undefined;
  /** As it was said: a date of HTTP. */
  readonly lastModified: string | undefined;
}

/** What is held of a question, and how old it is. */
export interface Held {
  readonly found: FoundEntry;
  readonly freshness: Freshness;
  readonly validators: SourceValidators;
}

/** Fields of an answer that describe its body, and are said again of what is kept. */
const KEPT_HEADERS = [
  "content-type",
  "content-disposition",
  "expires",
  "x-brainatlas-ignored",
  "x-brainatlas-approximated",
];

/** Whether a question is short enough to be the name of an entry. */
export function isNameable({ asset, key }: Target): boolean {
  return asset !== undefined || key.length <= MAX_TARGET_CHARACTERS;
}

/**
 * What is held of a question. What was put by an import is as old as that, if it is an answer, and never stale if it is a file.
 *
 * @param freshMs How long the kind of it counts as fresh.
 * @param onDamaged Is told of an entry that cannot be read, which counts as none.
 */
export async function findHeld(
  entries: EntryStore,
  target: Target,
  freshMs: number,
  onDamaged: (error: unknown) => void,
): Promise<Held | undefined> {
  if (!isNameable(target)) return undefined;
  const { kind, name } = target.asset ?? { kind: "answer", name: target.key };
  try {
    const found = await entries.get(kind, name);
    return found && describe(found, target.asset === undefined ? freshMs : Number.POSITIVE_INFINITY);
  } catch (error) {
    if (!(error instanceof DamagedError)) throw error;
    onDamaged(error);
    return undefined;
  }
}

function describe(found: FoundEntry, defaultMs: number): Held {
  const { details, storedAt } = found.entry;
  const { etag, lastModified } = Object(details.kept) as Record<string, unknown>;
  return {
    found,
    freshness: readKept(details) ?? { checkedAtMs: Date.parse(storedAt), freshMs: defaultMs },
    validators: {
      etag: typeof etag === "string" ? etag : undefined,
      lastModified: typeof lastModified === "string" ? lastModified : undefined,
    },
  };
}

/** What is known of an answer that is to be kept. */
export interface KeptFacts {
  readonly target: Target;
  /** Where it came from. */
  readonly url: string;
  readonly status: number;
  readonly headers: Headers;
  /** Where a redirect leads: path and query. */
  readonly location?: string | undefined;
  readonly freshness: Freshness;
}

/** The entry of an answer: a file as what it is, everything else as the answer to its question. */
export function entryOf({ target, url, status, headers, location, freshness }: KeptFacts): NewEntry {
  const validators = validatorsOf(headers);
  const shownTag = shownTagOf(headers);
  const facts = {
    kept: { ...keptOf(freshness), ...definedOf(validators) },
    ...(shownTag === undefined ? {} : { etag: shownTag }),
  };
  const shown = shownHeaders(headers, target);
  const lastModified = isoDate(validators.lastModified);
  const mediaType = shown["content-type"] ?? "application/octet-stream";
  const { asset } = target;
  if (asset !== undefined && status === 200) {
    const details = { fileName: fileNameOf(headers) ?? asset.name.slice(asset.name.lastIndexOf("/") + 1), ...facts };
    return { ...asset, mediaType, lastModified, source: url, details };
  }
  const details = { status, headers: location === undefined ? shown : {}, ...(location && { location }), ...facts };
  return { kind: "answer", name: target.key, mediaType, lastModified, source: url, details };
}

/** What became of an entry whose source has said again that it has it. */
export type Refreshed =
  /** It is as fresh as that. */
  | "refreshed"
  /** Another one took its place meanwhile, which is left alone. */
  | "replaced"
  /** It was removed meanwhile. */
  | "gone";

/**
 * Notes that the source has said again that it has what is held, unless that is no longer what the store has.
 *
 * @throws {Error} If the store cannot be written.
 */
export async function refresh(
  entries: EntryStore,
  target: Target,
  held: Held,
  headers: Headers,
  freshness: Freshness,
): Promise<Refreshed> {
  const { entry } = held.found;
  const present = await findHeld(entries, target, 0, () => {});
  if (present === undefined) return "gone";
  if (!isDeepStrictEqual(present.found.entry, entry)) return "replaced";
  try {
    await entries.link(renewed(held, headers, freshness), entry);
    return "refreshed";
  } catch (error) {
    if (error instanceof DamagedError) return "gone";
    throw error;
  }
}

function renewed({ found, validators: known }: Held, headers: Headers, freshness: Freshness): NewEntry {
  const { kind, name, mediaType, lastModified, source, details } = found.entry;
  const said = validatorsOf(headers);
  const validators = { etag: said.etag ?? known.etag, lastModified: said.lastModified ?? known.lastModified };
  const kept = { ...keptOf(freshness), ...definedOf(validators) };
  const expires = headers.get("expires");
  const shown = { ...Object(details.headers), ...(expires && isHeaderText(expires) && { expires }) };
  const all = { ...details, ...(details.headers !== undefined && { headers: shown }), kept };
  return { kind, name, mediaType, lastModified, source, details: all };
}

function keptOf({ checkedAtMs, freshMs }: Freshness): object {
  return { checkedAt: new Date(checkedAtMs).toISOString(), freshMs };
}

function definedOf({ etag, lastModified }: SourceValidators): object {
  return { ...(etag && { etag }), ...(lastModified && { lastModified }) };
}

/** Header fields that describe the body, as they can be sent again. */
export function shownHeaders(headers: Headers, { form, asset }: Target): Record<string, string> {
  const shown: Record<string, string> = {};
  for (const name of KEPT_HEADERS) {
    const value = headers.get(name);
    if (value !== null && isHeaderText(value)) shown[name] = value;
  }
  // What is no page must not be shown as one (reference §10: data have come as text).
  const isPage = /^text\/html/i.test(shown["content-type"] ?? "text/html") && form !== "any";
  if (isPage || shown["content-type"] === undefined)
    shown["content-type"] = FORM_TYPES[form] ?? assetMediaType(asset?.name ?? "");
  return shown;
}

/** Whether something can be sent again as it is. */
export function isHeaderText(value: string): boolean {
  return /^[\t\x20-\x7e]{1,500}$/.test(value);
}

const FORM_TYPES: Readonly<Partial<Record<Target["form"], string>>> = {
  jpeg: "image/jpeg",
  json: "application/json; charset=utf-8",
  xml: "application/xml; charset=utf-8",
  csv: "text/csv; charset=utf-8",
  svg: "image/svg+xml",
};

/** What a source says of the state of a body. */
export function validatorsOf(headers: Headers): SourceValidators {
  const etag = headers.get("etag")?.trim() ?? "";
  const lastModified = headers.get("last-modified") ?? "";
  return {
    etag: /^(?:W\/)?"[\x21\x23-\x7e]{0,200}"$/.test(etag) ? etag : undefined,
    lastModified: isoDate(lastModified) === undefined ? undefined : lastModified.slice(0, 100),
  };
}

/** The source's tag, where it stands for the very bytes that are given: a strong one, of a body that was not packed. */
export function shownTagOf(headers: Headers): string | undefined {
  const { etag } = validatorsOf(headers);
  return etag?.startsWith('"') && !headers.has("content-encoding") ? etag : undefined;
}

function isoDate(text: string | undefined): string | undefined {
  const ms = Date.parse(text ?? "");
  return Number.isNaN(ms) ? undefined : new Date(ms).toISOString();
}

function fileNameOf(headers: Headers): string | undefined {
  const [, quoted, plain] =
    /filename=(?:"([^"]{1,200})"|([^\s;"]{1,200}))/i.exec(headers.get("content-disposition") ?? "") ?? [];
  return (quoted ?? plain)?.split(/[/\\]/).at(-1) || undefined;
}
