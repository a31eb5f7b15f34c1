import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { createFakeContext } from "./fake-context.test-kit.ts";
import { runProgram } from "./program.ts";

async function textOf(...args: string[]): Promise<string> {
  const context = createFakeContext();
  expect(await runProgram(args, context)).toBe(0);
  expect(context.stderr.text).toBe("");
  return context.stdout.text;
}

test("--version is the package's", async () => {
  const { version } = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8"));
  expect(await textOf("--version")).toBe(`${version}\n`);
});

test("help of a command is the same both ways", async () => {
  expect(await textOf("help", "image")).toBe(await textOf("image", "--help"));
  expect(await textOf("help", "store", "import")).toBe(await textOf("store", "import", "--help"));
  expect(await textOf("help")).toBe(await textOf("--help"));
});

test("no command is wrong usage, and shows the help", async () => {
  const context = createFakeContext();
  expect(await runProgram([], context)).toBe(2);
  expect(context.stdout.text).toBe("");
  expect(context.stderr.text).toContain("Usage: brainatlas <command> [options]");
});

test.each([
  [["imgae"], "error: unknown command 'imgae'\n(Did you mean image?)\n"],
  [["imgae", "--help"], "error: unknown command 'imgae'\n(Did you mean image?)\n"],
  [["help", "imgae"], "error: unknown command 'imgae'\n(Did you mean image?)\n"],
  [["--verison"], "error: unknown option '--verison'\n(Did you mean --version?)\n"],
  [["image"], "error: missing required argument 'id'\nhint: \"brainatlas image --help\" says more\n"],
  [
    ["image", "1", "--downsample"],
    "error: option '--downsample <n>' argument missing\nhint: \"brainatlas image --help\" says more\n",
  ],
])("%j is wrong usage", async (args, message) => {
  const context = createFakeContext();
  expect(await runProgram(args, context)).toBe(2);
  expect(context.stderr.text).toBe(message);
});

test("nobody sees a stack trace unless they ask", async () => {
  const load = { sdk: () => Promise.reject(new TypeError("x is not a function")) };
  const plain = createFakeContext({ load });
  expect(await runProgram(["image", "1"], plain)).toBe(1);
  expect(plain.stderr.text).toBe("error: x is not a function\n");
  const debug = createFakeContext({ load, env: { DEBUG: "1" } });
  expect(await runProgram(["image", "1"], debug)).toBe(1);
  expect(debug.stderr.text).toMatch(/^error: x is not a function\nTypeError: x is not a function\n +at /);
});

describe("help of", () => {
  test("brainatlas", async () => {
    expect(await textOf("--help")).toMatchInlineSnapshot(`
      "Usage: brainatlas <command> [options]

      The Allen Brain Atlas on the command line: fetch plates, serve them offline.

      Options:
        -V, --version   print the version
        -h, --help      print this text

      Commands:
        image           download a picture
        serve           serve a mirror of the API, offline
        store           fill and show the store of a mirror
        doctor          check what the program needs
        help [command]  print the help of a command

      Examples:
        $ brainatlas image 100883869 --downsample 4 --annotation
        $ brainatlas image 100883869 --downsample 4 --api sample
        $ brainatlas serve --sample
        $ brainatlas help image

      Results are on standard output, notes and errors on standard error. Exit codes:
      0 done, 1 failed, 2 wrong usage, 130 interrupted. $BRAINATLAS_API and
      $BRAINATLAS_STORE replace the defaults of --api and --store, $NO_COLOR is obeyed,
      $DEBUG prints stack traces.

      Data of the Allen Brain Atlas belong to the Allen Institute for Brain Science
      and are under its Terms of Use, alleninstitute.org/legal/terms-use. This program
      is independent work.
      "
    `);
  });
  test("image", async () => {
    expect(await textOf("image", "--help")).toMatchInlineSnapshot(`
      "Usage: brainatlas image [options] <id>

      Downloads a picture: a plate of an atlas, or a section of an experiment.

      Arguments:
        id                          id of the image, a whole number

      Picture:
        --service <name>            whose id it is: atlas, section, projection, any (default: atlas)
        --downsample <n>            halvings of both dimensions, 0 to 30 (default: 0)
        --quality <n>               JPEG quality, 0 to 100 (default: the service's)

      Region (default: the whole picture):
        --left <px>                 left edge, full-resolution pixels of the file
        --top <px>                  upper edge, full-resolution pixels of the file
        --width <px>                width of the result in pixels, from 1
        --height <px>               height of the result in pixels, from 1

      Rendering, --service atlas:
        --annotation                the drawn and coloured plate, not the bare stain
        --no-annotation             ask for the bare stain in so many words
        --atlas <id>                id of the atlas whose drawing is meant

      Rendering, --service section, projection or any:
        --view <name>               an alternate rendering: expression, projection,
                                    tumor_feature_annotation, tumor_feature_boundary
        --expression                the expression mask
        --projection                the projection mask (not with --service section)
        --tumor-feature-annotation  the tumor feature overlay (--service any only)
        --tumor-feature-boundary    outlines of tumor features (--service any only)
        --range <a,b,c,d,e,f>       low and high of red, green and blue, 0 to 4095
        --colormap <map>            false colour of a mask: NAME, NUMBER (0 to 11) or either with
                                    :THRESHOLD (0 to 255)
        --rgb <r,g,b>               gain of red, green and blue, each 0 to 1
        --contrast <gain,bias>      gain and bias, each 0 to 1
        --downsample-dimensions     reduce a given --width and --height by --downsample as well

      Output:
        -o, --out <file>            file or folder; - for the bytes on standard output (default: a name
                                    made of the parameters)
        --open                      open the file in your viewer
        --show <how>                show the picture in the terminal: auto, kitty, iterm, sixel, blocks,
                                    none (default: auto)
        --dry-run                   print the URL and send nothing
        --json                      print one JSON object

      Connection:
        --api <url|sample>          who answers: a URL, or the built-in synthetic atlas (default:
                                    $BRAINATLAS_API, else https://api.brain-map.org)
        --timeout <seconds>         limit of one attempt (default: 60)
        --retries <n>               how often to try again after a failure that may pass (default: 3)

      General:
        --verbose                   report each step, and print stack traces
        -h, --help                  print this text

      Colour maps: gray, hotmetal, jet, redtemp, expression, red, blue, green, aba,
      aibsmap_alt, colormap, projection, which are the numbers 0 to 11.

      Examples:
        $ brainatlas image 100883869 --downsample 4 --annotation
            a coloured plate, as atlas-image-100883869-ds4-annotation.jpg
        $ brainatlas image 100883869 --downsample 4 --api sample
            the same plate, bare, offline from a synthetic atlas
        $ brainatlas image 100883869 --left 3008 --top 30592 --width 400 --height 300
            a part of the stored file at full resolution
        $ brainatlas image 69750516 --service section --expression --out mask.jpg
            the expression mask of a section, under a name of your own
        $ brainatlas image 100883869 --downsample 6 --out - | magick - plate.png
            the bytes alone, for another program
        $ brainatlas image 100883869 --downsample 4 --dry-run
            the URL alone; nothing is sent

      A file of the same name is replaced, in one step, when the new one is complete.
      An id may be negative; the service answers that with 404.
      "
    `);
  });
  test("serve", async () => {
    expect(await textOf("serve", "--help")).toMatchInlineSnapshot(`
      "Usage: brainatlas serve [options]

      Serves a mirror of the API on a port, offline.

      What to serve:
        --store <folder>  folder of the store (default: $BRAINATLAS_STORE, else your account's)
        --sample          the built-in synthetic atlas instead of a store

      Where:
        --port <n>        port, 0 to 65535; 0 for any free one (default: 8080)
        --host <address>  interface; 0.0.0.0 lets other machines in (default: 127.0.0.1)

      General:
        --verbose         report each step, and print stack traces
        -h, --help        print this text

      Examples:
        $ brainatlas serve --sample
            the synthetic atlas, on http://127.0.0.1:8080
        $ brainatlas serve --store plates --port 0
            a folder filled by "brainatlas store import", on any free port
        $ brainatlas image 100883869 --downsample 4 --api http://127.0.0.1:8080
            a picture from it, in another terminal

      It answers the paths of api.brain-map.org: programs made for that need only
      another host. It makes no request of its own, and only reads. Ctrl-C stops it.
      "
    `);
  });
  test("store", async () => {
    expect(await textOf("store", "--help")).toMatchInlineSnapshot(`
      "Usage: brainatlas store [options] [command]

      Fills and shows a store: a folder that "brainatlas serve" answers from.

      Options:
        -h, --help                   print this text

      Commands:
        import [options] <files...>  put files into a store
        list [options]               list what a store holds
        info [options]               say where a store is and how much it holds
        help [command]               print the help of a command

      Examples:
        $ brainatlas store import 100883869.tif
        $ brainatlas store list --kind picture
        $ brainatlas store info --json
        $ brainatlas help store import
      "
    `);
  });
  test("store import", async () => {
    expect(await textOf("store", "import", "--help")).toMatchInlineSnapshot(`
      "Usage: brainatlas store import [options] <files...>

      Puts files into a store, which is made if there is none. A file that is bad does not stop the
      others.

      Arguments:
        files                pictures, drawings, recorded exchanges or records

      Store:
        --store <folder>     folder of the store (default: $BRAINATLAS_STORE, else your account's)

      What the files do not say of themselves:
        --id <n>             id of the image, from 1; for one file
        --model <name>       class of the image: AtlasImage, SectionImage, SubImage (default: that of its
                             record, else AtlasImage)
        --downsample <n>     how often a picture's dimensions were halved, 0 to 16 (default: 0)
        --annotation         a picture is the drawn and coloured plate, not the bare stain
        --resolution <µm>    µm a full-resolution pixel, for a record made on the way
        --image-type <text>  kind of the coloured plate (default: Atlas - Adult Mouse)

      Output:
        --json               print one JSON object

      General:
        --verbose            report each step, and print stack traces
        -h, --help           print this text

      What a file is, its content says:
        picture    JPEG, PNG or TIFF. The digits that its name starts with are the id
                   of the image, unless --id says it.
        drawing    SVG, as the API serves it. Its coloured plate is drawn from it.
        exchange   JSON with request, final_url and body_file: answered again as it was recorded.
        records    JSON: rows of images, or an answer of the API that holds some.

      Examples:
        $ brainatlas store import 100883869.tif --resolution 1.047
        $ brainatlas store import plate.jpg --id 100883869 --downsample 4 --annotation
        $ brainatlas store import recordings/*.json --store plates
      "
    `);
  });
  test("store list", async () => {
    expect(await textOf("store", "list", "--help")).toMatchInlineSnapshot(`
      "Usage: brainatlas store list [options]

      Lists what a store holds.

      Store:
        --store <folder>  folder of the store (default: $BRAINATLAS_STORE, else your account's)
        --kind <kind>     only entries of this kind: record, picture, drawing, answer

      Output:
        --json            print one JSON array

      General:
        --verbose         report each step, and print stack traces
        -h, --help        print this text
      "
    `);
  });
  test("store info", async () => {
    expect(await textOf("store", "info", "--help")).toMatchInlineSnapshot(`
      "Usage: brainatlas store info [options]

      Says where a store is and how much it holds.

      Store:
        --store <folder>  folder of the store (default: $BRAINATLAS_STORE, else your account's)

      Output:
        --json            print one JSON object

      General:
        --verbose         report each step, and print stack traces
        -h, --help        print this text
      "
    `);
  });
  test("doctor", async () => {
    expect(await textOf("doctor", "--help")).toMatchInlineSnapshot(`
      "Usage: brainatlas doctor [options]

      Checks what the program needs: runtime, picture decoder, API, store and terminal.

      Store:
        --store <folder>     folder of the store (default: $BRAINATLAS_STORE, else your account's)

      Output:
        --json               print one JSON object

      Connection:
        --api <url|sample>   who answers: a URL, or the built-in synthetic atlas (default:
                             $BRAINATLAS_API, else https://api.brain-map.org)
        --timeout <seconds>  limit of one attempt (default: 10)
        --retries <n>        how often to try again after a failure that may pass (default: 0)

      General:
        --verbose            report each step, and print stack traces
        -h, --help           print this text

      Each line is ok, warn or fail. The exit code is 1 if one is fail: something that
      is needed, or that --api or --store names, does not work. An API that is not
      named and does not answer is a warning.

      Examples:
        $ brainatlas doctor
        $ brainatlas doctor --api sample --json
      "
    `);
  });
});
