// What the viewer prints to copy, taken as its reader takes it: the command by a shell and the program, the lines of TypeScript by running them.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { createMirror, sampleStore } from "@brainatlas/mirror";
import { BrainAtlas, type BrainAtlasOptions, DEFAULT_BASE_URL } from "@brainatlas/sdk";
import { parseDrawing } from "@brainatlas/sdk/drawing";
import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { createFakeContext } from "../../packages/cli/src/fake-context.test-kit.ts";
import { runProgram } from "../../packages/cli/src/program.ts";
import {
  printDrawingCommand,
  printImageCommand,
  printSdkLines,
  printUrl,
  quoteWord,
} from "../../packages/viewer/src/export/commands.ts";
import {
  type ImageRequest,
  imageRequest,
  regionParameters,
  screenDownsample,
} from "../../packages/viewer/src/export/image-request.ts";
import { loadAtlases } from "../../packages/viewer/src/load/atlases.ts";
import { loadSeries } from "../../packages/viewer/src/load/series.ts";
import { imageOf, type Series } from "../../packages/viewer/src/model/series.ts";
import { DEFAULT_PICTURE, type PictureView } from "../../packages/viewer/src/model/view.ts";
import { decodeRgb } from "../support/pictures.ts";
import { runWell } from "../support/run.ts";
import { temporaryFolder } from "../support/temporary.ts";

const BASE_URL = "http://mirror.test";
const { signal } = new AbortController();
const mirror = createMirror({ store: sampleStore(), images: { threads: 0 } });
const fetch = (url: string, init: RequestInit): Promise<Response> => mirror.fetch(new Request(url, init));
const api = new BrainAtlas({ baseUrl: BASE_URL, fetch });

/** The words of a command as a POSIX shell reads them. */
async function wordsOf(command: string): Promise<string[]> {
  const printed = await runWell("sh", ["-c", `printf '%s\\0' ${command}`]);
  return printed.split("\0").slice(0, -1);
}

/** Runs a printed command of the program, with further options. */
async function runPrinted(command: string, more: readonly string[], cwd = "/nowhere") {
  const [program, ...args] = await wordsOf(command);
  expect(program).toBe("brainatlas");
  const context = createFakeContext({ cwd, fetch });
  expect([await runProgram([...args, ...more], context), context.stderr.text]).toEqual([0, ""]);
  return context.stdout.text;
}

/** Runs printed lines of TypeScript, whose client asks the mirror. */
async function runLines(lines: string): Promise<void> {
  const [first, ...rest] = lines.split("\n");
  expect(first).toBe('import { BrainAtlas } from "@brainatlas/sdk";');
  class Client extends BrainAtlas {
    constructor(options?: BrainAtlasOptions) {
      super({ ...options, fetch });
    }
  }
  const AsyncFunction = Object.getPrototypeOf(runLines).constructor as FunctionConstructor;
  await new AsyncFunction("BrainAtlas", rest.join("\n"))(Client);
}

describe("of the sample", () => {
  const series = new Map<string, Series>();
  beforeAll(async () => {
    const atlases = await loadAtlases(api, signal);
    for (const [kind, id] of [
      ["atlas", 1],
      ["atlas", 2],
      ["dataset", 69782969],
      ["dataset", 126862385],
    ] as const) {
      series.set(`${kind} ${id}`, await loadSeries(api, { kind, id }, atlases, signal));
    }
  });

  /** The request for a part of what a panel shows at a scale; without a part for the whole. */
  function requestOf(
    name: string,
    id: number,
    given: Partial<PictureView>,
    scale: number,
    part?: number[],
  ): ImageRequest {
    const shown = series.get(name);
    const image = shown && imageOf(shown, id);
    if (shown === undefined || image === undefined) throw new Error(`The sample has no image ${id} in ${name}`);
    const { record } = image;
    const [left = 0, top = 0, right = record.width, bottom = record.height] = part ?? [];
    const region = regionParameters({ left, top, right, bottom }, record, screenDownsample(scale, record));
    return imageRequest({ series: shown, image, picture: { ...DEFAULT_PICTURE, ...given } }, region);
  }

  const CASES: readonly [string, () => ImageRequest, [number, number], RegExp][] = [
    [
      "a whole plate",
      () => requestOf("atlas 1", 100960224, {}, 0.06),
      [660, 472],
      /^brainatlas image 100960224 --downsample 4 --api http:\/\/mirror\.test$/,
    ],
    [
      "a part of the coloured plate",
      () => requestOf("atlas 1", 100960224, { shown: "annotated" }, 0.25, [1000.7, 2000.2, 5000.1, 4000.9]),
      [1000, 500],
      / --downsample 2 --left 1000 --top 2000 --width 1000 --height 500 --annotation --api /,
    ],
    [
      "a part of a plate that is a box of a larger file, and of two atlases",
      () => requestOf("atlas 2", 100883869, { shown: "annotated" }, 0.125, [800, 0, 8800, 4000]),
      [1000, 500],
      / --left 3808 --top 30592 --width 1000 --height 500 --annotation --atlas 2 /,
    ],
    [
      "an expression mask in false colours",
      () =>
        requestOf(
          "dataset 69782969",
          69750516,
          { shown: "expression", colormap: { map: "jet", lowerThreshold: 30 } },
          0.03125,
        ),
      [439, 228],
      / 69750516 --service section --downsample 5 --view expression --colormap jet:30 /,
    ],
    [
      "a section through other windows",
      () =>
        requestOf("dataset 126862385", 126862575, { range: [0, 500, 10, 600, 0, 4095], contrast: [0.5, 0.25] }, 0.015),
      [532, 376],
      / --service projection --downsample 6 --range 0,500,10,600,0,4095 --contrast 0\.5,0\.25 /,
    ],
  ];

  test.each(CASES)("the command for %s asks for the URL beside it", async (_, make, __, pattern) => {
    const request = make();
    const command = printImageCommand(BASE_URL, request);
    expect(command).toMatch(pattern);
    expect(await runPrinted(command, ["--dry-run"])).toBe(`${printUrl(BASE_URL, request)}\n`);
  });

  test.each(CASES)(
    "the lines for %s save a picture of the size that was asked for",
    async (_, make, [width, height]) => {
      const request = make();
      const file = join(await temporaryFolder(), `a "b" $c.jpg`);
      await runLines(printSdkLines(BASE_URL, request, file));
      expect(await decodeRgb(await readFile(file))).toMatchObject({ width, height });
      expect(await api.image(request.service as "any", request.id, request.parameters).size()).toEqual({
        width,
        height,
      });
    },
  );

  test("the command for a drawing saves the selected structures of the visible groups", async () => {
    const cwd = await temporaryFolder();
    const request = { imageId: 100960224, structureIds: [1089, 549], groups: [28], graphId: 1 };
    const command = printDrawingCommand(BASE_URL, request);
    expect(command).toBe(
      "brainatlas svg 100960224 --structures 1089,549 --graph 1 --groups 28 --api http://mirror.test",
    );
    await runPrinted(command, ["--out", "part.svg"], cwd);
    const part = parseDrawing(await readFile(join(cwd, "part.svg"), "utf8"));
    const tree = await api.structureTree(1);
    expect(part.regions.length).toBeGreaterThan(0);
    for (const { structureId } of part.regions) {
      expect([1089, 549].some((id) => tree.isDescendant(structureId ?? 0, id, { self: true }))).toBe(true);
    }
  });
});

test("commands for the institute's API do not name it", () => {
  const request: ImageRequest = { service: "atlas", id: 7, parameters: {} };
  expect(printImageCommand(DEFAULT_BASE_URL, request)).toBe("brainatlas image 7");
  expect(printSdkLines(DEFAULT_BASE_URL, request, "7.jpg")).toContain(
    "new BrainAtlas();\nconst image = atlas.atlasImage(7);",
  );
  const drawing = { imageId: 7, structureIds: [], groups: undefined, graphId: 1 };
  expect(printDrawingCommand(DEFAULT_BASE_URL, drawing)).toBe("brainatlas svg 7");
});

test("quoteWord() prints what a shell reads back, whatever it is", async () => {
  const words = fc.sample(fc.string({ unit: "grapheme", minLength: 1 }), { numRuns: 300, seed: 20_240_229 });
  const hostile = ["$(touch x)", "`id`", "a'b", "a\nb", "*", "~", "a b;c", "!", "#", "'", "http://[::1]:80/?a=1&b=2"];
  const given = [...hostile, ...words.map((word) => word.replaceAll("\0", ""))].filter((word) => word !== "");
  expect(await wordsOf(given.map(quoteWord).join(" "))).toEqual(given);
});
