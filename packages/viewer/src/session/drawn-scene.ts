import type { Region } from "@brainatlas/sdk/drawing";
import { computed, type ReadonlySignal } from "@preact/signals";
import { readyValue } from "../load/loaded.ts";
import { visibleRegions } from "../model/drawing-groups.ts";
import type { DrawingScene } from "../model/drawing-look.ts";
import { overKind, shownKind } from "../model/picture-layers.ts";
import { withDescendants } from "../model/selection.ts";
import type { Session } from "./session.ts";
import type { Stage } from "./stage.ts";
import { stageDrawing, stageTree } from "./stage-drawing.ts";

/** Regions over a picture, and how they look. */
export interface DrawnScene {
  readonly regions: readonly Region[];
  readonly look: DrawingScene;
}

/** What is drawn over a panel's picture, or alone. */
export interface DrawnScenes {
  /** `undefined` where nothing is. */
  readonly drawn: ReadonlySignal<DrawnScene | undefined>;
  /** All parts of the structure that is pointed at, in this panel or elsewhere; `undefined` for none. */
  readonly pointed: ReadonlySignal<readonly Region[] | undefined>;
  /** All parts of the selected structures; `undefined` for none. */
  readonly selected: ReadonlySignal<readonly Region[] | undefined>;
}

/** Follows what is drawn in a panel. Its values change only when something is to be painted otherwise. */
export function createScenes(session: Session, stage: Stage): DrawnScenes {
  // The view is another one at each step of a movement; these parts of it are not.
  const drawing = computed(() => session.view.value.drawing);
  const hiddenGroups = computed(() => drawing.value.hiddenGroups);
  const structures = computed(() => session.view.value.structures);
  const picture = computed(() => stage.panel.value.picture);
  const hovered = computed(() => session.hover.value?.structureId);
  const tree = computed(() => stageTree(session, stage));
  const regions = computed(() => {
    const loaded = readyValue(stageDrawing(session, stage));
    return loaded === undefined ? [] : visibleRegions(loaded, hiddenGroups.value);
  });
  const isAlone = computed(() => {
    const [series, image] = [stage.series.value, stage.image.value];
    if (series === undefined || image === undefined) return false;
    const isBare = shownKind(series, image, picture.value.shown) === "none";
    return isBare && overKind(series, image, picture.value) === undefined;
  });
  const selected = computed(() =>
    withDescendants(structures.value, structures.value.length > 0 ? tree.value : undefined),
  );
  const look = computed<DrawingScene>(() => ({
    drawing: drawing.value,
    selected: selected.value,
    isAlone: isAlone.value,
  }));
  const drawn = computed(() => {
    if (!drawing.value.shown || regions.value.length === 0) return undefined;
    return { regions: regions.value, look: look.value };
  });
  const pointed = computed(() => {
    const [under, elsewhere] = [hovered.value, session.pointed.value];
    if (under === undefined && elsewhere === undefined) return undefined;
    // What is pointed at elsewhere may be drawn by its parts alone; what is under the pointer is drawn itself.
    const ids = new Set(elsewhere === undefined ? [] : withDescendants([elsewhere], tree.value));
    return regionsOf(regions.value, under === undefined ? ids : ids.add(under));
  });
  // Outlines have their own width for it.
  const outlined = computed(() => {
    const isMarked = structures.value.length > 0 && drawing.value.shown && !drawing.value.outlinesOnly;
    return isMarked ? regionsOf(regions.value, selected.value) : undefined;
  });
  return { drawn, pointed, selected: outlined };
}

function regionsOf(regions: readonly Region[], ids: ReadonlySet<number>): readonly Region[] | undefined {
  const found = regions.filter(({ structureId }) => structureId !== undefined && ids.has(structureId));
  return found.length === 0 ? undefined : found;
}
