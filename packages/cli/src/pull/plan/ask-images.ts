import { rma, type TypedQuery } from "@brainatlas/sdk/rma";
import type { Api } from "../../api.ts";
import type { PullRecords } from "../plan.ts";
import { type AskedRecords, askRecords } from "./ask-records.ts";
import { idOf, type PlanRow } from "./row-values.ts";

/** Class of an image, of which each has those before it among its kinds. */
export type ImageClass = "AtlasImage" | "SectionImage" | "SubImage";

/** An image that was found. */
export interface FoundImage {
  readonly row: PlanRow;
  readonly model: ImageClass;
}

/** What was found of images. */
export interface AskedImages {
  readonly found: ReadonlyMap<number, FoundImage>;
  readonly records: readonly PullRecords[];
}

/** Ids of one question: its text stays short of what proxies and services take. */
const GROUP = 1000;

const ASKED: readonly {
  readonly model: ImageClass;
  readonly name: string;
  query(ids: readonly number[]): TypedQuery<unknown>;
}[] = [
  {
    model: "AtlasImage",
    name: "atlas_images",
    query: (ids) => rma("AtlasImage").where("id", "in", ids).include("alternate_images").include("alignment2d"),
  },
  {
    model: "SectionImage",
    name: "section_images",
    query: (ids) => rma("SectionImage").where("id", "in", ids).include("alternate_images").include("alignment2d"),
  },
  {
    model: "SubImage",
    name: "sub_images",
    query: (ids) => rma("SubImage").where("id", "in", ids).include("alternate_images"),
  },
];

/** Asks for the rows of images of any class. An atlas image is a section image is a sub-image, and is asked for as what it is. */
export async function askImages(api: Api, ids: readonly number[], signal: AbortSignal): Promise<AskedImages> {
  const found = new Map<number, FoundImage>();
  const records: PullRecords[] = [];
  for (const { model, name, query } of ASKED) {
    const wanted = ids.filter((id) => !found.has(id));
    const asked: AskedRecords[] = [];
    for (let start = 0; start < wanted.length; start += GROUP) {
      asked.push(await askRecords(api, name, query(wanted.slice(start, start + GROUP)), signal));
    }
    const rows = asked.flatMap((each) => each.rows);
    for (const row of rows) found.set(idOf(row) ?? 0, { row, model }); // They have ids, or would not have come.
    // As one answer: of groups each would have a file of its own.
    const [first] = asked;
    if (first === undefined || rows.length === 0) continue;
    const whole = query(wanted.filter((id) => found.has(id)));
    records.push({ ...first, query: String(whole), rows });
  }
  return { found, records };
}
