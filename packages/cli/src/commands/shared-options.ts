import type { Command } from "commander";
import { anyText, countFromOne, nameList, oneOf, positiveNumber, wholeNumber } from "../option-values.ts";
import { ROW_FORMATS } from "../output/row-printer.ts";

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

/** What differs between the commands that print rows. */
export interface RowOptionTexts {
  /** Fields for the help to name. */
  readonly fields: string;
  /** What `--limit` says; none for a command that has no such option. */
  readonly limit?: string;
  /** All formats of a command that has more. */
  readonly formats?: readonly string[];
  /** What `--format` is by default. */
  readonly defaultFormat?: string;
}

/** Adds what every command takes that prints rows. */
export function addRowOptions(command: Command, texts: RowOptionTexts): void {
  const { fields, limit, formats = ROW_FORMATS, defaultFormat = "table in a terminal, else tsv" } = texts;
  command
    .optionsGroup("Output:")
    .option("--format <name>", `${formats.join(", ")} (default: ${defaultFormat})`, oneOf("--format", formats))
    .option("--json", "the same as --format json")
    .option(
      "--fields <names>",
      `these fields alone, with dots into included rows, such as ${fields}`,
      nameList("--fields", fields),
    );
  if (limit !== undefined) command.option("--limit <n>", limit, countFromOne("--limit", 10));
}

/** What the help of such a command says of the formats. */
export const ROW_NOTES = `
Formats:
  table    for reading: fits the terminal, with six digits of a fraction; a list of
           rows is shown by its length
  tsv      a line of names, then one a row; tab, newline, return and backslash
           inside of a text are \\t, \\n, \\r and \\\\
  csv      the same with commas, and quotes where they are needed (RFC 4180)
  json     one array of rows, whole unless --fields; ndjson has one row a line
Lists and objects are compact JSON in tsv and csv. Nothing else is done to texts: a
spreadsheet may take one that starts with = for a formula.`;

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
