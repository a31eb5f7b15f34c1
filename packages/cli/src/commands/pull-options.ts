import type { Command } from "commander";
import { anyText, countFromOne, oneOf, wholeNumber } from "../option-values.ts";
import type { PullRequest } from "../pull/pull-request.ts";
import { addConnectionOptions, addGeneralOptions, STORE_FLAG, STORE_TEXT } from "./shared-options.ts";

/** Runs a pull of a subcommand. */
export type RunRequest = (given: Command, request: PullRequest) => Promise<void>;

/** Limits of a file's requests. */
const LIMITS = { timeoutS: 60, retries: 5 };

/** Adds the options of pictures. */
export function addPictureOptions(command: Command): void {
  command
    .optionsGroup("Pictures:")
    .option(
      "--downsample <n>",
      "the finest tier that is taken, 0 to 16; tier n is the picture halved n times (default: 0, the full resolution)",
      wholeNumber("--downsample", 2),
    )
    .option("--quality <n>", "JPEG quality, 0 to 100 (default: the service's)", wholeNumber("--quality", 80));
}

/** Adds what a `pull` takes that downloads files; to be called last. */
export function addPullOptions(command: Command): void {
  addTargetOptions(command);
  command
    .option("--refresh", "fetch again what the store holds; with --to, replace pictures of another tier or quality")
    .optionsGroup("How:")
    .option("--dry-run", "say what there is, and stop")
    .option(
      "--concurrency <n>",
      "most connections at once, 1 to 64; it begins with few (default: 8; the institute's service 6)",
      wholeNumber("--concurrency", 4),
    )
    .option(
      "--pipelining <n>",
      "requests that a connection carries at once, 1 to 16 (default: 2; the institute's service 1)",
      wholeNumber("--pipelining", 1),
    )
    .option(
      "--verify <how>",
      "how what is there is looked at, in a store too: hash or size (default: hash)",
      oneOf("--verify", ["hash", "size"] as const),
    );
  addOutputOptions(command);
}

/** Adds what a `pull` takes that brings rows alone; to be called last. */
export function addRecordOptions(command: Command): void {
  addTargetOptions(command);
  command.optionsGroup("How:").option("--dry-run", "say what there is, and stop");
  addOutputOptions(command);
}

function addTargetOptions(command: Command): void {
  command
    .optionsGroup("Where to:")
    .option(STORE_FLAG, STORE_TEXT, anyText("--store"))
    .option("--to <folder>", "plain files in this folder, in place of a store", anyText("--to"));
}

function addOutputOptions(command: Command): void {
  command.optionsGroup("Output:").option("--json", "print what happens as lines of JSON");
  addConnectionOptions(command, LIMITS);
  addGeneralOptions(command);
}

/** Reads ids, each once. */
export function readIds(texts: readonly string[], example: number): number[] {
  return [...new Set(texts.map(countFromOne("id", example)))];
}
