// The page of the viewer as it is published: nothing inline, nothing from elsewhere, and the licences of what it bundles.
import { mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { ensureBuilt, ROOT } from "../../scripts/lib/setup.mjs";
import { findFaults, measurePage } from "../../scripts/lib/viewer-page.mjs";
import { writeIn } from "../support/pictures.ts";
import { temporaryFolder } from "../support/temporary.ts";

const BUILT = join(ROOT, "packages", "viewer", "dist");

describe("the built page", () => {
  beforeAll(ensureBuilt, 300_000);

  test("has no fault", () => {
    expect(findFaults(BUILT)).toEqual([]);
  });

  test("keeps its scripts within their budget", async () => {
    const budgets = JSON.parse(await readFile(join(ROOT, "scripts", "budgets.json"), "utf8"));
    const { gzip } = measurePage(BUILT);
    expect(gzip).toBeGreaterThan(50_000);
    expect(gzip).toBeLessThanOrEqual(budgets["@brainatlas/viewer"]);
  });
});

const LICENCES = "## openseadragon - 6\n## preact - 11\n## @preact/signals - 2\n";
const SOUND = '<!doctype html><script type="module" crossorigin src="./assets/index-AAAAAAAA.js"></script><p>one</p>';

test.each([
  ["index.html", SOUND, []],
  ["index.html", "<script>run()</script>", ["has a script of its own text: index.html"]],
  ["index.html", '<script src="./a.js">run()</script>', ["has a script of its own text: index.html"]],
  ["index.html", "<style>p{}</style>", ["has a style sheet of its own text: index.html"]],
  ["index.html", '<p style="color:red">', ["has a style attribute: index.html"]],
  ["index.html", '<p onclick="run()">', ["has an event attribute: index.html"]],
  ["index.html", '<script src="/a.js"></script>', ["names what does not lie beside it: index.html"]],
  ["index.html", '<img src="https://x/a.png">', ["names what does not lie beside it: index.html"]],
  ["index.html", '<link href="data:text/css,">', ["names what does not lie beside it: index.html"]],
  ["index.html", '<base href="./">', ["has a base of its own: index.html"]],
  ["assets/a-AAAAAAAA.css", "p{background:url(./b-AAAAAAAA.png)}", []],
  [
    "assets/a-AAAAAAAA.css",
    "p{background:url(data:image/png,)}",
    ["loads what does not lie beside it: assets/a-AAAAAAAA.css"],
  ],
  ["assets/a-AAAAAAAA.css", '@import "b.css";', ["imports another: assets/a-AAAAAAAA.css"]],
  ["assets/a.js", "", ["has a name without a hash: assets/a.js"]],
  ["assets/a-AAAAAAAA.js.map", "", ["has a source map: assets/a-AAAAAAAA.js.map"]],
  ["licences.txt", "## preact - 11\n## @preact/signals - 2\n", ["lacks the licence of openseadragon in licences.txt"]],
])("findFaults() of %s with %j names it", async (name, text, faults) => {
  const folder = await temporaryFolder();
  await mkdir(join(folder, "assets"));
  for (const [file, content] of Object.entries({ "index.html": SOUND, "licences.txt": LICENCES, [name]: text })) {
    await writeIn(folder, file, content);
  }
  expect(findFaults(folder)).toEqual(faults);
});

test("findFaults() says when there is no page", async () => {
  expect(findFaults(await temporaryFolder())).toEqual(["is not there"]);
});
