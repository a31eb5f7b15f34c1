import { isPlain, readPart } from "../../client/file-part.ts";
import { ConnectionError, DecodeError, HttpError } from "../../errors.ts";
import { promisedBytes } from "../../http/body.ts";
import { parseRetryAfter } from "../../http/retry.ts";
import { statusName } from "../../http/status.ts";
import type { WireHead } from "../wire/wire.ts";
import type { CheckedItem } from "./check-item.ts";
import type { Validator } from "./checkpoint.ts";
import type { PartSource } from "./part-file.ts";

/** What is there of a file already. */
export interface PartState {
  readonly receivedBytes: number;
  readonly source: PartSource | undefined;
}

/** What is to be made of an answer. */
export type Judgement =
  /** The body is the file, from its first byte on. */
  | { readonly take: "whole"; readonly source: PartSource; readonly endBytes: number | undefined }
  /** The body is what follows the bytes that are there. */
  | { readonly take: "rest"; readonly source: PartSource; readonly endBytes: number }
  /** Nothing follows the bytes that are there: they are the file. */
  | { readonly take: "all" }
  /** The body is nothing to go on with: what is there is of no use, and the file is to be asked for from zero. */
  | { readonly take: "none"; readonly error: Error };

/**
 * Says what is to be made of an answer, by its head.
 *
 * @throws {HttpError | DecodeError | RangeError} If it is no file, or not the one that was asked for.
 */
export function judgeHead(head: WireHead, item: CheckedItem, state: PartState, maxBytes: number): Judgement {
  const { status, headers } = head;
  if (state.receivedBytes > 0 && status === 206) return judgeRest(head, state);
  if (state.receivedBytes > 0 && status === 416) return judgeEnd(head, state);
  if (status !== 200) throw statusError(head);
  const totalBytes = promisedBytes(headers);
  checkSize(head, item, totalBytes, maxBytes);
  return { take: "whole", source: { validator: readValidator(headers), totalBytes }, endBytes: totalBytes };
}

function judgeRest(head: WireHead, { receivedBytes, source }: PartState): Judgement {
  const { headers } = head;
  const etag = source?.validator.etag ?? headers.get("etag") ?? "";
  const part = readPart(head, receivedBytes, etag, source?.totalBytes);
  if (typeof part === "string") return { take: "none", error: broken(head, `the body broke off, ${part}`) };
  const before = source?.validator.lastModified;
  if (before !== undefined && (headers.get("last-modified") ?? before) !== before) {
    return { take: "none", error: broken(head, "the body broke off, and the server goes on with another file") };
  }
  const promised = promisedBytes(headers);
  if (promised !== undefined && promised !== part.end - receivedBytes) {
    return {
      take: "none",
      error: broken(head, "the body broke off, and the server goes on with other bytes than it says"),
    };
  }
  const validator = source?.validator ?? readValidator(headers);
  return { take: "rest", source: { validator, totalBytes: part.total }, endBytes: part.end };
}

/** A range behind the end is refused with the length of the file, and only where the file is still the one of the condition (RFC 9110 §13.1.5, §15.5.17). */
function judgeEnd(head: WireHead, { receivedBytes, source }: PartState): Judgement {
  const { headers } = head;
  const length = /^bytes \*\/(\d+)$/i.exec(headers.get("content-range") ?? "")?.[1];
  const before = source?.validator.etag ?? null;
  const isSame = (headers.get("etag") ?? before) === before && (source?.totalBytes ?? receivedBytes) === receivedBytes;
  if (Number(length) === receivedBytes && isSame) return { take: "all" };
  return { take: "none", error: broken(head, "the server does not go on where the bytes that are there end") };
}

/** What tells later that the rest is of the same file (RFC 9110 §13.1.5: strong tags, or dates that are strong by §8.8.2.2). */
export function readValidator(headers: Headers): Validator {
  const etag = headers.get("etag") ?? undefined;
  const lastModified = headers.get("last-modified") ?? undefined;
  if (!isPlain(headers)) return { etag, lastModified, ifRange: undefined };
  const isStrongTag = etag !== undefined && /^"[^"]*"$/.test(etag);
  const gapMs = Date.parse(headers.get("date") ?? "") - Date.parse(lastModified ?? "");
  // A file may change twice within a second; a tag that is weak says that its bytes may differ.
  const isStrongDate = etag === undefined && gapMs >= 1000;
  return { etag, lastModified, ifRange: isStrongTag ? etag : isStrongDate ? lastModified : undefined };
}

function checkSize(head: WireHead, item: CheckedItem, total: number | undefined, maxBytes: number): void {
  if ((total ?? 0) > maxBytes) throw tooLong(head.url, item, maxBytes);
  if (item.sizeBytes === undefined || total === undefined || total === item.sizeBytes) return;
  throw wrongSize(head.url, item.sizeBytes, total);
}

/** The error of a file that is longer than is allowed. */
export function tooLong(url: string, item: Pick<CheckedItem, "maxBytes">, maxBytes: number): RangeError {
  const words = item.maxBytes === maxBytes ? ", which no such file is" : "; raise maxFileBytes";
  return new RangeError(`Cannot take ${url}: it is longer than ${maxBytes} bytes${words}`);
}

/** The error of a file that is not as long as it has to be. */
export function wrongSize(url: string, expected: number, found: number): DecodeError {
  return new DecodeError("the file", { at: "its length", expected: `${expected} bytes`, found: `${found}`, url });
}

function statusError({ status, headers, url, history }: WireHead): HttpError {
  return new HttpError({
    method: "GET",
    url,
    attempts: 1,
    status,
    statusText: statusName(status),
    headers,
    history,
    bodyExcerpt: "",
    retryAfterMs: parseRetryAfter(headers.get("retry-after"), Date.now()),
  });
}

/** The error of an answer whose body cannot be used. */
export function broken({ url }: WireHead, reason: string): ConnectionError {
  return new ConnectionError({ method: "GET", url, attempts: 1 }, reason);
}
