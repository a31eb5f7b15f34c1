// Writes what each entry of the packages exports, by its declarations, to packages/<name>/etc/<entry>.api.md, so that a change
// of the API shows in a diff. With --check it writes nothing, and fails where a report differs.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { ensureBuilt, ROOT } from "./lib/setup.mjs";

const ENTRIES = [
  { package: "sdk", entry: "@brainatlas/sdk", file: "index.d.ts", report: "sdk.api.md" },
  { package: "sdk", entry: "@brainatlas/sdk/image", file: "image/index.d.ts", report: "image.api.md" },
  { package: "sdk", entry: "@brainatlas/sdk/ontology", file: "ontology/index.d.ts", report: "ontology.api.md" },
  { package: "sdk", entry: "@brainatlas/sdk/rma", file: "rma/index.d.ts", report: "rma.api.md" },
  {
    package: "sdk",
    entry: "@brainatlas/sdk/rma/schema",
    file: "rma/schema-table.generated.d.ts",
    report: "rma-schema.api.md",
  },
  { package: "sdk", entry: "@brainatlas/sdk/queries", file: "queries/index.d.ts", report: "queries.api.md" },
  { package: "sdk", entry: "@brainatlas/sdk/drawing", file: "drawing/index.d.ts", report: "drawing.api.md" },
  { package: "sdk", entry: "@brainatlas/sdk/sync", file: "sync/index.d.ts", report: "sync.api.md" },
  { package: "sdk", entry: "@brainatlas/sdk/volume", file: "volume/index.d.ts", report: "volume.api.md" },
  { package: "sdk", entry: "@brainatlas/sdk/mesh", file: "mesh/index.d.ts", report: "mesh.api.md" },
  { package: "sdk", entry: "@brainatlas/sdk/morphology", file: "morphology/index.d.ts", report: "morphology.api.md" },
  { package: "sdk", entry: "@brainatlas/sdk/services", file: "services/index.d.ts", report: "services.api.md" },
  { package: "sdk", entry: "@brainatlas/sdk/xml", file: "xml/index.d.ts", report: "xml.api.md" },
  { package: "sdk", entry: "@brainatlas/sdk/node", file: "node/index.d.ts", report: "node.api.md" },
  { package: "mirror", entry: "@brainatlas/mirror", file: "index.d.ts", report: "mirror.api.md" },
];

/** Modules that were read, by file. */
const modules = new Map();
const check = process.argv.includes("--check");
await ensureBuilt();
let differing = 0;
for (const { package: name, entry, file, report } of ENTRIES) {
  const path = join(ROOT, "packages", name, "etc", report);
  const text = printReport(entry, join(ROOT, "packages", name, "dist", file));
  const old = existsSync(path) ? readFileSync(path, "utf8") : undefined;
  if (old === text) continue;
  differing += 1;
  console.error(`api-report: ${report} ${check ? "is not what the sources export" : "written"}`);
  if (check) continue;
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}
if (check && differing > 0) {
  console.error('api-report: if the change is meant, run "node scripts/api-report.mjs"');
  process.exitCode = 1;
}

function printReport(entry, file) {
  const exported = new Map(
    [...exportsOf(file)].map(([name, found]) => [`${found.file} ${found.name}`, { ...found, name }]),
  );
  const referenced = new Map();
  const queue = [...exported.values()];
  for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
    for (const word of new Set(withoutStrings(next.text).match(/[\w$]+/g))) {
      const found = lookUp(next.file, word);
      const key = found && `${found.file} ${found.name}`;
      if (!key || exported.has(key) || referenced.has(key) || /^(abstract )?function\b/.test(found.text)) continue;
      referenced.set(key, found);
      queue.push(found);
    }
  }
  const sections = [`# API of \`${entry}\`\n\nMade by \`node scripts/api-report.mjs\` from the built declarations.\n`];
  sections.push("## Exported\n", ...printDeclarations(exported));
  if (referenced.size > 0) sections.push("## Not exported, named by those above\n", ...printDeclarations(referenced));
  return sections.join("\n");
}

function printDeclarations(found) {
  const sorted = [...found.values()].sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
  return sorted.map(({ name, text }) => `### ${name}\n\n\`\`\`ts\n${text}\n\`\`\`\n`);
}

/** Exported name → where it is declared: `{ file, name, text }`; of other packages only the export is known. */
function exportsOf(file) {
  const { exports, stars, namespaces } = readModule(file);
  const starred = stars.flatMap((source) => [...exportsOf(resolveFrom(file, source))]);
  const named = [...exports].map(([name, { local, source }]) => {
    if (source === undefined) return [name, lookUp(file, local) ?? { file, name, text: `export { ${local} }` }];
    const origin = { file, name, text: `export { ${local} } from "${source}";` };
    return [name, source.startsWith(".") ? (exportsOf(resolveFrom(file, source)).get(local) ?? origin) : origin];
  });
  const members = [...namespaces].flatMap(([space, source]) =>
    [...exportsOf(resolveFrom(file, source))].map(([name, found]) => [`${space}.${name}`, found]),
  );
  return new Map([...starred, ...named, ...members]);
}

/** The declaration that a name means inside a module, its own or an imported one. */
function lookUp(file, name) {
  const { declarations, imports } = readModule(file);
  if (declarations.has(name)) return { file, name, text: declarations.get(name) };
  const from = imports.get(name);
  return from?.source.startsWith(".") ? exportsOf(resolveFrom(file, from.source)).get(from.local) : undefined;
}

function readModule(file) {
  const known = modules.get(file);
  if (known !== undefined) return known;
  const module = { declarations: new Map(), exports: new Map(), imports: new Map(), stars: [], namespaces: new Map() };
  modules.set(file, module);
  for (const statement of splitStatements(withoutComments(readFileSync(file, "utf8")))) {
    const [, kind, list, source] = /^(import|export)(?: type)? \{([^}]*)\}(?: from "([^"]+)")?;$/.exec(statement) ?? [];
    for (const item of list
      ?.split(",")
      .map((part) => part.trim())
      .filter(Boolean) ?? []) {
      const [local, name = local] = item.replace(/^type /, "").split(" as ");
      module[`${kind}s`].set(name, { local, source });
    }
    const star = /^export \* from "([^"]+)";$/.exec(statement)?.[1];
    if (star !== undefined) module.stars.push(star);
    const [, space, from] = /^export \* as (\w+) from "([^"]+)";$/.exec(statement) ?? [];
    if (space !== undefined) module.namespaces.set(space, from);
    const name = /^(?:export )?(?:declare )?(?:abstract )?(?:class|interface|type|const|function) ([\w$]+)/.exec(
      statement,
    )?.[1];
    if (name === undefined) continue;
    const text = statement.replace(/^export /, "").replace(/^declare /, "");
    const before = module.declarations.get(name);
    module.declarations.set(name, before === undefined ? text : `${before}\n${text}`);
    if (statement.startsWith("export ")) module.exports.set(name, { local: name, source: undefined });
  }
  return module;
}

/** Cuts at the semicolons and, of classes and interfaces, the closing braces that lie in no bracket. */
function splitStatements(text) {
  const statements = [];
  let start = 0;
  let depth = 0;
  for (const { 0: token, index } of text.matchAll(/"(?:[^"\\]|\\.)*"|[{}()[\];]/g)) {
    if (/[{([]/.test(token[0])) depth += 1;
    if (/[})\]]/.test(token[0])) depth -= 1;
    const braced =
      token === "}" && /^\s*(export )?(declare )?((abstract )?class|interface)\b/.test(text.slice(start, index));
    if (depth > 0 || (token !== ";" && !braced)) continue;
    statements.push(text.slice(start, index + 1).trim());
    start = index + 1;
  }
  return statements;
}

function withoutComments(text) {
  const bare = text.replaceAll(/("(?:[^"\\]|\\.)*")|\/\*[\s\S]*?\*\/|\/\/.*/g, (_, string) => string ?? "");
  return bare.replaceAll(/^\s*\n/gm, "");
}

function withoutStrings(text) {
  return text.replaceAll(/"(?:[^"\\]|\\.)*"/g, "");
}

function resolveFrom(file, source) {
  return resolve(dirname(file), source.replace(/\.[jt]s$/, ".d.ts"));
}
