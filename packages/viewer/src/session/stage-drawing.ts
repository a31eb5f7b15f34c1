import type { Drawing } from "@brainatlas/sdk/drawing";
import type { StructureTree } from "@brainatlas/sdk/ontology";
import { type Loaded, readyValue } from "../load/loaded.ts";
import type { Shelves } from "./shelves.ts";
import type { Stage } from "./stage.ts";

/** The drawing of what a panel shows, as it comes; `undefined` where its series has none. Asks for it. */
export function stageDrawing(
  { drawings }: Pick<Shelves, "drawings">,
  { series, image }: Pick<Stage, "series" | "image">,
): Loaded<Drawing> | undefined {
  const id = series.value?.isDrawn === true ? image.value?.id : undefined;
  return id === undefined ? undefined : drawings.get(id).value;
}

/** The tree of the structures that a panel's series shows, once it has come; `undefined` where it has none. Asks for it. */
export function stageTree(
  { trees }: Pick<Shelves, "trees">,
  { series }: Pick<Stage, "series">,
): StructureTree | undefined {
  const graphId = series.value?.graphId;
  return graphId === undefined ? undefined : readyValue(trees.get(graphId).value);
}
