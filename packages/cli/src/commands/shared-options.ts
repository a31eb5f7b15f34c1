import type { Command } from "commander";
import { anyText, positiveNumber, wholeNumber } from "../option-values.ts";

/** The option that names a store, as every command has it. */
export const STORE_FLAG = "--store <folder>";
export const STORE_TEXT = "folder of the store (default: $BRAINATLAS_STORE, else your account's)";

/** Limits of a request that a command applies when none are given. */
export interface LimitDefaults {
  readonly timeoutS: number;
  readonly retries: number;
}

/** The SDK's own. */
const SDK_LIMITS: LimitDefaults = { timeoutS: 60, retries: 3 };
/** A service that takes longer is as good as down, and is not asked twice. */
export const DOCTOR_LIMITS: LimitDefaults = { timeoutS: 10, retries: 0 };

/** Adds what every command takes that talks to the API. */
export function addConnectionOptions(command: Command, { timeoutS, retries }: LimitDefaults = SDK_LIMITS): void {
  command
    .optionsGroup("Connection:")
    .option(
      "--api <url|sample>",
      "who answers: a URL, or the built-in synthetic atlas (default: $BRAINATLAS_API, else https://api.brain-map.org)",
      anyText("--api"),
    )
    .option(
      "--timeout <seconds>",
      `limit of one attempt (default: ${timeoutS})`,
      positiveNumber("--timeout", 60, "seconds"),
    )
    .option(
      "--retries <n>",
      `how often to try again after a failure that may pass (default: ${retries})`,
      wholeNumber("--retries", 3),
    );
}

/** Adds what every command takes; to be called last. */
export function addGeneralOptions(command: Command): void {
  hintAtHelp(command);
  command
    .optionsGroup("General:")
    .option("--verbose", "report each step, and print stack traces")
    .helpOption("-h, --help", "print this text");
}

/** Names the command's help below an error about its usage. */
export function hintAtHelp(command: Command): void {
  const names: string[] = [];
  for (let each: Command | null = command; each !== null; each = each.parent) names.unshift(each.name());
  command.showHelpAfterError(`hint: "${names.join(" ")} --help" says more`);
}
