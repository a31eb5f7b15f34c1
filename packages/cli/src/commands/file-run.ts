import { type Api, openApi, waitFor } from "../api.ts";
import type { Context } from "../context.ts";
import { openDestination } from "../destination.ts";
import { asUsage, UsageError } from "../errors.ts";
import { EXIT } from "../exit.ts";
import { describeFailure } from "../failure.ts";
import { note } from "../output/notes.ts";
import { printAnswer } from "../print-answer.ts";
import { chooseFormat, defaultFormat, type RowOptions, sayCredit } from "../rows.ts";
import { type Download, downloadFile } from "./file-download.ts";
import { type Measures, measureNeuron, printDownload } from "./file-facts.ts";

/** Options of `brainatlas file`. */
export interface FileOptions extends RowOptions {
  readonly ids: readonly number[];
  /** Id of the record whose files are meant. */
  readonly owner?: number | undefined;
  readonly type?: string | undefined;
  readonly list?: boolean | undefined;
  readonly out?: string | undefined;
  readonly info?: boolean | undefined;
}

const COLUMNS = ["id", "well_known_file_type.name", "attachable_type", "attachable_id", "path"] as const;

/** Downloads well-known files, or lists those of a record. Returns the exit code. */
export async function run(context: Context, options: FileOptions): Promise<number> {
  checkOptions(options);
  const api = await openApi(context, options);
  if (options.list === true) return await list(context, api, options);
  const destination = await openDestination(context, options.out);
  const ids = options.owner === undefined ? new Set(options.ids) : await findFiles(context, api, options);
  if (ids.size > 1 && destination.kind !== "folder") {
    throw new UsageError(`Cannot write ${ids.size} files to one place; give --out a folder`);
  }
  if (destination.kind !== "stdout") context.outliveReader?.();
  const output = destination.kind === "stdout" ? context.stderr : context.stdout;
  const names = new Set<string>();
  const found: object[] = [];
  let failures = 0;
  for (const id of ids) {
    const download = await waitFor(context, api, () => downloadFile(context, api, id, destination, names));
    const measures = options.info === true ? await measure(context, download) : undefined;
    if (options.info === true && measures === undefined) failures += 1;
    if (options.json !== true) output.write(printDownload(api.kind, download, measures));
    else found.push(toJson(download, measures));
  }
  if (options.json === true) {
    output.write(`${JSON.stringify(found, undefined, 2)}\n`);
    sayCredit(context, api);
  }
  return failures === 0 ? EXIT.done : EXIT.failed;
}

function checkOptions({ ids, owner, type, list, out, info, json, format, fields }: FileOptions): void {
  if (ids.length > 0 === (owner !== undefined)) {
    throw new UsageError(
      `Cannot tell which files are meant; give ${owner === undefined ? "" : "either "}ids or --owner`,
    );
  }
  if (type !== undefined && owner === undefined) throw new UsageError("Cannot use --type without --owner; give both");
  if (list === true && owner === undefined) throw new UsageError("Cannot use --list without --owner; give both");
  if (list !== true && (format !== undefined || fields !== undefined)) {
    throw new UsageError("Cannot use --format or --fields for a download; give --list or --json");
  }
  if (out === "-" && (info === true || json === true)) {
    throw new UsageError("Cannot print bytes and words on the same standard output; give --out a file");
  }
}

async function queryOf(context: Context, { owner = 0, type }: FileOptions) {
  const { wellKnownFiles } = await context.load.queries();
  return asUsage(() => wellKnownFiles.ofAttachable(owner, { type }).include("well_known_file_type").orderBy("id"));
}

async function list(context: Context, api: Api, options: FileOptions): Promise<number> {
  const format = chooseFormat(options, defaultFormat(context));
  const query = await queryOf(context, options);
  await printAnswer(context, api, query, { format, fields: options.fields, columns: COLUMNS });
  return EXIT.done;
}

/** Ids of the files of a record. */
async function findFiles(context: Context, api: Api, options: FileOptions): Promise<Set<number>> {
  const rows = api.client.rows(await queryOf(context, options), { signal: context.signal });
  const found = await waitFor(context, api, () => rows.all({ maxRows: 10_000 }));
  if (found.length > 0) return new Set(found.map(({ id }) => Number(id)));
  const reason = await rows.whyEmpty().catch(() => undefined);
  throw new Error(`Cannot find files of record ${options.owner}: ${reason ?? "there are none"}`);
}

/** The measures of a reconstruction; what is none is saved all the same, and the others are still to come. */
async function measure(context: Context, download: Download): Promise<Measures | undefined> {
  try {
    return await measureNeuron(download);
  } catch (error) {
    note(context, `file ${download.id} has no measures: ${describeFailure(error)}`);
    return undefined;
  }
}

function toJson({ headers: _, ...download }: Download, measures: Measures | undefined): object {
  return { ...download, ...(measures === undefined ? {} : { measures }) };
}
