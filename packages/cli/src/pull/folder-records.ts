import { createHash } from "node:crypto";
import { Readable } from "node:stream";
import { type DownloadItem, type DownloadOptions, downloadAll, type FailedDownload } from "@brainatlas/sdk/node";
import { createRowPrinter } from "../output/create-row-printer.ts";
import { fieldsOf } from "../output/fields.ts";
import { type ExpectedFiles, expectedName } from "./folder-manifest.ts";
import type { PullPlan, PullRecords } from "./plan.ts";

/** Rows that become text at once. */
const ROWS_A_CHUNK = 1000;
const FORMATS = ["json", "csv"] as const;
type Format = (typeof FORMATS)[number];

/** Longest URL that names a query whole; a longer one is named by its model. */
const MAX_URL_CHARACTERS = 8000;

/** Where records are written, and where they came from. */
export interface RecordsOptions extends Pick<DownloadOptions, "directory" | "signal" | "verify"> {
  /** Origin of the API, without a slash at the end. */
  readonly baseUrl: string;
  /** Names of the files that are to follow. */
  readonly files?: readonly string[] | undefined;
}

/**
 * Writes the records of a pull into its folder, each list as a JSON array and as CSV: `records/atlas-1/plates.csv`, and before them what the pull
 * is to bring: `pulls/atlas-1.json`, by which what never came can be told later. They are written as downloaded
 * files are: under the folder's lock, whole, with a line and a hash in the manifest, and never over what is not a pull's.
 *
 * @returns Those that were not written.
 * @throws {Error} If the folder cannot be used, or another run is at work there; an abort rejects with the signal's reason.
 */
export async function writeRecords(
  plan: Pick<PullPlan, "name" | "title" | "records" | "isSynthetic">,
  { baseUrl, files = [], ...options }: RecordsOptions,
): Promise<readonly FailedDownload[]> {
  const { name, records } = plan;
  const bodies = new Map<string, Body>();
  const items: DownloadItem[] = [];
  // By its hash, what is no longer the same replaces that of an earlier pull.
  const add = async (url: string, name: string, body: Body): Promise<void> => {
    bodies.set(url, body);
    items.push({ url, name, sha256: await hashOf(body()) });
  };
  const lists = records.flatMap((list) => FORMATS.map((format) => ({ list, format })));
  const nameOf = ({ list, format }: (typeof lists)[number]): string => `records/${name}/${list.name}.${format}`;
  const whole = [...lists.map(nameOf), ...files];
  await add(new URL(expectedName(name), `${baseUrl}/`).href, expectedName(name), () => printExpected(plan, whole));
  for (const each of lists) {
    await add(urlOf(baseUrl, each.list, each.format), nameOf(each), () => printChunks(each.list, each.format));
  }
  const fetch = async (url: string): Promise<Response> => new Response(toWeb(bodies.get(url)?.() ?? []));
  const { failures } = await downloadAll(items, { ...options, fetch, concurrency: 1, retries: 0 });
  return failures;
}

/** Makes the content of a file, as often as it is asked for. */
type Body = () => AsyncIterable<Uint8Array>;

async function* printExpected(
  { name, title, isSynthetic }: Pick<PullPlan, "name" | "title" | "isSynthetic">,
  files: readonly string[],
): AsyncGenerator<Uint8Array> {
  const expected: ExpectedFiles = { name, title, synthetic: isSynthetic, files };
  yield Buffer.from(`${JSON.stringify(expected, undefined, 2)}\n`);
}

/** Where the rows of a list are asked for. */
function urlOf(baseUrl: string, { query, model }: PullRecords, format: Format): string {
  const whole = `${baseUrl}/api/v2/data/query.${format}?criteria=${encodeURIComponent(query)}`;
  return new URL(whole.length <= MAX_URL_CHARACTERS ? whole : `${baseUrl}/api/v2/data/${model}/query.${format}`).href;
}

function toWeb(chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): ReadableStream {
  return Readable.toWeb(Readable.from(chunks)) as ReadableStream; // Node has two types of one stream.
}

async function hashOf(chunks: AsyncIterable<Uint8Array>): Promise<string> {
  const hash = createHash("sha256");
  for await (const chunk of chunks) hash.update(chunk);
  return hash.digest("hex");
}

async function* printChunks({ rows }: PullRecords, format: Format): AsyncGenerator<Uint8Array> {
  // All rows are there, so that no column is missed that only later ones have.
  const fields = format === "csv" ? fieldsOf(rows) : undefined;
  const printer = createRowPrinter(format, { fields, room: Number.POSITIVE_INFINITY, note: () => {} });
  for (let from = 0; from < rows.length; from += ROWS_A_CHUNK) {
    yield Buffer.from(printer.print(rows.slice(from, from + ROWS_A_CHUNK)));
  }
  yield Buffer.from(printer.end());
}
