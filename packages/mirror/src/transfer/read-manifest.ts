import { isSha256 } from "../store/layout.ts";
import { BLOCK_BYTES } from "../tar/tar-header.ts";
import { EXPORT_FORMAT, EXPORT_VERSION, type ManifestMember, memberKind } from "./export-layout.ts";

/** Most members that an export may have: their list is held in memory. */
const MAX_MEMBERS = 10_000_000;
/** Longest line: a path and two numbers. */
const MAX_LINE_BYTES = 1024;

/** What members are to be, by their paths. */
export type Manifest = ReadonlyMap<string, ManifestMember>;

/**
 * Reads a manifest as it comes.
 *
 * @param maxBytes Most that the members may have together, with a block each for what heads it: as much as the file that they are in.
 * @throws {Error} If it is none, or of a version that this program does not know; the message is the reason alone.
 */
export async function readManifest(content: AsyncIterable<Uint8Array>, maxBytes: number): Promise<Manifest> {
  const members = new Map<string, ManifestMember>();
  let isFirst = true;
  let left = maxBytes;
  for await (const line of linesOf(content)) {
    const value = parseLine(line);
    if (isFirst) checkHead(value);
    else {
      const member = memberOf(value);
      left -= BLOCK_BYTES + member.sizeBytes;
      if (left < 0)
        throw new Error("it is cut off: its manifest promises more than the file has; copy or export it again");
      if (members.has(member.path)) throw new Error(`its manifest names "${member.path}" twice`);
      if (members.size === MAX_MEMBERS) throw new Error(`its manifest names more than ${MAX_MEMBERS} members`);
      members.set(member.path, member);
    }
    isFirst = false;
  }
  if (isFirst) throw new Error("its manifest is empty");
  return members;
}

function checkHead({ format, version }: Record<string, unknown>): void {
  if (format !== EXPORT_FORMAT) throw new Error("its manifest is none of an export");
  if (version === EXPORT_VERSION) return;
  throw new Error(
    `it is an export of version ${String(version)}, and this program knows ${EXPORT_VERSION}; use the program that made it`,
  );
}

function memberOf({ path, sizeBytes, sha256 }: Record<string, unknown>): ManifestMember {
  const kind = typeof path === "string" ? memberKind(path) : undefined;
  if (typeof path !== "string" || kind === undefined || kind === "marker" || kind === "manifest") {
    throw new Error(`its manifest names ${JSON.stringify(path)?.slice(0, 200)}, which no export has`);
  }
  if (typeof sizeBytes !== "number" || !Number.isSafeInteger(sizeBytes) || sizeBytes < 0) {
    throw new Error(`its manifest does not say how long "${path}" is`);
  }
  if (!isSha256(sha256) || (kind === "body" && !path.endsWith(sha256))) {
    throw new Error(`its manifest has no hash of "${path}", or another than its name`);
  }
  return { path, sizeBytes, sha256 };
}

function parseLine(line: string): Record<string, unknown> {
  try {
    return Object(JSON.parse(line));
  } catch {
    throw new Error("its manifest holds a line that is no JSON");
  }
}

async function* linesOf(content: AsyncIterable<Uint8Array>): AsyncGenerator<string, void, undefined> {
  let rest = "";
  for await (const chunk of content) {
    // Latin-1 keeps each byte; paths and numbers have no others.
    const lines = (rest + Buffer.from(chunk).toString("latin1")).split("\n");
    rest = lines.pop() ?? "";
    if (rest.length > MAX_LINE_BYTES) throw new Error("its manifest holds a line that is too long");
    yield* lines;
  }
  if (rest !== "") throw new Error("its manifest ends within a line");
}
