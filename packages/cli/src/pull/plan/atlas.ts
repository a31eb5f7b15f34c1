import { atlases, atlasImages, planesOfSection, products } from "@brainatlas/sdk/queries";
import { rma, type TypedQuery } from "@brainatlas/sdk/rma";
import type { Api } from "../../api.ts";
import type { PullPlan } from "../plan.ts";
import { annotationFolder, findAnnotatedPlate } from "./annotated-plate.ts";
import { type AskedRecords, askIfAnswered, askRecords, together, withRows } from "./ask-records.ts";
import { chooseAtlas } from "./choose-atlas.ts";
import { type AskedOntology, askOntology } from "./ontology.ts";
import { addDrawing, addPicture } from "./pictures.ts";
import { nameByIds } from "./plan-name.ts";
import { idOf, idsOf, type PlanRow } from "./row-values.ts";
import { isSynthetic } from "./synthetic.ts";
import { ThingList } from "./thing-list.ts";

/** What of an atlas is wanted. */
export interface AtlasPlanOptions {
  /**
   * Whether the drawn and coloured plates are wanted beside the stained ones.
   * @default false
   */
  readonly annotation?: boolean | undefined;
}

/**
 * Plans an atlas: the picture of every plate, the drawings, and the rows that its plates, drawings, ontology and synchronisation are
 * answered from.
 *
 * @param text Id or name of the atlas.
 * @throws {UsageError} If it is none of the API's, or several are meant.
 * @example (await planAtlas(api, "1", {}, signal)).title // → "atlas 1, Mouse, P56, Coronal"
 */
export async function planAtlas(
  api: Api,
  text: string,
  { annotation = false }: AtlasPlanOptions,
  signal: AbortSignal,
): Promise<PullPlan> {
  const overview = atlases
    .all()
    .include("structure_graph", (graph) => graph.include("ontology"))
    .include("graphic_group_labels");
  const all = await askRecords(api, "atlases", overview, signal);
  const atlas = chooseAtlas(all.rows, text);
  const notes: string[] = [];
  const asked = await together(signal, (both) => askAtlas(api, atlas, both, notes));
  const { dataSets, plates, drawn, ontology, lists } = asked;
  const list = listThings(plates.rows, atlas, annotation);
  if (plates.rows.length === 0) notes.push("the atlas has no plates");
  if (ontology === undefined) notes.push("the atlas has no structure graph");
  return {
    title: `atlas ${idOf(atlas)}, ${atlas.name}`,
    name: nameByIds("atlas", idsOf([atlas])),
    things: list.things,
    records: [...withRows(all, dataSets, plates, drawn), ...(ontology?.records ?? []), ...withRows(...lists)],
    notes: [...notes, ...list.notes()],
    isSynthetic: asked.synthetic,
  };
}

/** What was asked of an atlas. */
interface AskedAtlas {
  readonly dataSets: AskedRecords;
  readonly plates: AskedRecords;
  /** What the drawings hold, but for their paths. */
  readonly drawn: AskedRecords | undefined;
  readonly ontology: AskedOntology | undefined;
  /** Short lists that hold more than is of the atlas. */
  readonly lists: readonly (AskedRecords | undefined)[];
  readonly synthetic: boolean;
}

async function askAtlas(api: Api, atlas: PlanRow, signal: AbortSignal, notes: string[]): Promise<AskedAtlas> {
  const atlasId = idOf(atlas) ?? 0;
  const { structure_graph_id: graphId } = atlas;
  const plates = atlasImages.inAtlas(atlasId).include("alternate_images").include("alignment2d");
  const ask = (name: string, query: TypedQuery<unknown>): Promise<AskedRecords> => askRecords(api, name, query, signal);
  const dataSets = await ask("atlas_data_sets", dataSetsOf(atlasId));
  const drawing = drawnBy(idsOf(dataSets.rows), idsOf(atlas.graphic_group_labels));
  const [images, drawn, ontology, synthetic, ...lists] = await Promise.all([
    ask("atlas_images", plates),
    drawing && askIfAnswered(api, "graphic_objects", drawing, signal, notes),
    typeof graphId === "number" && graphId > 0 ? askOntology(api, [graphId], signal, notes) : undefined,
    isSynthetic(api, signal),
    askIfAnswered(api, "planes_of_section", planesOfSection.all(), signal, notes),
    askIfAnswered(api, "products", products.all(), signal, notes),
  ]);
  return { dataSets, plates: images, drawn, ontology, synthetic, lists };
}

/** The data sets that the plates of an atlas are of, with what their records and synchronisation need. */
function dataSetsOf(atlasId: number): TypedQuery<unknown> {
  return rma("AtlasDataSet")
    .via("atlases", (atlas) => atlas.where("id", "eq", atlasId))
    .include("atlases")
    .include("alignment3d")
    .include("equalization")
    .include("plane_of_section")
    .include("products")
    .include("reference_space")
    .include("treatments")
    .include("specimen", (specimen) =>
      specimen.include("donor", (donor) => donor.include("age").include("organism")).include("structure"),
    );
}

/** Which groups the drawings hold. The paths themselves are in the drawings, and are most of the bytes. */
function drawnBy(dataSetIds: readonly number[], labelIds: readonly number[]): TypedQuery<unknown> | undefined {
  if (dataSetIds.length === 0 || labelIds.length === 0) return undefined;
  return rma("GraphicObject")
    .where("graphic_group_label_id", "in", labelIds)
    .via("sub_image", (image) => image.where("data_set_id", "in", dataSetIds))
    .except("path");
}

function listThings(plates: readonly PlanRow[], atlas: PlanRow, annotation: boolean): ThingList {
  const list = new ThingList();
  for (const row of plates) {
    addPicture(list, row, { service: "atlas", view: "primary", path: row.path, folder: "plates" });
    if (row.annotated !== true) continue;
    addDrawing(list, row);
    if (annotation) addAnnotated(list, row, atlas);
  }
  return list;
}

/** Adds the drawn plate of this very atlas. A plate that is one itself is there already. */
function addAnnotated(list: ThingList, row: PlanRow, atlas: PlanRow): void {
  const found = findAnnotatedPlate(row, atlas.image_type);
  if (found === "itself") return;
  if (found === undefined) {
    list.leaveOut("drawn plates of images, because they are of another atlas", idOf(row) ?? 0);
    return;
  }
  const wanted = { service: "atlas", view: "annotation", atlas: idOf(atlas), path: found.path } as const;
  addPicture(list, row, { ...wanted, folder: annotationFolder(wanted.atlas) });
}
