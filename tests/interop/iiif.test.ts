// IIIF by what others have written of it: the Image API's validator, and a model of the Presentation API.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createMirror, type Listening, listen, sampleStore } from "@brainatlas/mirror";
import { testCardColours } from "@brainatlas/mirror/sample";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { IIIF_VALIDATOR, openEnvironment } from "./support/environment.ts";

const environment = await openEnvironment(IIIF_VALIDATOR);
const python = "python" in environment ? environment.python : "";
const name = `IIIF as others read it${"missing" in environment ? ` (skipped: ${environment.missing})` : ""}`;

/** What a test of the validator came to. */
interface Verdict {
  readonly level: number;
  readonly passed: boolean;
  readonly reason?: string;
}

/** Highest level that the API has; the validator counts what is optional as the next one. */
const LEVEL = 2;

/** Tests beyond level 2 that fail, and why. */
const FAILING = {
  // Formats that are not offered.
  format_gif: "Expected 200 for status; Got: 400",
  // These call what Python 3 does not have: they fail with every server. Two are not offered; WebP is, and tested elsewhere.
  format_jp2: "AttributeError: module 'urllib' has no attribute 'urlopen'",
  format_pdf: "AttributeError: module 'urllib' has no attribute 'urlopen'",
  format_webp: "AttributeError: module 'urllib' has no attribute 'urlopen'",
};

/** Of `^max` the validator wants the image's own size, where 3.0 (§4.2) wants the largest that `maxArea` lets it have. */
const SIZE_UP = "Expected (1000, 1000) for size; Got: (2896, 2896) (Failed to get max size while using the ^ notation)";

describe.skipIf(python === "")(name, () => {
  let mirror: Listening;

  beforeAll(async () => {
    mirror = await listen(createMirror({ store: sampleStore() }));
  });

  afterAll(() => mirror.close());

  test.each([
    ["2.0", "iiif/2", 42, FAILING],
    ["3.0", "iiif/3", 45, { ...FAILING, size_up: SIZE_UP }],
  ])(
    "the validator of %s passes the test card, but for what is not offered",
    async (version, prefix, count, failing) => {
      const { host } = new URL(mirror.url);
      const args = ["validate_images.py", host, prefix, "test-card", version];
      const verdicts: Record<string, Verdict> = JSON.parse(await runPython(args, JSON.stringify(testCardColours())));
      const failed = Object.entries(verdicts).filter(([, { passed }]) => !passed);
      expect(Object.fromEntries(failed.map(([test, { reason }]) => [test, reason]))).toEqual(failing);
      expect(failed.filter(([, { level }]) => level <= LEVEL)).toEqual([]);
      expect(Object.keys(verdicts)).toHaveLength(count);
    },
  );

  test("iiif-prezi3 reads the collection, the manifests and the annotations", async () => {
    const paths = [
      "collection",
      "1/manifest",
      "2/manifest",
      "181276165/manifest",
      "1/annotations/100960224",
      "181276165/annotations/100883869",
    ];
    const texts = await Promise.all(
      paths.map(async (path) => await (await fetch(`${mirror.url}/iiif/presentation/${path}`)).text()),
    );
    const damaged = [{ label: undefined }, { rights: "no URI" }, { type: "manifest" }].map((change) =>
      JSON.stringify({ ...JSON.parse(texts[1] ?? ""), ...change }),
    );
    const lines = (await runPython(["read_presentation.py"], [...texts, ...damaged].join("\n"))).trim().split("\n");
    expect(lines.slice(0, texts.length)).toEqual(texts.map(() => "null"));
    for (const line of lines.slice(texts.length)) expect(JSON.parse(line)).toMatch(/\S/);
  });
});

async function runPython([script = "", ...args]: readonly string[], input: string): Promise<string> {
  const child = spawn(python, [join(import.meta.dirname, script), ...args], { stdio: ["pipe", "pipe", "pipe"] });
  let [printed, complaints] = ["", ""];
  child.stdout.on("data", (chunk) => {
    printed += chunk;
  });
  child.stderr.on("data", (chunk) => {
    complaints += chunk;
  });
  child.stdin.end(`${input}\n`);
  const [code] = await once(child, "close");
  if (code !== 0) throw new Error(`${script} ended with ${code}:\n${complaints}`);
  return printed;
}
