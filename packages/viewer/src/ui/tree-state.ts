import type { StructureTree } from "@brainatlas/sdk/ontology";
import { computed, type ReadonlySignal, type Signal, signal } from "@preact/signals";
import { readyValue } from "../load/loaded.ts";
import {
  firstOpen,
  keptByBoth,
  matchStructures,
  type StructureMatches,
  type TreeRow,
  treeRows,
  withAncestors,
} from "../model/structure-rows.ts";
import type { Session } from "../session/session.ts";
import { stageDrawing } from "../session/stage-drawing.ts";

/** Lines that the tree shows at first, about. */
const FIRST_ROWS = 16;

/** What the tree of structures shows: no part of a link. */
export interface TreeState {
  /** Text of the filter field. */
  readonly filter: Signal<string>;
  /** Whether only what is on the plate is there. */
  readonly isPlateOnly: Signal<boolean>;
  /** The line that keys act on. */
  readonly activeId: Signal<number | undefined>;
  /** The line that is to be scrolled to. */
  readonly wantedId: Signal<number | undefined>;
  /** What the text leaves; `undefined` without a text. */
  readonly found: ReadonlySignal<StructureMatches | undefined>;
  /** What the plate shows, with all that it lies in; `undefined` where there is no drawing. */
  readonly drawn: ReadonlySignal<ReadonlySet<number> | undefined>;
  readonly rows: ReadonlySignal<readonly TreeRow[]>;
  /** Index of each line by its structure. */
  readonly indexOf: ReadonlySignal<ReadonlyMap<number, number>>;
  /** The line of what is under the pointer in a picture, or of the nearest that it lies in and that has a line. */
  readonly hintedId: ReadonlySignal<number | undefined>;
  /** Opens or closes structures; all of them without ids. */
  setOpen(isOpen: boolean, ids?: readonly number[]): void;
  setFilter(text: string): void;
  /** Goes to a line, and opens what it lies in. */
  reveal(id: number): void;
}

/** Makes the state of the tree, which follows the active panel. */
export function createTreeState(session: Session): TreeState {
  const { tree } = session.active;
  const filter = signal("");
  const isPlateOnly = signal(false);
  const activeId = signal<number | undefined>(undefined);
  const wantedId = signal<number | undefined>(undefined);
  const opened = signal<{ tree: StructureTree; ids: ReadonlySet<number> } | undefined>(undefined);
  /** What is closed while a text leaves everything open that it finds. */
  const closed = signal<ReadonlySet<number>>(new Set());
  const openIds = computed(() => {
    const now = tree.value;
    if (now === undefined) return new Set<number>();
    return opened.value?.tree === now ? opened.value.ids : firstOpen(now, FIRST_ROWS);
  });
  const found = computed(() => tree.value && matchStructures(tree.value, filter.value));
  /** What was drawn on the plate before. */
  let last: { readonly tree: StructureTree; readonly ids: ReadonlySet<number> } | undefined;
  const drawn = computed(() => {
    const [now, loaded] = [tree.value, stageDrawing(session, session.active)];
    if (now === undefined) return undefined;
    // The next plate's is on its way: nothing flickers.
    if (loaded?.state === "loading" && last?.tree === now) return last.ids;
    const ids = readyValue(loaded)?.regions.flatMap(({ structureId }) => structureId ?? []);
    last = ids && { tree: now, ids: withAncestors(ids, now) };
    return last?.ids;
  });
  const rows = computed(() => {
    const now = tree.value;
    if (now === undefined) return [];
    const isOpen = found.value === undefined ? openIds.value : undefined;
    return treeRows(now, {
      isOpen: (id) => isOpen?.has(id) ?? !closed.value.has(id),
      kept: keptByBoth(found.value?.kept, isPlateOnly.value ? drawn.value : undefined),
    });
  });
  const indexOf = computed(() => new Map(rows.value.map(({ id }, index) => [id, index])));
  const hintedId = computed(() => {
    const id = session.hover.value?.structureId;
    if (id === undefined || tree.value?.has(id) !== true) return undefined;
    return [id, ...tree.value.ancestors(id).map((structure) => structure.id)].find((each) => indexOf.value.has(each));
  });
  const setOpen = (isOpen: boolean, ids?: readonly number[]): void => {
    const now = tree.peek();
    if (now === undefined) return;
    const some = ids ?? [...now].map(({ id }) => id);
    if (found.peek() !== undefined) closed.value = changed(closed.peek(), some, !isOpen);
    else opened.value = { tree: now, ids: changed(openIds.peek(), some, isOpen) };
  };
  return {
    ...{ filter, isPlateOnly, activeId, wantedId, found, drawn, rows, indexOf, hintedId, setOpen },
    setFilter(text) {
      filter.value = text;
      closed.value = new Set();
      // Where the filter ends, the line that was gone to is shown among all the others.
      if (text === "") wantedId.value = activeId.peek();
    },
    reveal(id) {
      const now = tree.peek();
      if (now?.has(id) !== true) return;
      const above = now.ancestors(id).map((structure) => structure.id);
      opened.value = { tree: now, ids: changed(openIds.peek(), above, true) };
      closed.value = changed(closed.peek(), above, false);
      activeId.value = id;
      wantedId.value = id;
    },
  };
}

function changed(ids: ReadonlySet<number>, some: readonly number[], isIn: boolean): ReadonlySet<number> {
  const next = new Set(ids);
  for (const id of some) {
    if (isIn) next.add(id);
    else next.delete(id);
  }
  return next;
}
