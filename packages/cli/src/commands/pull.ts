import type { Command } from "commander";
import type { Context } from "../context.ts";
import { UsageError } from "../errors.ts";
import { nearest } from "../nearest.ts";
import { anyText } from "../option-values.ts";
import type { PullOptions } from "../pull/pull-options.ts";
import { defineFile, defineGrid, defineOntology, defineRma, defineVolume } from "./pull-files.ts";
import { defineAtlas, defineDataSet, defineDrawings } from "./pull-images.ts";
import { addPictureOptions, addPullOptions, type RunRequest } from "./pull-options.ts";
import type { PullVerifyOptions } from "./pull-verify-run.ts";
import { addGeneralOptions } from "./shared-options.ts";

const EXAMPLES = `
A store is what "brainatlas serve" answers from, without a network: it takes pictures at
all tiers, and cuts them to any region. A folder takes plain files, one JPEG a picture,
with the rows as records/atlas-1/*.json and .csv, and a manifest of all files and their
hashes; several pulls may go into one folder, but not the same pictures at two tiers.

What is there is not fetched again: run the same command again after an interruption,
a failure, or a year. A file has its name only when it is complete and checked. One that
fails, or an id that is unknown, does not stop the others; it is named, and the exit code
is 1. A store has the working files of a pull in its folder pulls/ until all has come;
those of pulls that were given up go with "brainatlas store prune --pulls".

A list of images has one a line, by its id or its URL, or is a table (csv or tsv) with the
columns id, and service and view if need be. Lines that begin with # are left out.

Examples:
  $ brainatlas pull atlas 1 --dry-run
      how many plates, drawings, rows and bytes the adult mouse atlas has
  $ brainatlas pull atlas 1
      all of it into your account's store; then "brainatlas serve"
  $ brainatlas pull atlas "Mouse, P56, Sagittal" --downsample 3 --to sagittal
  $ brainatlas pull dataset 69782969 --expression
  $ brainatlas pull --images-list images.txt --to images
  $ brainatlas pull verify sagittal`;

/** Adds to the command what it takes and does. */
export function define(command: Command, context: Context, finish: (code: number) => void): void {
  command
    .usage("<what> [options]\n       brainatlas pull --images-list <file> [options]")
    .description("Downloads a whole atlas, experiment, ontology or volume, into a store or a folder.")
    .optionsGroup("Which:")
    .option("--images-list <file>", "the images that a file names; - reads standard input", anyText("--images-list"))
    .argument("[what...]");
  addPictureOptions(command);
  addPullOptions(command);
  command.addHelpText("after", EXAMPLES);
  const pull: RunRequest = async (given, request) => {
    const { runPull } = await import("../pull/run-pull.ts");
    finish(await runPull(context, request, optionsOf(command, given)));
  };
  command.action(async ([what]: readonly string[]) => {
    const { imagesList, ...options } = command.opts<PullOptions & { imagesList?: string }>();
    if (what !== undefined) throw unknownWhat(what, command);
    if (imagesList === undefined) {
      throw new UsageError("Cannot tell what is to be pulled; give it, such as: brainatlas pull atlas 1", {
        hint: '"brainatlas pull --help" says more',
      });
    }
    const { runPull } = await import("../pull/run-pull.ts");
    finish(await runPull(context, { what: "images", file: imagesList }, options));
  });
  defineAtlas(command.command("atlas"), pull);
  defineDataSet(command.command("dataset"), pull);
  defineOntology(command.command("ontology"), pull);
  defineDrawings(command.command("svg"), pull);
  defineGrid(command.command("grid"), pull);
  defineVolume(command.command("volume"), pull);
  defineFile(command.command("file"), pull);
  defineRma(command.command("rma"), pull);
  defineVerify(command.command("verify"), context, finish);
}

/** Options that stand before the name of what is pulled count too. */
function optionsOf(command: Command, given: Command): PullOptions {
  const { imagesList, ...before } = command.opts<PullOptions & { imagesList?: string }>();
  if (imagesList !== undefined) {
    throw new UsageError(`Cannot pull a list of images and ${given.name()} at once; give one of them`);
  }
  const known = new Set(given.options.map(({ long }) => long));
  const idle = command.options.find((option) => option.attributeName() in before && !known.has(option.long));
  if (idle !== undefined) throw new UsageError(`Cannot use ${idle.long} with ${given.name()}; leave it out`);
  return { ...before, ...given.opts<PullOptions>() };
}

function unknownWhat(what: string, command: Command): UsageError {
  const names = command.commands.map((each) => each.name());
  const meant = nearest(what, names);
  return new UsageError(`Cannot pull ${JSON.stringify(what)}; give one of ${names.join(", ")}, or --images-list`, {
    hint: meant === undefined ? undefined : `did you mean ${meant}?`,
  });
}

function defineVerify(command: Command, context: Context, finish: (code: number) => void): void {
  command
    .argument("<folder>", "folder that was pulled into with --to", anyText("folder"))
    .summary("check the files of a folder, without a network")
    .description("Checks the files of a folder against the manifest that a pull has left there, without a network.")
    .optionsGroup("Output:")
    .option("--json", "print one JSON object")
    .addHelpText("after", "\nOf a store: brainatlas store verify.\n\nExample:\n  $ brainatlas pull verify sagittal");
  addGeneralOptions(command);
  command.action(async (folder: string) => {
    const { run } = await import("./pull-verify-run.ts");
    finish(await run(context, { ...command.opts<Omit<PullVerifyOptions, "folder">>(), folder }));
  });
}
