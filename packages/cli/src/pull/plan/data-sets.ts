import { sectionDataSets, sectionImages, unionizes } from "@brainatlas/sdk/queries";
import type { Api } from "../../api.ts";
import { asUsage, HintedError } from "../../errors.ts";
import type { PictureView, PullPlan } from "../plan.ts";
import { type AskedRecords, askIfAnswered, askRecords, together, withRows } from "./ask-records.ts";
import { addDrawing, addPicture } from "./pictures.ts";
import { nameByIds } from "./plan-name.ts";
import { distinct, idOf, type PlanRow, rowsIn } from "./row-values.ts";
import { isSynthetic } from "./synthetic.ts";
import { ThingList } from "./thing-list.ts";

/** What of experiments is wanted. */
export interface DataSetPlanOptions {
  /**
   * Whether the expression masks are wanted beside the sections.
   * @default false
   */
  readonly expression?: boolean | undefined;
  /**
   * Whether the projection masks are wanted beside the sections.
   * @default false
   */
  readonly projection?: boolean | undefined;
  /**
   * Whether the values of all structures are wanted: thousands of rows a data set, and a request a thousand.
   * @default true
   */
  readonly unionizes?: boolean | undefined;
}

/** Products of the connectivity atlas (reference §4.6). */
const CONNECTIVITY_PRODUCTS: readonly unknown[] = [5, 31];

/**
 * Plans section data sets: the pictures of all sections that did not fail, drawings where there are some, and the rows that they, their
 * synchronisation and their values by structure are answered from.
 *
 * @param ids SectionDataSet ids.
 * @throws {UsageError} If there is none, or one can be none.
 * @throws {HintedError} If the API has none of them.
 * @example (await planDataSets(api, [69289763], { expression: true }, signal)).things.length
 */
export async function planDataSets(
  api: Api,
  ids: readonly number[],
  options: DataSetPlanOptions,
  signal: AbortSignal,
): Promise<PullPlan> {
  const wanted = distinct(ids);
  const notes: string[] = [];
  const asked = await together(signal, async (both) => {
    const sets = await askDataSets(api, wanted, both);
    const images = sectionImages.ofDataSet(wanted).include("alignment2d").include("alternate_images");
    const sections = askRecords(api, "section_images", images, both);
    const values = options.unionizes === false ? [] : askValues(api, wanted, both, notes);
    return { sets, all: await Promise.all([sections, isSynthetic(api, both), values]) };
  });
  const { sets } = asked;
  const [sections, synthetic, values] = asked.all;
  const list = listThings(sets.rows, sections.rows, options);
  return {
    title: wanted.length === 1 ? `data set ${wanted[0]}${genesOf(sets.rows)}` : `${wanted.length} data sets`,
    name: nameByIds("dataset", wanted),
    things: list.things,
    records: withRows(sets, sections, ...values),
    unknown: sets.unknown,
    notes: [...notes, ...notesOn(sets.rows, sections.rows, list, options), ...list.notes()],
    isSynthetic: synthetic,
  };
}

/** Rows of data sets, and which are not there. */
export interface AskedDataSets extends AskedRecords {
  /** A line for each that is not there. */
  readonly unknown: readonly string[];
}

/**
 * Asks for the rows of data sets with what belongs to them.
 *
 * @throws {HintedError} If the API has none of them.
 */
export async function askDataSets(api: Api, ids: readonly number[], signal: AbortSignal): Promise<AskedDataSets> {
  const query = asUsage(() => sectionDataSets.byId(ids))
    .include("alignment3d")
    .include("equalization")
    .include("genes")
    .include("plane_of_section")
    .include("probes")
    .include("products")
    .include("reference_space")
    .include("treatments")
    .include("specimen", (specimen) =>
      specimen
        .include("donor", (donor) =>
          donor
            .include("age")
            .include("organism")
            .include("transgenic_mouse", (mouse) => mouse.include("transgenic_lines")),
        )
        .include("injections", (injection) => injection.include("structure").include("age")),
    );
  const sets = await askRecords(api, "section_data_sets", query, signal);
  const found = new Set(sets.rows.map(idOf));
  const missing = ids.filter((id) => !found.has(id));
  if (missing.length < ids.length) {
    return { ...sets, unknown: missing.map((id) => `Cannot find section data set ${id} at ${api.label}`) };
  }
  const failure = new Error(`Cannot find section data set ${missing.slice(0, 10).join(", ")} at ${api.label}`);
  throw new HintedError(
    failure,
    '"brainatlas datasets" lists those that it has; those of an atlas come with the atlas',
  );
}

/** Whether a data set is an experiment of the connectivity atlas. */
export function isConnectivity({ products }: PlanRow): boolean {
  return rowsIn(products).some(
    ({ id, name }) => CONNECTIVITY_PRODUCTS.includes(id) || /connectivity/i.test(String(name)),
  );
}

/** Values by structure, of expression and of projection: what a data set has of them, it has of one. */
async function askValues(
  api: Api,
  ids: readonly number[],
  signal: AbortSignal,
  notes: string[],
): Promise<readonly (AskedRecords | undefined)[]> {
  return await Promise.all([
    askIfAnswered(api, "structure_unionizes", unionizes.expression(ids), signal, notes),
    askIfAnswered(api, "projection_structure_unionizes", unionizes.projection(ids), signal, notes),
  ]);
}

function listThings(sets: readonly PlanRow[], sections: readonly PlanRow[], options: DataSetPlanOptions): ThingList {
  const list = new ThingList();
  const connectivity = new Set(sets.filter(isConnectivity).map(idOf));
  for (const row of sections) {
    if (row.failed === true) {
      list.leaveOut("images that failed the quality control", idOf(row) ?? 0);
      continue;
    }
    addPicture(list, row, { service: "section", view: "primary", path: row.path, folder: "sections" });
    const view = maskOf(options, connectivity.has(row.data_set_id as number));
    // Of a section without a mask its row names no file.
    if (view !== undefined && typeof row.expression_path === "string" && row.expression_path !== "") {
      const service = view === "projection" ? "projection" : "section";
      addPicture(list, row, { service, view, path: row.expression_path, folder: view });
    }
    if (row.annotated === true) addDrawing(list, row);
  }
  return list;
}

/** Which mask of a section is wanted. The rows of both kinds name it in the same column. */
function maskOf({ expression, projection }: DataSetPlanOptions, isTracer: boolean): PictureView | undefined {
  if (expression === true && projection === true) return isTracer ? "projection" : "expression";
  return expression === true ? "expression" : projection === true ? "projection" : undefined;
}

function notesOn(
  sets: readonly PlanRow[],
  sections: readonly PlanRow[],
  { things }: ThingList,
  { expression, projection }: DataSetPlanOptions,
): string[] {
  const withSections = new Set(sections.map((row) => row.data_set_id));
  const failed = sets.filter((row) => row.failed === true).map(idOf);
  const empty = sets.map(idOf).filter((id) => !withSections.has(id));
  const hasMask = things.some((thing) => thing.kind === "picture" && thing.view !== "primary");
  const notes: string[] = [];
  if (failed.length > 0) notes.push(`failed the quality control: data set ${failed.join(", ")}`);
  if (empty.length > 0) notes.push(`without images: data set ${empty.join(", ")}`);
  if ((expression === true || projection === true) && !hasMask) notes.push("none of the sections has a mask");
  return notes;
}

function genesOf([set]: readonly PlanRow[]): string {
  const genes = rowsIn(set?.genes).flatMap(({ acronym }) => (typeof acronym === "string" ? [acronym] : []));
  return genes.length === 0 ? "" : `, ${genes.join(", ")}`;
}
