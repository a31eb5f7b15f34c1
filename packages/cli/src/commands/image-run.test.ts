import {
  lstatSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import sharp from "sharp";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { createFakeContext, makeJpeg, pictureService } from "../fake-context.test-kit.ts";
import { runProgram } from "../program.ts";

const PLATE = ["image", "100883869", "--downsample", "4", "--annotation"];
const JPEG = makeJpeg(969, 489);

let cwd: string;
beforeEach(() => {
  cwd = realpathSync(mkdtempSync(join(tmpdir(), "brainatlas-test-")));
});
afterEach(() => {
  rmSync(cwd, { recursive: true });
});

const online = (changes: object = {}): ReturnType<typeof createFakeContext> =>
  createFakeContext({ cwd, fetch: pictureService(JPEG), ...changes });

describe("image", () => {
  test("saves the picture under a name made of the parameters and says where it is from", async () => {
    const context = online();
    expect(await runProgram(PLATE, context)).toBe(0);
    expect(readFileSync(join(cwd, "atlas-image-100883869-ds4-annotation.jpg"))).toEqual(JPEG);
    expect(context.stderr.text).toBe("");
    expect(context.stdout.text).toBe(
      [
        "AtlasImage 100883869",
        "  size    969 × 489 pixels, 23 bytes",
        "  status  302 → 200",
        "  source  mirror, computed",
        "  url     https://api.brain-map.org/cgi-bin/imageservice?mime=1",
        "  credit  Allen Institute for Brain Science, alleninstitute.org/legal/terms-use",
        join(cwd, "atlas-image-100883869-ds4-annotation.jpg"),
        "",
      ].join("\n"),
    );
  });

  test("prints everything as one JSON object", async () => {
    const context = online();
    expect(await runProgram([...PLATE, "--json", "--out", "plate.jpg"], context)).toBe(0);
    expect(JSON.parse(context.stdout.text)).toEqual({
      service: "atlas",
      id: 100883869,
      parameters: { downsample: 4, annotation: true },
      url: "https://api.brain-map.org/api/v2/atlas_image_download/100883869?downsample=4&annotation=true",
      finalUrl: "https://api.brain-map.org/cgi-bin/imageservice?mime=1",
      history: [
        {
          status: 302,
          url: "https://api.brain-map.org/api/v2/atlas_image_download/100883869?downsample=4&annotation=true",
        },
      ],
      status: 200,
      attempts: 1,
      headers: { "content-type": "image/jpeg", "x-brainatlas-source": "computed" },
      file: join(cwd, "plate.jpg"),
      sizeBytes: 23,
      width: 969,
      height: 489,
      source: "computed",
      credit: "Allen Institute for Brain Science, alleninstitute.org/legal/terms-use",
    });
  });

  test("--in-regions joins regions to one file without loss", async () => {
    const context = createFakeContext({ cwd });
    const args = "image 100883869 --api sample --left 3072 --top 30720 --width 600 --height 400 --downsample 4";
    expect(await runProgram([...args.split(" "), "--in-regions", "256", "--out", "plate.png"], context)).toBe(0);
    expect(context.stderr.text).toBe("");
    const path = join(cwd, "plate.png");
    const url = "http://sample.invalid/api/v2/atlas_image_download/100883869";
    expect(context.stdout.text.replace(/[\d.]+ [kM]B/g, "SIZE")).toBe(
      [
        "AtlasImage 100883869",
        "  size     600 × 400 pixels, SIZE",
        "  regions  12 regions, SIZE",
        "  source   mirror, computed",
        `  url      ${url}?downsample=4&left=3072&top=30720&width=600&height=400`,
        "  credit   synthetic sample, not data of the Allen Institute",
        path,
        "",
      ].join("\n"),
    );
    expect(await sharp(path).metadata()).toMatchObject({ format: "png", width: 600, height: 400 });
    expect(readdirSync(cwd)).toEqual(["plate.png"]);
  });

  test("--in-regions prints one JSON object, and makes a name of its own", async () => {
    const context = createFakeContext({ cwd });
    const args = "image 100883869 --api sample --downsample 6 --in-regions 128 --json";
    expect(await runProgram(args.split(" "), context)).toBe(0);
    expect(context.stderr.text).toBe("");
    const { file, ...facts } = JSON.parse(context.stdout.text);
    expect(file).toBe(join(cwd, "atlas-image-100883869-ds6.tif"));
    expect(facts).toMatchObject({ width: 242, height: 122, sizeBytes: lstatSync(file).size, source: "computed" });
  });

  test("--in-regions follows a link, and says of a tier that there is not which one it is", async () => {
    const context = createFakeContext({ cwd });
    symlinkSync("real.png", join(cwd, "plate.png"));
    writeFileSync(join(cwd, "real.png"), "before");
    const args = "image 100883869 --api sample --downsample 20 --in-regions 128 --out plate.png";
    expect(await runProgram(args.split(" "), context)).toBe(0);
    expect(context.stderr.text).toMatch(/^note: downsample 20 is past the smallest tier; the picture is at \d\n$/);
    expect(lstatSync(join(cwd, "plate.png")).isSymbolicLink()).toBe(true);
    expect(await sharp(join(cwd, "real.png")).metadata()).toMatchObject({ format: "png" });
  });

  test.each([
    ["--in-regions 100", "Cannot use regionPx 100; give a multiple of 16"],
    ["--in-regions 256 --out plate.gif", "give a name that ends in .png, .tif or .jpg"],
    ["--in-regions 256 --out -", "Cannot join regions on standard output; give --out a file"],
    ["--in-regions 256 --show blocks", "Cannot use --show with --in-regions; open the file with --open"],
  ])("%s is wrong usage", async (options, words) => {
    const context = createFakeContext({ cwd });
    expect(await runProgram(["image", "100883869", "--api", "sample", ...options.split(" ")], context)).toBe(2);
    expect(context.stderr.text).toContain(words);
    expect(readdirSync(cwd)).toEqual([]);
  });

  test("--dry-run prints the URL alone and sends nothing", async () => {
    const context = createFakeContext({ cwd });
    expect(await runProgram([...PLATE, "--dry-run"], context)).toBe(0);
    expect(context.stdout.text).toBe(
      "https://api.brain-map.org/api/v2/atlas_image_download/100883869?downsample=4&annotation=true\n",
    );
    expect(readdirSync(cwd)).toEqual([]);
  });

  test("--dry-run knows every parameter", async () => {
    const args =
      "image 5 --service any --api http://127.0.0.1:9/ --quality 80 --left -5 --top 0 --width 10 --height 20 --view tumor_feature_boundary --expression --projection --tumor-feature-annotation --tumor-feature-boundary --downsample-dimensions --range 0,932,0,1279,0,4095 --colormap jet:30 --rgb 1,0.5,0 --contrast 0.5,0.5 --dry-run";
    const context = createFakeContext({ cwd });
    expect(await runProgram(args.split(" "), context)).toBe(0);
    expect(context.stdout.text).toBe(
      "http://127.0.0.1:9/api/v2/image_download/5?quality=80&left=-5&top=0&width=10&height=20&downsample_dimensions=true&view=tumor_feature_boundary&expression=true&projection=true&tumor_feature_annotation=true&tumor_feature_boundary=true&range=0,932,0,1279,0,4095&colormap=0.5,30,0,256,2&rgb=1,0.5,0&contrast=0.5,0.5\n",
    );
  });

  test("--out - gives the bytes alone, and the words on stderr", async () => {
    const context = online();
    expect(await runProgram([...PLATE, "--out", "-"], context)).toBe(0);
    expect(context.stdout.bytes).toEqual(JPEG);
    expect(context.stderr.text).toMatch(/^AtlasImage 100883869\n {2}size {4}969 × 489 pixels, 23 bytes\n/);
    expect(readdirSync(cwd)).toEqual([]);
  });

  test("--out - refuses a terminal", async () => {
    const context = online({ terminal: {} });
    expect(await runProgram([...PLATE, "--out", "-"], context)).toBe(2);
    expect(context.stderr.text).toBe(
      "error: Cannot write a picture's bytes to a terminal; pipe them into a program, or give a file\n",
    );
  });

  test("--out takes a folder", async () => {
    const context = online();
    expect(await runProgram([...PLATE, "--out", cwd], context)).toBe(0);
    expect(readdirSync(cwd)).toEqual(["atlas-image-100883869-ds4-annotation.jpg"]);
  });

  test("--out makes a folder of what ends with a slash", async () => {
    expect(await runProgram([...PLATE, "--out", "plates/"], online())).toBe(0);
    expect(readdirSync(join(cwd, "plates"))).toEqual(["atlas-image-100883869-ds4-annotation.jpg"]);
  });

  test.each(["missing/plate.jpg", "missing/plates/"])("--out %s fails before anything is sent", async (out) => {
    const context = createFakeContext({ cwd });
    expect(await runProgram([...PLATE, "--out", out], context)).toBe(1);
    expect(context.stderr.text).toBe('error: Cannot write to "missing": there is no such folder; create it first\n');
  });

  test("--out replaces a file, and what a link leads to", async () => {
    writeFileSync(join(cwd, "real.jpg"), "old");
    symlinkSync("real.jpg", join(cwd, "link.jpg"));
    expect(await runProgram([...PLATE, "--out", "link.jpg"], online())).toBe(0);
    expect(readFileSync(join(cwd, "real.jpg"))).toEqual(JPEG);
    expect(readdirSync(cwd).sort()).toEqual(["link.jpg", "real.jpg"]);
  });

  test("--out writes to what is no ordinary file, and does not replace it", async () => {
    symlinkSync("/dev/null", join(cwd, "null.jpg"));
    expect(await runProgram([...PLATE, "--out", "null.jpg"], online())).toBe(0);
    expect(lstatSync(join(cwd, "null.jpg")).isSymbolicLink()).toBe(true);
    expect(readdirSync(cwd)).toEqual(["null.jpg"]);
  });

  test("--open opens the file, and only notes that it could not", async () => {
    const opened: string[] = [];
    const open = async (path: string): Promise<void> => void opened.push(path);
    expect(await runProgram([...PLATE, "--open"], online({ load: { open } }))).toBe(0);
    expect(opened).toEqual([join(cwd, "atlas-image-100883869-ds4-annotation.jpg")]);

    const context = online();
    expect(await runProgram([...PLATE, "--open"], context)).toBe(0);
    expect(context.stderr.text).toBe(
      'note: "atlas-image-100883869-ds4-annotation.jpg" is not opened: this test opens nothing\n',
    );
  });
});

describe("image refuses", () => {
  test.each(["1e9", "0x10", "1.5", ""])("the id %j with the rule", async (id) => {
    const context = createFakeContext({ cwd });
    expect(await runProgram(["image", id], context)).toBe(2);
    expect(context.stderr.text).toBe(
      `error: Cannot use id "${id}"; give a whole number of at most 15 decimal digits, such as 100883869\n`,
    );
  });

  test.each([
    [["--quality", "101"], "error: Cannot use quality 101; give a whole number from 0 to 100\n"],
    [["--width", "0"], /^error: Cannot use width 0; give a whole number from 1 to \d+\n$/],
    [
      ["--colormap", "jte", "--service", "section"],
      /^error: Cannot use colormap "jte"; give a number from 0 to 11, one of gray, /,
    ],
    [
      ["--expression"],
      "error: Cannot use --expression with --service atlas; give --service section or projection or any\n",
    ],
    [
      ["--service", "atals"],
      'error: Cannot use --service "atals"; give one of atlas, section, projection, any\nhint: did you mean atlas?\n',
    ],
    [["--timeout", "0"], 'error: Cannot use --timeout "0"; give a number of seconds above 0, such as 60\n'],
    [["--retries", "-1"], "error: Cannot use retries -1; give a whole number of 0 or more\n"],
    [
      ["--api", "smaple"],
      'error: Cannot use --api "smaple"; give a URL that starts with http:// or https://, or sample\nhint: did you mean sample?\n',
    ],
    [
      ["--api", "localhost:8080"],
      'error: Cannot use --api "localhost:8080"; give a URL that starts with http:// or https://, or sample\nhint: did you mean http://localhost:8080?\n',
    ],
    [["--api", "ftp://x"], /^error: Cannot use address "ftp:\/\/x"/],
    [
      ["--anotation"],
      "error: unknown option '--anotation'\n(Did you mean --annotation?)\nhint: \"brainatlas image --help\" says more\n",
    ],
    [["--out", "--json"], 'error: Cannot use --out "--json"; give a value after it\n'],
    [["--out", "-", "--json"], "error: Cannot print bytes and JSON on the same standard output; give --out a file\n"],
    [["--out", "-", "--open"], "error: Cannot open what goes to standard output; give --out a file\n"],
    [
      ["2"],
      "error: too many arguments for 'image'. Expected 1 argument but got 2.\nhint: \"brainatlas image --help\" says more\n",
    ],
  ])("%j", async (args, message) => {
    const context = createFakeContext({ cwd });
    expect(await runProgram(["image", "1", ...args], context)).toBe(2);
    expect(context.stderr.text).toEqual(typeof message === "string" ? message : expect.stringMatching(message));
    expect(context.stdout.text).toBe("");
  });
});

describe("image fails", () => {
  test("for a negative id with the service's 404", async () => {
    const context = online();
    expect(await runProgram(["image", "-1"], context)).toBe(1);
    expect(context.stderr.text).toBe(
      'error: Cannot GET https://api.brain-map.org/api/v2/atlas_image_download/-1: the server answered 404 Not Found, saying "no such image"; check the id and the service\n',
    );
  });

  test("with a way to go on when the API cannot be reached", async () => {
    const context = createFakeContext({ cwd });
    expect(await runProgram([...PLATE, "--retries", "0"], context)).toBe(1);
    expect(context.stderr.text).toMatch(/^error: Cannot GET https:.* no answer arrived \(this test sends nothing\); /);
    expect(context.stderr.text).toMatch(/\nhint: go on offline with "--api sample"/);
    expect(context.stderr.text).not.toContain(".ts:");
  });

  test("with --verbose and the stack", async () => {
    const context = createFakeContext({ cwd });
    expect(await runProgram([...PLATE, "--retries", "0", "--verbose"], context)).toBe(1);
    expect(context.stderr.text).toMatch(/ConnectionError.*\n +at /);
  });

  test("in its own words when the time is up", async () => {
    const context = createFakeContext({ cwd, fetch: () => new Promise(() => {}) });
    expect(await runProgram([...PLATE, "--retries", "0", "--timeout", "0.01"], context)).toBe(1);
    expect(context.stderr.text).toMatch(
      /no complete answer within 0\.01 s; give more time with --timeout, or ask for less\nhint: /,
    );
  });

  test("and says nothing when it is interrupted", async () => {
    const context = createFakeContext({ cwd, fetch: () => new Promise(() => {}) });
    const code = runProgram(PLATE, context);
    context.interrupt("SIGINT");
    expect(await code).toBe(130);
    expect(context.stderr.text).toBe("");
    expect(readdirSync(cwd)).toEqual([]);
  });

  test("only when the reader gives up, who is told that it takes long", async () => {
    vi.useFakeTimers();
    const context = createFakeContext({ cwd, fetch: () => new Promise(() => {}), terminal: {} });
    const code = runProgram(PLATE, context);
    await vi.waitFor(() => expect(vi.getTimerCount()).toBeGreaterThan(0));
    await vi.advanceTimersByTimeAsync(3000);
    context.interrupt("SIGINT");
    expect(await code).toBe(130);
    expect(context.stderr.text).toBe("note: waiting for https://api.brain-map.org; Ctrl-C gives up\n");
    vi.useRealTimers();
  });

  test("for a page in place of a picture, and leaves no file", async () => {
    const page = new Response("<h1>Maintenance</h1>", { headers: { "content-type": "text/html" } });
    const context = createFakeContext({ cwd, fetch: async () => page });
    expect(await runProgram(PLATE, context)).toBe(1);
    expect(context.stderr.text).toContain("content-type holds text/html; expected image/jpeg");
    expect(readdirSync(cwd)).toEqual([]);
  });
});

/** Text with its escape characters spelled out. */
const readable = (text: string): string => text.replaceAll("\u001b", "ESC");

describe("image shows", () => {
  const TERMINAL = { columns: 80, rows: 24 };
  const decodable = async (): Promise<Buffer<ArrayBuffer>> =>
    Buffer.from(
      await sharp({ create: { width: 40, height: 20, channels: 3, background: "#804020" } })
        .jpeg()
        .toBuffer(),
    );

  test("the picture above the facts on a terminal", async () => {
    const context = online({
      fetch: pictureService(await decodable()),
      terminal: TERMINAL,
      env: { TERM: "xterm-256color", COLORTERM: "truecolor" },
    });
    expect(await runProgram(PLATE, context)).toBe(0);
    const lines = readable(context.stdout.text).split("\n");
    expect(lines[0]).toMatch(/^ESC\[38;2;\d+;\d+;\d+;48;2;\d+;\d+;\d+m▀/);
    expect(lines[0]?.match(/▀/g)).toHaveLength(40);
    expect(lines[10]).toBe("AtlasImage 100883869");
  });

  test.each([
    ["kitty", /^ESC_Ga=T,f=100,q=2,c=4,r=1,m=0;iVBORw0KGgo/],
    ["iterm", /^ESC\]1337;File=inline=1;size=\d+;width=4;height=1;preserveAspectRatio=1:\/9j\//],
    ["sixel", /^ESCP0;1;q"1;1;40;20/],
  ])("it as %s when asked to", async (mode, start) => {
    const context = online({ fetch: pictureService(await decodable()), terminal: TERMINAL });
    expect(await runProgram([...PLATE, "--show", mode], context)).toBe(0);
    expect(readable(context.stdout.text)).toMatch(start);
  });

  test("nothing in a pipe", async () => {
    const context = online({ env: { TERM: "xterm-kitty" } });
    expect(await runProgram([...PLATE, "--show", "kitty"], context)).toBe(0);
    expect(context.stdout.text).toMatch(/^AtlasImage 100883869/);
    expect(context.stderr.text).toBe("note: the picture is not shown: standard output is not a terminal\n");
  });

  test("a note where it cannot be decoded; the download holds", async () => {
    const context = online({ terminal: TERMINAL, env: { TERM: "xterm" } });
    expect(await runProgram(PLATE, context)).toBe(0);
    expect(context.stderr.text).toMatch(/^note: the picture is not shown: Cannot decode the picture/);
    expect(readdirSync(cwd)).toHaveLength(1);
  });
});

test("image says what the mirror did not apply", async () => {
  const fetch = pictureService(JPEG, { "x-brainatlas-ignored": "colormap" });
  const context = online({ fetch });
  expect(await runProgram(["image", "5", "--service", "section", "--colormap", "jet"], context)).toBe(0);
  expect(context.stderr.text).toBe("note: the mirror does not apply colormap; the picture is without\n");
});

test("image sends its requests to the sample in this process with --api sample, or with BRAINATLAS_API", async () => {
  const mirror = async (): Promise<never> =>
    // Only what the command takes of the package.
    ({
      SAMPLE_BASE_URL: "http://sample.invalid",
      sampleStore: () => ({}),
      createMirror: () => ({ fetch: pictureService(JPEG, { "x-brainatlas-atlas": "synthetic" }) }),
    }) as never;
  for (const [args, env] of [
    [["--api", "sample"], {}],
    [[], { BRAINATLAS_API: "sample" }],
  ] as const) {
    const context = createFakeContext({ cwd, load: { mirror }, env });
    expect(await runProgram([...PLATE, ...args], context)).toBe(0);
    expect(context.stdout.text).toContain("  url     http://sample.invalid/cgi-bin/imageservice?mime=1\n");
    expect(context.stdout.text).toContain("  credit  synthetic sample, not data of the Allen Institute\n");
  }
});
