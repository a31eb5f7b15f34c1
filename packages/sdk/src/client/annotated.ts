import type { RequestOptions } from "../http/options.ts";
import { printQuery } from "../image/query.ts";
import type { Models } from "../rma/schema.generated.ts";
import {
  type AnnotatedQuery,
  type AnnotationCondition,
  annotatedParameters,
  printAnnotatedQuery,
} from "../services/annotated-query.ts";
import { fetchRows } from "./fetch-rows.ts";
import type { Sender } from "./sender.ts";

/** A data set as the annotated searches give it: the columns of the model. What comes beside them is unknown. */
export type AnnotatedDataSetRow = Models["SectionDataSet"]["attributes"] & Readonly<Record<string, unknown>>;

type Options = Omit<RequestOptions, "throwHttpErrors">;

/** Asks for the data sets that meet one condition. */
export async function fetchAnnotated(
  sender: Sender,
  condition: AnnotationCondition,
  options: Options,
): Promise<AnnotatedDataSetRow[]> {
  return search(sender, "annotated_section_data_sets", annotatedParameters(condition), options);
}

/** Asks for the data sets that meet several. */
export async function fetchCompoundAnnotated(
  sender: Sender,
  query: AnnotatedQuery,
  options: Options,
): Promise<AnnotatedDataSetRow[]> {
  return search(sender, "compound_annotated_section_data_sets", { query: printAnnotatedQuery(query) }, options);
}

async function search(
  sender: Sender,
  name: string,
  parameters: Readonly<Record<string, string>>,
  options: Options,
): Promise<AnnotatedDataSetRow[]> {
  const path = `/api/v2/${name}.json${printQuery(Object.entries(parameters))}`;
  // The columns are not checked, as those of rows() are not.
  return (await fetchRows(sender, path, options)) as AnnotatedDataSetRow[];
}
