import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

/** What a page must not have, to work under a policy that lets nothing inline run, and under any path. */
const PAGE_FAULTS = [
  [/<script(?![^>]*\ssrc=)|<script[^>]*>[^<]*[^<\s]/i, "has a script of its own text"],
  [/<style[\s>]/i, "has a style sheet of its own text"],
  [/<[a-z][^>]*\sstyle\s*=/i, "has a style attribute"],
  [/<[a-z][^>]*\son[a-z]+\s*=/i, "has an event attribute"],
  [/<[a-z][^>]*\s(?:src|href|action|data|poster)\s*=\s*(?!["']?\.\/)/i, "names what does not lie beside it"],
  [/<base[\s>]/i, "has a base of its own"],
];

const STYLE_FAULTS = [
  [/url\(\s*["']?(?:[a-z]+:|\/)/i, "loads what does not lie beside it"],
  [/@import/i, "imports another"],
];

/** Licences that want their text kept. */
const BUNDLED = ["openseadragon", "preact", "@preact/signals"];

/**
 * What is wrong with the built page of the viewer; an empty list for what may be published.
 *
 * @param {string} folder
 * @returns {string[]}
 */
export function findFaults(folder) {
  if (!existsSync(join(folder, "index.html"))) return ["is not there"];
  const files = filesIn(folder);
  const read = (name) => readFileSync(join(folder, name), "utf8");
  const rulesOf = (name) => (name.endsWith(".html") ? PAGE_FAULTS : name.endsWith(".css") ? STYLE_FAULTS : []);
  const texts = files.flatMap((name) =>
    rulesOf(name)
      .filter(([pattern]) => pattern.test(read(name)))
      .map(([, fault]) => `${fault}: ${name}`),
  );
  const names = files.flatMap((name) => {
    if (name.endsWith(".map")) return [`has a source map: ${name}`];
    const isNamedByContent = /^assets\/[\w.-]+-[\w-]{8}\.\w+$/.test(name);
    return name.startsWith("assets/") && !isNamedByContent ? [`has a name without a hash: ${name}`] : [];
  });
  const licences = files.includes("licences.txt") ? read("licences.txt") : "";
  const lacking = BUNDLED.filter((name) => !licences.includes(`## ${name} - `));
  return [...texts, ...names, ...lacking.map((name) => `lacks the licence of ${name} in licences.txt`)];
}

/**
 * Bytes of the scripts of the page, compressed: those that the page names and that it cannot begin without, and those that it loads when they
 * are wanted.
 *
 * @param {string} folder
 * @returns {{ gzip: number, gzipLater: number }}
 */
export function measurePage(folder) {
  const page = readFileSync(join(folder, "index.html"), "utf8");
  const bytes = { gzip: 0, gzipLater: 0 };
  for (const name of filesIn(folder).filter((each) => each.endsWith(".js"))) {
    const size = gzipSync(readFileSync(join(folder, name)), { level: 9 }).byteLength;
    bytes[page.includes(`"./${name}"`) ? "gzip" : "gzipLater"] += size;
  }
  return bytes;
}

/** Paths of the files below a folder, with slashes. */
function filesIn(folder) {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(folder.length + 1)
        .replaceAll("\\", "/"),
    )
    .sort();
}
