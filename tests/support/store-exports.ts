import { createHash } from "node:crypto";
import { join } from "node:path";
import { type ExportOptions, exportStore, type FolderStore } from "../../packages/mirror/src/index.ts";
import { type NewTarMember, writeTar } from "../../packages/mirror/src/tar/write-tar.ts";
import { writeFileWhole } from "../../packages/sdk/src/node/index.ts";
import { temporaryFolder } from "./temporary.ts";

/** Exports a store into a file that goes with the test. */
export async function exportTo(store: FolderStore, options: ExportOptions = {}): Promise<string> {
  const path = join(await temporaryFolder(), "store.tar");
  await exportStore(store, (chunks) => writeFileWhole(path, chunks), options);
  return path;
}

/** All entries of a store with the hashes of their bodies. */
export async function contentOf(store: FolderStore): Promise<unknown[]> {
  const found: unknown[] = [];
  for await (const entry of store.list()) {
    const held = await store.entries.get(entry.kind, entry.name);
    found.push([
      entry,
      createHash("sha256")
        .update((await held?.body()) ?? "")
        .digest("hex"),
    ]);
  }
  return found;
}

/** Writes files as an export, with a manifest that tells of them as they are unless it is given. */
export async function forge(
  files: Readonly<Record<string, string | Buffer>>,
  changes: { marker?: string; manifest?: string } = {},
): Promise<string> {
  const members = Object.entries(files).map(([path, content]): [string, Buffer] => [path, Buffer.from(content)]);
  const lines = members.map(([path, bytes]) =>
    JSON.stringify({ path, sizeBytes: bytes.length, sha256: createHash("sha256").update(bytes).digest("hex") }),
  );
  const {
    marker = '{"format":"brainatlas-store","version":4}',
    manifest = ['{"format":"brainatlas-export","version":1}', ...lines, ""].join("\n"),
  } = changes;
  const head: [string, Buffer][] = [
    ["brainatlas-store.json", Buffer.from(marker)],
    ["brainatlas-export.ndjson", Buffer.from(manifest)],
  ];
  return await pack([...head, ...members]);
}

/** Writes members as a tar. */
export async function pack(files: readonly (readonly [string, Buffer])[]): Promise<string> {
  const path = join(await temporaryFolder(), "forged.tar");
  const members = files.map(
    ([name, bytes]): NewTarMember => ({ path: name, sizeBytes: bytes.length, content: [bytes] }),
  );
  await writeFileWhole(path, writeTar(members));
  return path;
}
