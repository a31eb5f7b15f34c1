import { createHash } from "node:crypto";
import { refuse } from "./refuse.ts";

/** What tells two states of an answer apart. */
export interface Validators {
  readonly etag: string;
  readonly lastModified: Date | undefined;
}

/** What is known of an answer that comes from elsewhere: it may have no tag. */
export interface KnownValidators {
  readonly etag: string | undefined;
  readonly lastModified: Date | undefined;
}

/** An entity tag over everything that an answer's bytes depend on. */
export function etagOf(...parts: readonly unknown[]): string {
  return `"${createHash("sha256").update(JSON.stringify(parts)).digest("base64url").slice(0, 27)}"`;
}

/**
 * The answer to a request whose conditions decide it (RFC 9110 §13.2.2): 412 if the client asks for another state than there is, 304 if
 * it holds this very one; `undefined` if the answer itself is wanted.
 *
 * @param headers Headers of that answer, which a 304 has too.
 */
export function answerConditions(
  request: Request,
  validators: KnownValidators,
  headers: Readonly<Record<string, string>>,
): Response | undefined {
  if (isOther(request.headers, validators)) {
    const { etag } = validators;
    const words = "This is not in the state that If-Match or If-Unmodified-Since names; ask without it";
    return refuse(412, words, etag === undefined ? {} : { etag });
  }
  return isFresh(request.headers, validators) ? new Response(null, { status: 304, headers }) : undefined;
}

/** Whether it is not the state that is asked for: by its tag, and only without one by its time. */
function isOther(headers: Headers, { etag, lastModified }: KnownValidators): boolean {
  const tags = headers.get("if-match");
  // A weak tag says nothing of bytes, and matches none here.
  if (tags !== null) return !tagsOf(tags).some((tag) => tag === "*" || tag === etag);
  const since = Date.parse(headers.get("if-unmodified-since") ?? "");
  return lastModified !== undefined && wholeSeconds(lastModified) > since;
}

/** Whether the client holds this very state already: by its tag, and only without one by its time. */
function isFresh(headers: Headers, { etag, lastModified }: KnownValidators): boolean {
  const tags = headers.get("if-none-match");
  if (tags !== null) return tagsOf(tags).some((tag) => tag === "*" || tag.replace(/^W\//, "") === etag);
  const since = Date.parse(headers.get("if-modified-since") ?? "");
  return lastModified !== undefined && wholeSeconds(lastModified) <= since;
}

/** The tags of a list, in which a comma may be part of one, and places may be empty. */
function tagsOf(list: string): readonly string[] {
  return list.match(/(?:W\/)?"[^"]*"|[^\s,"]+/g) ?? [];
}

/** HTTP dates have no more. */
function wholeSeconds(date: Date): number {
  return Math.floor(date.getTime() / 1000) * 1000;
}
