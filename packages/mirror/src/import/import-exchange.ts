import { readFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { canonicalTarget } from "../store/answer-key.ts";
import type { StoreEntry } from "../store/entries.ts";
import type { FolderStore } from "../store/folder-store.ts";
import type { ImportSource, ImportSummary } from "./source.ts";

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
  const fail = (reason: string): never => {
    throw new Error(`Cannot import "${source.path}": ${reason}`);
  };
  const asked = /^GET (\S+)$/.exec(exchange.request)?.[1];
  if (asked === undefined || !URL.canParse(asked) || !URL.canParse(exchange.final_url)) {
    return fail("its request or final_url is no URL; give GET and a whole URL");
  }
  if (exchange.history.length > 1) return fail("it has more than one redirect; give the URL of the last but one");
  if (exchange.body_file !== basename(exchange.body_file))
    return fail("its body_file is a path; give the name of a file beside it");
  const body = await readFile(join(dirname(source.path), exchange.body_file)).catch((cause: unknown) => {
    throw new Error(
      `Cannot import "${source.path}": its body_file "${exchange.body_file}" cannot be read; put it beside`,
      { cause },
    );
  });
  if (exchange.body_bytes !== undefined && exchange.body_bytes !== body.byteLength) {
    return fail(`its body has ${body.byteLength} bytes, and ${exchange.body_bytes} are recorded; give the whole body`);
  }

  const put: StoreEntry[] = [];
  const [redirect] = exchange.history;
  if (redirect !== undefined) {
    const details = { status: redirect, headers: {}, location: targetOf(exchange.final_url) };
    put.push(await store.entries.put(answerEntry(asked, details, "text/html", source, undefined), ""));
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
