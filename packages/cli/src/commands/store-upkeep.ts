import type { Command } from "commander";
import type { Context } from "../context.ts";
import { ageValue, sizeValue } from "../option-quantities.ts";
import { anyText, countFromOne, oneOf } from "../option-values.ts";
import { addGeneralOptions, STORE_FLAG, STORE_TEXT } from "./shared-options.ts";
import type { StoreExportOptions } from "./store-export-run.ts";
import { KINDS } from "./store-kinds.ts";
import type { StorePruneOptions } from "./store-prune-run.ts";
import type { StoreStatsOptions } from "./store-stats-run.ts";
import type { StoreVerifyOptions } from "./store-verify-run.ts";

const VERIFY_NOTES = `
A body is the bytes of an entry: of a picture, a drawing, a file; equal ones are kept once.
Exit code 1 says that something is damaged; with --remove-damaged, that damage is left,
such as that of records. Leftovers do no harm. Others may use the store meanwhile.

Examples:
  $ brainatlas store verify
  $ brainatlas store verify --json | jq '.problems[].path'
  $ brainatlas store verify --remove-damaged && brainatlas pull atlas 1`;

const STATS_NOTES = `
A body is the bytes of an entry: of a picture, a drawing, a file. Equal ones are kept once,
so that entries may be larger together (SIZE) than they are on disk.`;

const EXPORT_NOTES = `
The file is a tar: "brainatlas store import" takes it on any machine and checks every
byte of it, and any program unpacks it to the folder of a store. The same content gives
the same bytes. Others may use the store meanwhile.

Examples:
  $ brainatlas store export atlas-1.tar --atlas 1
  $ brainatlas store export - | ssh server 'cat > store.tar'
  $ brainatlas store import store.tar`;

const PRUNE_NOTES = `
At least one criterion is needed; each narrows the others, so that --older-than 90d
--kind answer removes answers of 90 days ago and before. A store knows when something was
put, not when it was last asked for. With --max-size the oldest of the rest go first,
until the store fits. --atlas alone takes the records of its images as well; structures,
data sets and all else that atlases share stay. Files that belong to nothing go along an
hour after they were written. Others may use the store meanwhile: what they put stays.

Examples:
  $ brainatlas store prune --older-than 90d --dry-run
  $ brainatlas store prune --max-size 20GB
  $ brainatlas store prune --atlas 1 --kind picture`;

/** Adds the commands that look after a store. */
export function defineUpkeep(command: Command, context: Context, finish: (code: number) => void): void {
  defineVerify(command.command("verify"), context, finish);
  defineStats(command.command("stats"), context, finish);
  defineExport(command.command("export"), context, finish);
  definePrune(command.command("prune"), context, finish);
}

function defineVerify(command: Command, context: Context, finish: (code: number) => void): void {
  command
    .summary("check every stored byte against its hash")
    .description(
      "Checks a store: every byte against its hash, every entry, the tables of every picture, and the database of the records.",
    )
    .optionsGroup("Store:")
    .option(STORE_FLAG, STORE_TEXT, anyText("--store"))
    .optionsGroup("What to do:")
    .option("--full", "look at the tiles of pictures, too")
    .option("--remove-damaged", "remove what is damaged, so that a pull fetches it again; records stay")
    .optionsGroup("Output:")
    .option("--json", "print one JSON object")
    .addHelpText("after", VERIFY_NOTES);
  addGeneralOptions(command);
  command.action(async () => {
    const { run } = await import("./store-verify-run.ts");
    finish(await run(context, command.opts<StoreVerifyOptions>()));
  });
}

function defineStats(command: Command, context: Context, finish: (code: number) => void): void {
  command
    .summary("say what a store holds, by kind, atlas and data set")
    .description("Says what a store holds, by kind, atlas and data set: the long form of info.")
    .optionsGroup("Store:")
    .option(STORE_FLAG, STORE_TEXT, anyText("--store"))
    .optionsGroup("Output:")
    .option("--json", "print one JSON object")
    .addHelpText("after", STATS_NOTES);
  addGeneralOptions(command);
  command.action(async () => {
    const { run } = await import("./store-stats-run.ts");
    finish(await run(context, command.opts<StoreStatsOptions>()));
  });
}

function defineExport(command: Command, context: Context, finish: (code: number) => void): void {
  command
    .argument("<file>", "file that is written, or - for standard output")
    .summary("write a store as one file")
    .description("Writes a store, or a part of it, as one file that another machine imports.")
    .optionsGroup("Store:")
    .option(STORE_FLAG, STORE_TEXT, anyText("--store"))
    .optionsGroup("What to export:")
    .option(
      "--atlas <id>",
      "pictures, drawings and grids of this atlas, with all records; may be given again",
      gather(countFromOne("--atlas", 1)),
    )
    .option(
      "--kind <kind>",
      `entries of this kind: ${KINDS.join(", ")} or records; may be given again`,
      gather(oneOf("--kind", [...KINDS, "records"])),
    )
    .optionsGroup("Output:")
    .option("--force", "replace a file of that name")
    .option("--json", "print one JSON object")
    .addHelpText("after", EXPORT_NOTES);
  addGeneralOptions(command);
  command.action(async (file: string) => {
    const { run } = await import("./store-export-run.ts");
    finish(await run(context, { ...command.opts<Omit<StoreExportOptions, "file">>(), file }));
  });
}

function definePrune(command: Command, context: Context, finish: (code: number) => void): void {
  command
    .summary("remove what is old, too much, or no longer wanted")
    .description("Removes entries from a store. What goes is said first, and asked for in a terminal.")
    .optionsGroup("Store:")
    .option(STORE_FLAG, STORE_TEXT, anyText("--store"))
    .optionsGroup("What to remove:")
    .option("--older-than <age>", "entries that were put before: 12h, 90d, 8w", ageValue("--older-than"))
    .option("--max-size <size>", "the oldest, until the store has at most this: 500MB, 20GB", sizeValue("--max-size"))
    .option("--atlas <id>", "what belongs to this atlas; may be given again", gather(countFromOne("--atlas", 1)))
    .option(
      "--kind <kind>",
      `entries of this kind: ${KINDS.join(", ")}; may be given again`,
      gather(oneOf("--kind", KINDS)),
    )
    .option("--orphans", "only files that belong to nothing, unless there are other criteria")
    .option("--pulls", "only working files of pulls that broke off; those at work keep theirs")
    .option("--dry-run", "only list what would go")
    .option("--yes", "do not ask; without a terminal it never does")
    .optionsGroup("Output:")
    .option("--json", "print one JSON object")
    .addHelpText("after", PRUNE_NOTES);
  addGeneralOptions(command);
  command.action(async () => {
    const options = command.opts<StorePruneOptions>();
    const { run } = await (options.pulls === true
      ? import("./store-prune-pulls-run.ts")
      : import("./store-prune-run.ts"));
    finish(await run(context, options));
  });
}

/** Reads an option that may be given more than once. */
function gather<T>(read: (text: string) => T): (text: string, before: readonly T[] | undefined) => T[] {
  return (text, before = []) => [...before, read(text)];
}
