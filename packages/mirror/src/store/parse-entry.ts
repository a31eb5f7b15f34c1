import { parseHeld } from "../pixels/held-windows.ts";
import { ENTRY_KINDS, type EntryKind, type StoreEntry } from "./entries.ts";
import { isSha256 } from "./layout.ts";

/** Longer than any path and query that a service takes. */
const MAX_NAME_LENGTH = 65_536;
/** What may be sent as a value of a header. */
const HEADER_TEXT = /^[\t\x20-\x7e]*$/;
const HEADER_NAME = /^[a-z0-9!#$%&'*+.^_`|~-]+$/;

/**
 * Reads an entry, and checks all that answers rely on: it may come from another machine.
 *
 * @throws {Error} If it is none; the message is the reason alone.
 */
export function parseEntry(text: string): StoreEntry {
  const entry = parseObject(text);
  const { kind, name, mediaType, sizeBytes, sha256, lastModified, storedAt, source, details } = entry;
  if (!ENTRY_KINDS.some((each) => each === kind)) throw new Error("it is of no known kind");
  if (typeof name !== "string" || name === "" || name.length > MAX_NAME_LENGTH) throw new Error("it has no name");
  if (!isSha256(sha256)) throw new Error("it names no body");
  if (!Number.isSafeInteger(sizeBytes) || Number(sizeBytes) < 0)
    throw new Error("it does not say how long its body is");
  if (typeof mediaType !== "string" || !HEADER_TEXT.test(mediaType)) throw new Error("it has no media type");
  if (!isTime(storedAt)) throw new Error("it does not say when it was put");
  if (lastModified !== undefined && !isTime(lastModified)) throw new Error("its time of change is none");
  if (source !== undefined && typeof source !== "string") throw new Error("its source is no text");
  if (!isObject(details)) throw new Error("it has no details");
  const fault = faultOf(kind as EntryKind, details); // Found among them above.
  if (fault !== undefined) throw new Error(fault);
  return entry as unknown as StoreEntry; // All of it was looked at.
}

function parseObject(text: string): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new Error("it is no JSON");
  }
  if (isObject(value)) return value;
  throw new Error("it is no object");
}

/** What is wrong with what a kind needs beside the body; `undefined` if nothing is. */
function faultOf(kind: EntryKind, details: Record<string, unknown>): string | undefined {
  switch (kind) {
    case "picture":
      return isPicture(details) ? faultOfTiers(details.tiers) : "it does not say how large its picture is";
    case "answer":
      return isAnswer(details) ? undefined : "its status or its headers are none of an answer";
    case "drawing":
      return undefined;
    default:
      return typeof details.fileName === "string" ? undefined : "it does not say what its file is called";
  }
}

function isPicture({ drawingOf, width, height, downsample }: Record<string, unknown>): boolean {
  if (drawingOf !== undefined) return Number.isSafeInteger(drawingOf);
  const isLength = (value: unknown): boolean => Number.isSafeInteger(value) && Number(value) > 0;
  return isLength(width) && isLength(height) && Number.isSafeInteger(downsample) && Number(downsample) >= 0;
}

function faultOfTiers(tiers: unknown): string | undefined {
  try {
    parseHeld(tiers);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function isAnswer({ status, headers, location }: Record<string, unknown>): boolean {
  if (!Number.isInteger(status) || Number(status) < 200 || Number(status) > 599) return false;
  if (location !== undefined && (typeof location !== "string" || !HEADER_TEXT.test(location))) return false;
  if (!isObject(headers)) return false;
  return Object.entries(headers).every(
    ([name, value]) => HEADER_NAME.test(name) && typeof value === "string" && HEADER_TEXT.test(value),
  );
}

function isTime(value: unknown): boolean {
  return typeof value === "string" && !Number.isNaN(Date.parse(value));
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
