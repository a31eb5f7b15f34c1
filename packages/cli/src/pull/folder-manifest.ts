import { createReadStream } from "node:fs";
import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import type { ManifestLine } from "@brainatlas/sdk/node";

/** What a folder's manifest says of a file that came. */
export type HadFile = Pick<ManifestLine, "url" | "bytes">;

/** What an earlier pull was to bring, as its file under `pulls/` says. */
export interface ExpectedFiles {
  /** Name of the plan. */
  readonly name: string;
  readonly title: string;
  /** Whether its content is made up. */
  readonly synthetic: boolean;
  /** Names of all of its files, records included. */
  readonly files: readonly string[];
}

/** What a folder says of the pulls into it, without a look at the files themselves. */
export interface FolderManifest {
  /** Files that came, by their names. */
  readonly had: ReadonlyMap<string, HadFile>;
  /** Names of which an attempt failed, and none came. */
  readonly failed: ReadonlySet<string>;
  readonly expected: readonly ExpectedFiles[];
}

const MANIFEST = "manifest.ndjson";
/** Longest line that is read; what is longer is none of a pull's. */
const MAX_LINE_CHARACTERS = 1 << 20;
/** Longest list of names that is read, in bytes: a million names. */
const MAX_LIST_BYTES = 256_000_000;

/** Name of the file that says what a pull is to bring. */
export function expectedName(planName: string): string {
  return `pulls/${planName}.json`;
}

/** Reads what a folder says of the pulls into it; a folder that is not there has had none. */
export async function readFolderManifest(directory: string, signal: AbortSignal): Promise<FolderManifest> {
  const had = new Map<string, HadFile>();
  const failed = new Set<string>();
  for await (const line of linesOf(join(directory, MANIFEST), signal)) {
    const { name, url, status, bytes } = line;
    if (typeof name !== "string" || typeof url !== "string") continue;
    if (status === "done") had.set(name, { url, bytes });
    else failed.add(name);
  }
  for (const name of had.keys()) failed.delete(name);
  const lists = [...had.keys()].filter((name) => /^pulls\/[^/]+\.json$/.test(name));
  const expected = await Promise.all(lists.map((name) => readExpected(join(directory, name))));
  return { had, failed, expected: expected.filter((each) => each !== undefined) };
}

/** Names that are expected, or were asked for, and did not come. */
export function neverHad({ had, failed, expected }: FolderManifest): readonly string[] {
  const names = new Set([...failed, ...expected.flatMap(({ files }) => files)]);
  return [...names].filter((name) => !had.has(name));
}

/** Whether a file that came is there, as long as it was. */
export async function isThere(directory: string, name: string, { bytes }: HadFile): Promise<boolean> {
  const found = await stat(join(directory, name)).catch(() => undefined);
  return found?.isFile() === true && found.size === bytes;
}

/** Whether some of a folder's content is made up, and some is not. */
export function kindsOf({ had, expected }: FolderManifest): { readonly synthetic: boolean; readonly real: boolean } {
  const hosts = new Set(Array.from(had.values(), ({ url }) => hostOf(url)));
  return {
    synthetic: hosts.has(SAMPLE_HOST) || expected.some(({ synthetic }) => synthetic),
    real: hosts.has(LIVE_HOST) || expected.some(({ synthetic }) => !synthetic),
  };
}

/** Host of the sample within the program: here as well as in the mirror, which a pull into a folder is not to load. */
const SAMPLE_HOST = "sample.invalid";
const LIVE_HOST = "api.brain-map.org";

function hostOf(url: string): string | undefined {
  return URL.canParse(url) ? new URL(url).hostname : undefined;
}

async function readExpected(path: string): Promise<ExpectedFiles | undefined> {
  try {
    if ((await stat(path)).size > MAX_LIST_BYTES) return undefined;
    const value: unknown = JSON.parse(await readFile(path, "utf8"));
    return isExpected(value) ? value : undefined;
  } catch {
    return undefined; // One that is damaged is a fault of the folder, which the manifest knows.
  }
}

function isExpected(value: unknown): value is ExpectedFiles {
  const { name, title, synthetic, files } = (value ?? {}) as Partial<Record<keyof ExpectedFiles, unknown>>; // Checked here.
  const isList = Array.isArray(files) && files.every((file) => typeof file === "string");
  return isList && typeof name === "string" && typeof title === "string" && typeof synthetic === "boolean";
}

type Line = Partial<Record<keyof ManifestLine, unknown>> & Pick<ManifestLine, "bytes">;

/** The lines of a manifest that can be read. */
async function* linesOf(path: string, signal: AbortSignal): AsyncGenerator<Line> {
  let rest = "";
  try {
    for await (const chunk of createReadStream(path, { encoding: "utf8", signal })) {
      const lines = (rest + chunk).split("\n");
      rest = lines.pop() ?? "";
      if (rest.length > MAX_LINE_CHARACTERS) rest = "\u0000"; // No line begins so.
      for (const text of lines) yield* parseLine(text);
    }
  } catch (error) {
    signal.throwIfAborted();
    const { code } = error as NodeJS.ErrnoException; // Errors of the system carry one.
    // Who writes there says what is wrong with it.
    if (code === "ENOENT" || code === "EISDIR") return;
    throw error;
  }
  yield* parseLine(rest);
}

function* parseLine(text: string): Generator<Line> {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === "object" && value !== null) yield value as Line; // Its fields are checked.
  } catch {
    // A damaged line says nothing; its file is looked at as anybody's.
  }
}
