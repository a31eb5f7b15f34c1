import { checkCount, checkPositive, show } from "../../check.ts";
import { foldName, nameFault } from "./check-name.ts";
import type { DownloadItem, FileKind } from "./types.ts";

/** A valid item, complete. */
export interface CheckedItem<Item extends DownloadItem = DownloadItem> {
  readonly item: Item;
  readonly url: string;
  /** Scheme, host and port. */
  readonly origin: string;
  readonly name: string;
  /** The name as those compare it who do not tell cases. */
  readonly folded: string;
  readonly kind: FileKind;
  readonly sizeBytes: number | undefined;
  /** In lower case. */
  readonly sha256: string | undefined;
  /** Beside the bound of the run; `Infinity` where it has none of its own. */
  readonly maxBytes: number;
}

/** Characters of a URL: the longest that servers are known to take. */
const MAX_URL_LENGTH = 65_536;

const KIND_OF_ENDING: Readonly<Record<string, FileKind>> = {
  jpg: "jpeg",
  jpeg: "jpeg",
  svg: "svg",
  zip: "zip",
  nrrd: "nrrd",
  json: "json",
  xml: "xml",
  csv: "csv",
};

const KINDS: ReadonlySet<unknown> = new Set<FileKind>([...Object.values(KIND_OF_ENDING), "any"]);

/** What a file has to be, by the ending of its name. */
export function kindOfName(name: string): FileKind {
  const ending = /\.([^./]+)$/.exec(name)?.[1]?.toLowerCase() ?? "";
  return Object.hasOwn(KIND_OF_ENDING, ending) ? (KIND_OF_ENDING[ending] ?? "any") : "any";
}

/** Completes an item. @throws {TypeError | RangeError} If it is of no use; the message names it. */
export function checkItem<Item extends DownloadItem>(item: Item): CheckedItem<Item> {
  if (typeof item !== "object" || item === null) {
    throw new TypeError(`Cannot download ${show(item)}; give an object with url and name`);
  }
  const { url, name, kind, sizeBytes, sha256, maxBytes } = item;
  if (typeof name !== "string") throw new TypeError(`Cannot download ${show(url)} as ${show(name)}; give a name`);
  const fault = nameFault(name);
  if (fault !== undefined) throw new RangeError(`Cannot download ${show(url)} as ${show(name)}: ${fault}`);
  if (kind !== undefined && !KINDS.has(kind)) {
    throw new RangeError(`Cannot download ${show(name)} as kind ${show(kind)}; give one of ${[...KINDS].join(", ")}`);
  }
  return {
    item,
    url,
    origin: checkUrl(url, name).origin,
    name,
    folded: foldName(name),
    kind: kind ?? kindOfName(name),
    sizeBytes: sizeBytes === undefined ? undefined : checkCount(`sizeBytes of ${show(name)}`, sizeBytes, 0),
    sha256: sha256 === undefined ? undefined : checkHash(sha256, name),
    maxBytes: maxBytes === undefined ? Number.POSITIVE_INFINITY : checkPositive(`maxBytes of ${show(name)}`, maxBytes),
  };
}

function checkUrl(url: unknown, name: string): URL {
  const why = (reason: string): string => `Cannot download ${show(name)} from ${show(url)}: ${reason}`;
  if (typeof url !== "string") throw new TypeError(why("it is no text; give a URL"));
  if (url.length > MAX_URL_LENGTH) throw new RangeError(why(`it is longer than ${MAX_URL_LENGTH} characters`));
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  if (parsed === undefined) throw new RangeError(why("it is no URL; give a whole one, with its scheme"));
  if (parsed.protocol !== "http:" && parsed.protocol !== "https:") throw new RangeError(why("give http or https"));
  if (parsed.username === "" && parsed.password === "") return parsed;
  throw new RangeError(why("it holds a password, which the journal would keep; give it as a header field"));
}

function checkHash(sha256: unknown, name: string): string {
  if (typeof sha256 === "string" && /^[0-9a-f]{64}$/i.test(sha256)) return sha256.toLowerCase();
  throw new RangeError(`Cannot use sha256 ${show(sha256)} of ${show(name)}; give 64 hexadecimal digits`);
}
