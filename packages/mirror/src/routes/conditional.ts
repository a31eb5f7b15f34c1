import { createHash } from "node:crypto";

/** What tells two states of an answer apart. */
export interface Validators {
  readonly etag: string;
  readonly lastModified: Date | undefined;
}

/** An entity tag over everything that an answer's bytes depend on. */
export function etagOf(...parts: readonly unknown[]): string {
  return `"${createHash("sha256").update(JSON.stringify(parts)).digest("base64url").slice(0, 27)}"`;
}

/**
 * Whether the client holds this very state already (RFC 9110 §13): by its tag, and only without one by its time.
 */
export function isFresh(headers: Headers, { etag, lastModified }: Validators): boolean {
  const tags = headers.get("if-none-match");
  if (tags !== null) return tags.split(",").some((tag) => ["*", etag].includes(tag.trim().replace(/^W\//, "")));
  const since = Date.parse(headers.get("if-modified-since") ?? "");
  // HTTP dates have whole seconds.
  return lastModified !== undefined && Math.floor(lastModified.getTime() / 1000) * 1000 <= since;
}
