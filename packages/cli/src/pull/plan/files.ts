import { wellKnownFiles } from "@brainatlas/sdk/queries";
import type { Api } from "../../api.ts";
import { asUsage, HintedError } from "../../errors.ts";
import { safeName, withSuffix } from "../../safe-name.ts";
import type { PullPlan } from "../plan.ts";
import { askRecords, together, withRows } from "./ask-records.ts";
import { nameByIds } from "./plan-name.ts";
import { distinct, idOf, type PlanRow } from "./row-values.ts";
import { isSynthetic } from "./synthetic.ts";
import { ThingList } from "./thing-list.ts";

/**
 * Plans well-known files with their rows.
 *
 * @param ids WellKnownFile ids.
 * @throws {UsageError} If there is none, or one can be none.
 * @throws {HintedError} If the API has none of them.
 * @example (await planFiles(api, [491459173], signal)).things[0]?.name // → "files/491459173_491459173_3DNeuronReconstruction.swc"
 */
export async function planFiles(api: Api, ids: readonly number[], signal: AbortSignal): Promise<PullPlan> {
  const wanted = distinct(ids);
  const query = asUsage(() => wellKnownFiles.byId(wanted)).include("well_known_file_type");
  const [files, synthetic] = await together(signal, (both) =>
    Promise.all([askRecords(api, "well_known_files", query, both), isSynthetic(api, both)]),
  );
  const rows = new Map(files.rows.map((row) => [idOf(row), row]));
  const missing = wanted.filter((id) => !rows.has(id));
  if (missing.length === wanted.length) {
    const failure = new Error(`Cannot find well-known file ${missing.slice(0, 10).join(", ")} at ${api.label}`);
    throw new HintedError(failure, '"brainatlas file --owner ID --list" lists the files of a record');
  }
  const list = new ThingList();
  for (const id of wanted.filter((each) => rows.has(each))) {
    const name = fileName(id, rows.get(id) ?? {});
    const url = api.client.files.url(id);
    list.add({ kind: "asset", url, urlPath: `/api/v2/well_known_file_download/${id}`, name: `files/${name}` });
  }
  return {
    title: wanted.length === 1 ? `well-known file ${wanted[0]}` : `${wanted.length} well-known files`,
    name: nameByIds("files", wanted),
    things: list.things,
    records: withRows(files),
    notes: [],
    unknown: missing.map((id) => `Cannot find well-known file ${id} at ${api.label}`),
    isSynthetic: synthetic,
  };
}

/** The name that a file has at the server, after its id, which no other has. */
function fileName(id: number, { path }: PlanRow): string {
  const given = typeof path === "string" ? (path.split(/[/\\]/).at(-1) ?? "") : "";
  const safe = safeName(given);
  return withSuffix(safe === "" ? String(id) : `${id}_${safe}`, "");
}
