import type { ImageService, ImageView } from "@brainatlas/sdk";
import type { Command } from "commander";
import type { Context } from "../context.ts";
import { anyText, colormapValue, numberList, oneOf, wholeNumber } from "../option-values.ts";
import { SHOW_MODES } from "../output/graphics.ts";
import type { ImageOptions } from "./image-request.ts";
import { addConnectionOptions, addGeneralOptions } from "./shared-options.ts";

// Here as well as in the SDK, which help is not to load; both by its types.
const SERVICES: readonly ImageService[] = ["atlas", "section", "projection", "any"];
const VIEWS: readonly ImageView[] = ["expression", "projection", "tumor_feature_annotation", "tumor_feature_boundary"];

const EXAMPLES = `
Colour maps: gray, hotmetal, jet, redtemp, expression, red, blue, green, aba,
aibsmap_alt, colormap, projection, which are the numbers 0 to 11.

Examples:
  $ brainatlas image 100883869 --downsample 4 --annotation
      a coloured plate, as atlas-image-100883869-ds4-annotation.jpg
  $ brainatlas image 100883869 --downsample 4 --api sample
      the same plate, bare, offline from a synthetic atlas
  $ brainatlas image 100883869 --left 3008 --top 30592 --width 400 --height 300
      a part of the stored file at full resolution
  $ brainatlas image 69750516 --service section --expression --downsample 4 --out mask.jpg
      the expression mask of a section, under a name of your own
  $ brainatlas image 100883869 --downsample 6 --out - | magick - plate.png
      the bytes alone, for another program
  $ brainatlas image 100883869 --in-regions 4096 --out plate.tif
      the whole plate at full resolution, in parts that a server gives readily
  $ brainatlas image 100883869 --downsample 4 --dry-run
      the URL alone; nothing is sent

A file of the same name is replaced, in one step, when the new one is complete.
What is joined of regions is kept without loss in .tif and .png, and encoded again in
.jpg. Meanwhile it takes three bytes a pixel on the disk, in the folder of the file.
An id may be negative; the service answers that with 404.`;

/** Adds to the command what it takes and does. */
export function define(command: Command, context: Context, finish: (code: number) => void): void {
  command
    .argument("<id>", "id of the image, a whole number", wholeNumber("id", 100883869))
    .description("Downloads a picture: a plate of an atlas, or a section of an experiment.")
    .optionsGroup("Picture:")
    .option("--service <name>", `whose id it is: ${SERVICES.join(", ")} (default: atlas)`, oneOf("--service", SERVICES))
    .option("--downsample <n>", "halvings of both dimensions, 0 to 30 (default: 0)", wholeNumber("--downsample", 4))
    .option("--quality <n>", "JPEG quality, 0 to 100 (default: the service's)", wholeNumber("--quality", 80))
    .optionsGroup("Region (default: the whole picture):")
    .option("--left <px>", "left edge, full-resolution pixels of the file", wholeNumber("--left", 3008))
    .option("--top <px>", "upper edge, full-resolution pixels of the file", wholeNumber("--top", 30592))
    .option("--width <px>", "width of the result in pixels, from 1", wholeNumber("--width", 400))
    .option("--height <px>", "height of the result in pixels, from 1", wholeNumber("--height", 300))
    .optionsGroup("Rendering, --service atlas:")
    .option("--annotation", "the drawn and coloured plate, not the bare stain")
    .option("--no-annotation", "ask for the bare stain in so many words")
    .option("--atlas <id>", "id of the atlas whose drawing is meant", wholeNumber("--atlas", 1))
    .optionsGroup("Rendering, --service section, projection or any:")
    .option("--view <name>", `an alternate rendering: ${VIEWS.join(", ")}`, oneOf("--view", VIEWS))
    .option("--expression", "the expression mask")
    .option("--projection", "the projection mask (not with --service section)")
    .option("--tumor-feature-annotation", "the tumor feature overlay (--service any only)")
    .option("--tumor-feature-boundary", "outlines of tumor features (--service any only)")
    .option(
      "--range <a,b,c,d,e,f>",
      "low and high of red, green and blue, 0 to 4095",
      numberList("--range", 6, "0,932,0,1279,0,4095"),
    )
    .option(
      "--colormap <map>",
      "false colour of a mask: NAME, NUMBER (0 to 11) or either with :THRESHOLD (0 to 255)",
      colormapValue("--colormap"),
    )
    .option("--rgb <r,g,b>", "gain of red, green and blue, each 0 to 1", numberList("--rgb", 3, "1,0.5,0"))
    .option("--contrast <gain,bias>", "gain and bias, each 0 to 1", numberList("--contrast", 2, "0.5,0.5"))
    .option("--downsample-dimensions", "reduce a given --width and --height by --downsample as well")
    .optionsGroup("Output:")
    .option(
      "-o, --out <file>",
      "file or folder; - for the bytes on standard output (default: a name made of the parameters)",
      anyText("--out"),
    )
    .option(
      "--in-regions <px>",
      "fetch it in parts of this size, several at once, and join them: to a .tif, .png or .jpg (default: in one piece)",
      wholeNumber("--in-regions", 4096),
    )
    .option("--open", "open the file in your viewer")
    .option(
      "--show <how>",
      `show the picture in the terminal: ${SHOW_MODES.join(", ")} (default: auto)`,
      oneOf("--show", SHOW_MODES),
    )
    .option("--dry-run", "print the URL and send nothing")
    .option("--json", "print one JSON object")
    .addHelpText("after", EXAMPLES);
  addConnectionOptions(command);
  addGeneralOptions(command);
  command.action(async (id: number) => {
    const { run } = await import("./image-run.ts");
    finish(await run(context, { ...command.opts<Omit<ImageOptions, "id">>(), id }));
  });
}
