import { show } from "../check.ts";
import type { Received } from "../http/response.ts";
import type { AtlasRequest } from "../http/transport.ts";
import type { Query } from "../rma/ast.ts";
import { printRma } from "../rma/print.ts";

/**
 * Longest URL that a query is asked with; a longer query goes into the body of a POST. The service's own limit is not known
 * (reference §10), and proxies are known to refuse some 2000 characters more.
 */
export const MAX_URL_CHARACTERS = 2000;

/** Form in which a query is answered. */
export type QueryFormat = "json" | "xml" | "csv";

const FORMATS: readonly string[] = ["json", "xml", "csv"] satisfies QueryFormat[];

/** Longest answer that is looked into for a failure that may pass. */
const MAX_FAULT_BYTES = 4096;

/** How a query is asked. */
export interface QueryRequestOptions {
  /** @default "json" */
  readonly format?: QueryFormat | undefined;
  /** Name that the answer's `content-disposition` gives the file. */
  readonly filename?: string | undefined;
}

/**
 * The request that asks a query.
 *
 * @throws {RangeError} If the format is none, or a text holds half of a surrogate pair.
 */
export function queryRequest(baseUrl: string, query: Query, options: QueryRequestOptions = {}): AtlasRequest {
  const { format = "json", filename } = options;
  if (!FORMATS.includes(format)) {
    throw new RangeError(`Cannot use format ${show(format)}; give one of ${FORMATS.join(", ")}`);
  }
  const address = `${baseUrl}/api/v2/data/query.${format}`;
  const name = filename === undefined ? "" : `&filename=${encode(filename)}`;
  const form = `criteria=${encode(printRma(query))}${name}`;
  const findFault = query.stages.some(({ kind }) => kind === "service") ? findServiceFault : undefined;
  const url = `${address}?${form}`;
  if (url.length <= MAX_URL_CHARACTERS) return { url, findFault };
  const headers = { "content-type": "application/x-www-form-urlencoded" };
  return { url: address, method: "POST", headers, body: form, idempotent: true, findFault };
}

/**
 * Percent-encodes a value, but for marks that a query holds by the dozen and that mean nothing in a query of a URL. Brackets,
 * quotes and parentheses are encoded, as the institute's own client does.
 */
function encode(text: string): string {
  try {
    return encodeURIComponent(text)
      .replace(/%(3A|2C|2F|24|40)/g, decodeURIComponent)
      .replace(/['()]/g, (mark) => `%${mark.charCodeAt(0).toString(16)}`);
  } catch {
    throw new RangeError(`Cannot send ${show(text)}: it holds half of a surrogate pair; give well-formed text`);
  }
}

/** Services are known to answer valid queries with this failure, and to succeed when asked again (reference §8.1). */
function findServiceFault({ body }: Received): string | undefined {
  if (body.length > MAX_FAULT_BYTES) return undefined;
  const text = new TextDecoder().decode(body);
  const hasFailed = /"success"\s*:\s*false/.test(text) && /service request failed/i.test(text);
  return hasFailed ? "the service says that its request failed" : undefined;
}
