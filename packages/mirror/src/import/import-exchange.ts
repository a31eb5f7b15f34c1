import { readFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { canonicalTarget } from "../store/answer-key.ts";
import type { StoreEntry } from "../store/entries.ts";
import type { FolderStore } from "../store/folder-store.ts";
import { type ImportSource, type ImportSummary, importError } from "./source.ts";

/** A recorded request with the redirect that it met and the answer that it got; the body is a file beside it. */
export interface Exchange {
  /** Method and URL, such as `GET http://api.brain-map.org/api/v2/…`. */
  readonly request: string;
  /** Status codes of the redirects, at most one. */
  readonly history: readonly number[];
  readonly final_url: string;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body_file: string;
  readonly body_bytes?: number;
}

/** Fields of a recorded answer that describe its body; the others belong to the connection or the day. */
const KEPT_HEADERS = ["content-type", "content-disposition"];

/** Whether a JSON document is a recorded exchange. */
export function isExchange(document: unknown): document is Exchange {
  const { request, history, final_url, status, headers, body_file } = Object(document) as Record<string, unknown>;
  return (
    typeof request === "string" &&
    typeof final_url === "string" &&
    typeof body_file === "string" &&
    Number.isInteger(status) &&
    Array.isArray(history) &&
    typeof headers === "object" &&
    headers !== null
  );
}

/** Puts a recorded exchange: the same URLs are answered with the same redirect and the same bytes. */
export async function importExchange(
  store: FolderStore,
  source: ImportSource,
  exchange: Exchange,
): Promise<ImportSummary> {
  const fault = faultOf(exchange);
  if (fault !== undefined) throw importError(source, fault);
  const body = await readBody(source, exchange);
  const put: StoreEntry[] = [];
  const [redirect] = exchange.history;
  if (redirect !== undefined) {
    const details = { status: redirect, headers: {}, location: targetOf(exchange.final_url) };
    put.push(await store.entries.put(answerEntry(urlOf(exchange), details, "text/html", source, undefined), ""));
  }
  const headers = Object.fromEntries(
    KEPT_HEADERS.flatMap((name) => (exchange.headers[name] === undefined ? [] : [[name, exchange.headers[name]]])),
  );
  const mediaType = headers["content-type"] ?? "application/octet-stream";
  const details = { status: exchange.status, headers };
  const answer = answerEntry(exchange.final_url, details, mediaType, source, exchange.headers["last-modified"]);
  put.push(await store.entries.put(answer, body));
  return { entries: put, models: {} };
}

/** Why an exchange cannot be answered with again; `undefined` if it can. */
function faultOf({ request, history, final_url, status, headers, body_file }: Exchange): string | undefined {
  if (!/^GET \S+$/.test(request) || !URL.canParse(urlOf({ request })) || !URL.canParse(final_url)) {
    return "its request or final_url is no URL; give GET and a whole URL";
  }
  if (history.length > 1) return "it has more than one redirect; give the URL of the last but one";
  if (!isBodied(status) || !history.every(isRedirect)) {
    return "its status, or that of its redirect, is none of an answer with a body; give those that were recorded";
  }
  if (KEPT_HEADERS.some((name) => !isHeaderText(headers[name]))) {
    return `its ${KEPT_HEADERS.join(" or ")} is no text of one line; give what was recorded`;
  }
  return body_file === basename(body_file) ? undefined : "its body_file is a path; give the name of a file beside it";
}

/** The URL of a request, after its method. */
function urlOf({ request }: Pick<Exchange, "request">): string {
  return request.slice(request.indexOf(" ") + 1);
}

async function readBody(source: ImportSource, { body_file, body_bytes }: Exchange): Promise<Buffer<ArrayBuffer>> {
  const body = await readFile(join(dirname(source.path), body_file)).catch((cause: unknown) => {
    throw importError(source, `its body_file "${body_file}" cannot be read; put it beside`, cause);
  });
  if (body_bytes === undefined || body_bytes === body.byteLength) return body;
  const reason = `its body has ${body.byteLength} bytes, and ${body_bytes} are recorded; give the whole body`;
  throw importError(source, reason);
}

/** Whether an answer of this status can have a body. */
function isBodied(status: number): boolean {
  return status >= 200 && status <= 599 && ![204, 205, 304].includes(status);
}

function isRedirect(status: unknown): boolean {
  return [301, 302, 303, 307, 308].some((each) => each === status);
}

/** Whether something can be sent as a header; one that is missing is not. */
function isHeaderText(value: unknown): boolean {
  return value === undefined || (typeof value === "string" && /^[\t\x20-\x7e]*$/.test(value));
}

function answerEntry(
  url: string,
  details: Readonly<Record<string, unknown>>,
  mediaType: string,
  source: ImportSource,
  lastModified: string | undefined,
): Parameters<FolderStore["entries"]["put"]>[0] {
  const modified =
    lastModified === undefined || Number.isNaN(Date.parse(lastModified)) ? undefined : new Date(lastModified);
  return {
    kind: "answer",
    name: canonicalTarget(targetOf(url)),
    mediaType,
    lastModified: modified?.toISOString() ?? source.lastModified,
    source: url,
    details,
  };
}

/** Path and query of a URL: a mirror answers for any host. */
function targetOf(url: string): string {
  const { pathname, search } = new URL(url);
  return pathname + search;
}
