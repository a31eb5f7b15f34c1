import { openApi, waitFor } from "../api.ts";
import type { Context } from "../context.ts";
import { UsageError } from "../errors.ts";
import { EXIT } from "../exit.ts";
import { note } from "../output/notes.ts";
import { printCount, printNumber } from "../output/quantities.ts";
import { type PointBatch, readPoints } from "../points.ts";
import { chooseFormat, defaultFormat, printRows, type RowPage, sayCredit } from "../rows.ts";
import { createLocalMapper } from "./sync-local.ts";
import { createRemoteMapper } from "./sync-remote.ts";
import { addedColumns, describeMissing, type Findings, type Mapper, type SyncPointOptions } from "./sync-rows.ts";
import { noteStrangers } from "./sync-strangers.ts";

/** Maps points. Returns the exit code. */
export async function run(context: Context, options: SyncPointOptions): Promise<number> {
  if (options.local === true && options.remote === true) {
    throw new UsageError("Cannot use --local and --remote at once; give one of them");
  }
  const format = chooseFormat(options, defaultFormat(context));
  const { service, fields } = options;
  const isLocal = options.local === true || (options.points !== undefined && options.remote !== true);
  const added = addedColumns(service, isLocal);
  const batches = readPoints(context, options, service === "reference-to-image" ? 3 : 2, added);
  try {
    // The first points are read before anything is asked for: a wrong file is told at once.
    const first = await batches.next();
    const api = await openApi(context, options);
    if (service === "image-to-image-2d") await noteStrangers(context, api, options.id, options.images ?? []);
    const findings: Findings = { none: 0, missing: new Set() };
    const map = isLocal
      ? await waitFor(context, api, () => createLocalMapper(context, api, options, findings))
      : createRemoteMapper(context, api, options, findings);
    const columns = first.done === true ? undefined : [...first.value.columns, ...added];
    const { rows } = await printRows(context, mapPages(first, batches, map), { format, fields, columns });
    if (findings.missing.size > 0) note(context, describeMissing(api, service, findings.missing));
    if (findings.none > 0) {
      note(context, `no image was found for ${printNumber(findings.none)} of ${printCount(rows, "row", "rows")}`);
    }
    sayCredit(context, api);
    return EXIT.done;
  } finally {
    // An open standard input would keep the process.
    await batches.return();
  }
}

async function* mapPages(
  first: IteratorResult<PointBatch, void>,
  batches: AsyncGenerator<PointBatch, void, undefined>,
  map: Mapper,
): AsyncGenerator<RowPage, void, undefined> {
  for (let next = first; next.done !== true; next = await batches.next()) yield { rows: await map(next.value) };
}
