import { type Signal, useComputed, useSignal } from "@preact/signals";
import type { JSX, RefObject } from "preact";
import { useEffect, useLayoutEffect, useMemo, useRef } from "preact/hooks";
import { type RowWindow, rowWindow, scrollToRow } from "../model/row-window.ts";
import { withDescendants } from "../model/selection.ts";
import { useSession } from "../session/context.ts";
import { chooseStructure } from "./choose-structure.ts";
import { rowElementId, StructureRow } from "./structure-row.tsx";
import { createTreeKeyboard } from "./tree-keyboard.ts";
import type { TreeState } from "./tree-state.ts";
import { type ScrollPlace, scrollPlace, watchScroll } from "./watch-scroll.ts";

/** Height of a line, in CSS pixels: `--tree-row` of structures.css. */
const ROW_PX = 28;

/** Lines that are there above and below those that are seen. */
const MARGIN_ROWS = 8;

/**
 * The tree itself. Of its lines only those that are seen are on the page, so the focus stays on the tree and names its line by
 * `aria-activedescendant`.
 */
export function StructureTreeView({ state }: { state: TreeState }): JSX.Element {
  const session = useSession();
  const box = useRef<HTMLDivElement>(null);
  const scroll = useTreeScroll(state, box);
  const onKeyDown = useMemo(
    () => createTreeKeyboard(session, state, () => Math.floor(scroll.peek().length / ROW_PX) - 1),
    [session, state, scroll],
  );
  const covered = useComputed(() => withDescendants(session.view.value.structures, session.active.tree.value));
  const rows = state.rows.value;
  const activeId = state.activeId.value;
  const activeIndex = activeId === undefined ? undefined : state.indexOf.value.get(activeId);
  const lines = shownLines(rowWindow({ ...scroll.value, rowPx: ROW_PX }, rows.length, MARGIN_ROWS), activeIndex);
  const clear = (): void => {
    session.pointed.value = undefined;
  };
  const onFocus = (): void => {
    const now = state.activeId.peek();
    if (now === undefined || !state.indexOf.peek().has(now)) state.activeId.value = state.rows.peek()[0]?.id;
  };
  return (
    <div
      class="tree"
      ref={box}
      role="tree"
      aria-label="Structures"
      aria-multiselectable="true"
      aria-activedescendant={activeIndex === undefined ? undefined : rowElementId(activeId ?? 0)}
      tabIndex={0}
      onKeyDown={onKeyDown}
      onFocus={onFocus}
      onBlur={clear}
      onPointerLeave={clear}
    >
      <div class="tree-lines" role="none" style={{ "--rows": rows.length }}>
        {lines.map((index) => (
          <TreeLine key={rows[index]?.id} state={state} index={index} covered={covered.value} />
        ))}
      </div>
    </div>
  );
}

/** A line with all that the page knows of its structure. */
function TreeLine(props: { state: TreeState; index: number; covered: ReadonlySet<number> }): JSX.Element | undefined {
  const { state, index, covered } = props;
  const session = useSession();
  const row = state.rows.value[index];
  const tree = session.active.tree.value;
  if (row === undefined || tree === undefined) return undefined;
  const { id } = row;
  const isSelected = session.view.value.structures.includes(id);
  const matches = state.found.value?.matches;
  return (
    <StructureRow
      row={row}
      index={index}
      tree={tree}
      wanted={matches?.has(id) === true ? state.filter.value : ""}
      isSelected={isSelected}
      isCovered={!isSelected && covered.has(id)}
      isActive={id === state.activeId.value}
      isHinted={id === state.hintedId.value}
      isAside={matches?.has(id) === false}
      isAbsent={state.drawn.value?.has(id) === false}
      onToggle={() => state.setOpen(row.isOpen !== true, [id])}
      onChoose={(event) => {
        state.activeId.value = id;
        chooseStructure(session, id, event.ctrlKey || event.metaKey || event.shiftKey);
      }}
      onPoint={() => {
        session.pointed.value = id;
      }}
    />
  );
}

/** Follows where the tree is scrolled to, and scrolls it to the line that is wanted. */
function useTreeScroll(state: TreeState, box: RefObject<HTMLDivElement | null>): Signal<ScrollPlace> {
  const scroll = useSignal<ScrollPlace>({ start: 0, length: 600 });
  const id = state.wantedId.value;
  useEffect(() => {
    if (box.current === null) return;
    return watchScroll(box.current, "y", (place) => {
      scroll.value = place;
    });
  }, [box, scroll]);
  useLayoutEffect(() => {
    const element = box.current;
    const index = id === undefined ? undefined : state.indexOf.value.get(id);
    // A tree that is hidden is scrolled when it shows again, and has a height.
    if (index === undefined || element === null || element.clientHeight === 0) return;
    state.wantedId.value = undefined;
    element.scrollTop = scrollToRow({ ...scrollPlace(element, "y"), rowPx: ROW_PX }, index);
  });
  return scroll;
}

/** Indices of the lines that are on the page: those that are seen, and wherever it is the one that keys act on. */
function shownLines({ first, end }: RowWindow, activeIndex: number | undefined): number[] {
  const lines = Array.from({ length: end - first }, (_, index) => first + index);
  const isSeen = activeIndex === undefined || (activeIndex >= first && activeIndex < end);
  return isSeen ? lines : [...lines, activeIndex];
}
