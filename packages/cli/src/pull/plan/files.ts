import type { FileKind } from "@brainatlas/sdk/node";
import { wellKnownFiles } from "@brainatlas/sdk/queries";
import type { Api } from "../../api.ts";
import { asUsage, HintedError } from "../../errors.ts";
import { safeName, withSuffix } from "../../safe-name.ts";
import type { PullPlan } from "../plan.ts";
import { askRecords, together, withRows } from "./ask-records.ts";
import { distinct, idOf, type PlanRow } from "./row-values.ts";
import { isSynthetic } from "./synthetic.ts";
import { ThingList } from "./thing-list.ts";

/** What a file has to be, by the ending of its name; all else may be anything. */
const KINDS: Readonly<Record<string, FileKind>> = {
  csv: "csv",
  jpeg: "jpeg",
  jpg: "jpeg",
  json: "json",
  nrrd: "nrrd",
  svg: "svg",
  xml: "xml",
  zip: "zip",
};

/**
 * Plans well-known files with their rows.
 *
 * @param ids WellKnownFile ids.
 * @throws {UsageError} If there is none, or one can be none.
 * @throws {HintedError} If the API has not one of them.
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
  if (missing.length > 0) {
    const failure = new Error(`Cannot find well-known file ${missing.slice(0, 10).join(", ")} at ${api.label}`);
    throw new HintedError(failure, '"brainatlas file --owner ID --list" lists the files of a record');
  }
  const list = new ThingList();
  for (const id of wanted) {
    const name = fileName(id, rows.get(id) ?? {});
    const url = api.client.files.url(id);
    const ending = /\.(\w+)$/.exec(name)?.[1]?.toLowerCase() ?? "";
    const fileKind = KINDS[ending] ?? "any";
    list.add({
      kind: "asset",
      url,
      urlPath: `/api/v2/well_known_file_download/${id}`,
      name: `files/${name}`,
      fileKind,
    });
  }
  return {
    title: wanted.length === 1 ? `well-known file ${wanted[0]}` : `${wanted.length} well-known files`,
    things: list.things,
    records: withRows(files),
    notes: [],
    isSynthetic: synthetic,
  };
}

/** The name that a file has at the server, after its id, which no other has. */
function fileName(id: number, { path }: PlanRow): string {
  const given = typeof path === "string" ? (path.split(/[/\\]/).at(-1) ?? "") : "";
  const safe = safeName(given);
  return withSuffix(safe === "" ? String(id) : `${id}_${safe}`, "");
}
