import type { Drawing } from "@brainatlas/sdk/drawing";
import type { StructureTree } from "@brainatlas/sdk/ontology";
import { computed, type ReadonlySignal } from "@preact/signals";
import { readyValue } from "../load/loaded.ts";
import { type Series, type SeriesImage, shownImage } from "../model/series.ts";
import type { PanelView, View } from "../model/view.ts";
import type { Shelves } from "./shelves.ts";

/** What the active panel shows; `undefined` until it has come, or where there is none. */
export interface ActivePanel {
  readonly panel: ReadonlySignal<PanelView | undefined>;
  readonly series: ReadonlySignal<Series | undefined>;
  readonly image: ReadonlySignal<SeriesImage | undefined>;
  readonly tree: ReadonlySignal<StructureTree | undefined>;
  readonly drawing: ReadonlySignal<Drawing | undefined>;
}

/** Follows the active panel of a view. */
export function createActive(view: ReadonlySignal<View>, { series, trees, drawings }: Shelves): ActivePanel {
  const panel = computed(() => view.value.panels[view.value.active]);
  const ref = computed(() => panel.value?.series);
  const shown = computed(() => ref.value && readyValue(series.get(ref.value).value));
  const image = computed(() => shown.value && shownImage(shown.value, panel.value?.imageId));
  const tree = computed(() => {
    const graphId = shown.value?.graphId;
    return graphId === undefined ? undefined : readyValue(trees.get(graphId).value);
  });
  const drawing = computed(() => {
    const id = shown.value?.isDrawn === true ? image.value?.id : undefined;
    return id === undefined ? undefined : readyValue(drawings.get(id).value);
  });
  return { panel, series: shown, image, tree, drawing };
}
