import { readdir, readFile } from "node:fs/promises";
import { join, relative, sep } from "node:path";
import type { ManifestLine } from "@brainatlas/sdk/node";
import type { ChaosServer } from "./chaos-server.ts";
import { sha256 } from "./pictures.ts";

/** What lies in a folder, held against what the server's files are. */
export interface FolderState {
  /** Hash of each right file, by its index. */
  readonly right: ReadonlyMap<number, string>;
  /** Names under which something lies that is no whole version of that file. */
  readonly wrong: readonly string[];
  /** Names that are no item's: working files, the manifest, a lock. */
  readonly others: readonly string[];
}

/** A manifest as anybody would read it. */
export interface ManifestState {
  /** The last line of each name. */
  readonly lines: ReadonlyMap<string, ManifestLine>;
  /** Lines that are none. */
  readonly damaged: readonly string[];
}

/** Looks at each file of a folder. */
export async function lookAtFolder(server: ChaosServer, folder: string): Promise<FolderState> {
  const indices = new Map(Array.from({ length: server.count }, (_, index) => [server.file(index).name, index]));
  const right = new Map<number, string>();
  const [wrong, others]: [string[], string[]] = [[], []];
  for (const name of await listFiles(folder)) {
    const index = indices.get(name);
    const hash = index === undefined ? "" : sha256(await readFile(join(folder, name)));
    if (index === undefined) others.push(name);
    else if (server.isRight(index, hash)) right.set(index, hash);
    else wrong.push(name);
  }
  return { right, wrong, others };
}

/** Names of all files below a folder, parts divided by `/`. */
export async function listFiles(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join("/"))
    .sort();
}

/** Reads a manifest; one that is not there has nothing. */
export async function readManifestState(folder: string): Promise<ManifestState> {
  const text = await readFile(join(folder, "manifest.ndjson"), "utf8").catch(() => "");
  const lines = new Map<string, ManifestLine>();
  const damaged: string[] = [];
  for (const line of text.split("\n").filter((text) => text !== "")) {
    try {
      const value: ManifestLine = JSON.parse(line);
      lines.set(value.name, value);
    } catch {
      damaged.push(line);
    }
  }
  return { lines, damaged };
}
