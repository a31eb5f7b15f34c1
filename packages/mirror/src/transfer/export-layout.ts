import { ENTRY_KINDS, type EntryKind } from "../store/entries.ts";
import { MARKER_FILE, RECORDS_FILE } from "../store/layout.ts";

/** Member that lists all others, with what they are to be. */
export const MANIFEST_FILE = "brainatlas-export.ndjson";
/** What the first line of the manifest calls it. */
export const EXPORT_FORMAT = "brainatlas-export";
export const EXPORT_VERSION = 1;

/** What a member of an export is: an export is the folder of a store, with a manifest after its marker. */
export type MemberKind = "marker" | "manifest" | "records" | "body" | "entry";

const BODY = /^objects\/([0-9a-f]{2})\/\1[0-9a-f]{62}$/;
const ENTRY = /^entries\/([a-z]+)\/([0-9a-f]{2})\/\2[0-9a-f]{62}\.json$/;

/** One line of the manifest. */
export interface ManifestMember {
  readonly path: string;
  readonly sizeBytes: number;
  /** Hexadecimal. */
  readonly sha256: string;
}

/** What a path in an export means; `undefined` for one that no export has, such as one that leads out of its folder. */
export function memberKind(path: string): MemberKind | undefined {
  if (path === MARKER_FILE) return "marker";
  if (path === MANIFEST_FILE) return "manifest";
  if (path === RECORDS_FILE) return "records";
  if (BODY.test(path)) return "body";
  const kind = ENTRY.exec(path)?.[1];
  return ENTRY_KINDS.some((each) => each === kind) ? "entry" : undefined;
}

/** Path of a body in an export. */
export function bodyMember(sha256: string): string {
  return `objects/${sha256.slice(0, 2)}/${sha256}`;
}

/** Path of an entry in an export, by the SHA-256 of its name. */
export function entryMember(kind: EntryKind, hash: string): string {
  return `entries/${kind}/${hash.slice(0, 2)}/${hash}.json`;
}
