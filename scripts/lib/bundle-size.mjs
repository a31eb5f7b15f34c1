import { basename } from "node:path";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { build } from "esbuild";
import { ROOT } from "./setup.mjs";

/**
 * Bytes that a page loads for an entry, minified and compressed: at once, with all that the entry imports, and later, of what a
 * method loads when it is called.
 *
 * @param {string} entry
 * @returns {Promise<{ gzip: number, brotli: number, gzipLater: number }>}
 */
export async function measureBundle(entry) {
  const { outputFiles, metafile } = await build({
    stdin: { contents: `export * from ${JSON.stringify(entry)};`, resolveDir: ROOT },
    bundle: true,
    splitting: true,
    outdir: "/",
    metafile: true,
    write: false,
    minify: true,
    format: "esm",
    platform: "browser",
  });
  const imports = new Map(Object.entries(metafile.outputs).map(([path, output]) => [basename(path), output.imports]));
  const atOnce = withStaticImports("stdin.js", imports);
  const bytes = { gzip: 0, brotli: 0, gzipLater: 0 };
  for (const { path, contents } of outputFiles) {
    const gzip = gzipSync(contents, { level: 9 }).byteLength;
    if (!atOnce.has(basename(path))) bytes.gzipLater += gzip;
    else {
      bytes.gzip += gzip;
      bytes.brotli += brotliCompressSync(contents).byteLength;
    }
  }
  return bytes;
}

function withStaticImports(name, imports, found = new Set()) {
  if (found.has(name)) return found;
  found.add(name);
  for (const { kind, path } of imports.get(name) ?? []) {
    if (kind === "import-statement") withStaticImports(basename(path), imports, found);
  }
  return found;
}
