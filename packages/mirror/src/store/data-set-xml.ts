import { parseRma } from "@brainatlas/sdk/rma";
import type { RecordDatabase } from "../records/record-database.ts";
import { formatAnswer } from "../rma/format-answer.ts";
import { runQuery } from "../rma/run-query.ts";

/** What an alignment says of its numbers in this file: all in one element, with commas. */
const NUMBERS = /(\s*)<(t[rsv]{2})-00\b[^>]*>[^<]*<\/\2-00>(?:\s*<\2-\d\d\b[^>]*>[^<]*<\/\2-\d\d>)*/g;

/**
 * The record of a data set as it lies in the zip of its grid (reference §6.1): with products, animal, alignment and sections, as one element
 * without the envelope of an answer.
 */
export async function dataSetXml(records: RecordDatabase, dataSetId: number): Promise<string> {
  const includes = "products,specimen(donor),alignment3d,section_images(alignment2d)";
  const query = parseRma(`model::SectionDataSet,rma::criteria,[id$eq${dataSetId}],rma::include,${includes}`);
  let answer = "";
  for await (const piece of formatAnswer(await runQuery(records, query), "xml")) answer += piece;
  const [element = ""] = /^ *<section-data-set>[\s\S]*?^ *<\/section-data-set>/m.exec(answer) ?? [];
  const indent = /^ */.exec(element)?.[0] ?? "";
  const lines = element.replaceAll(NUMBERS, joined).replaceAll(new RegExp(`^${indent}`, "gm"), "");
  return `<?xml version="1.0" encoding="UTF-8"?>\n${lines}\n`;
}

function joined(elements: string, blank: string, name: string): string {
  const values = [...elements.matchAll(/>([^<]+)<\//g)].map(([, value]) => value);
  return `${blank}<${name}>${values.join(",")}</${name}>`;
}
