import type { JSX } from "preact";
import { useEffect, useMemo } from "preact/hooks";
import { errorWords } from "../model/error-words.ts";
import { useSession } from "../session/context.ts";
import type { Session } from "../session/session.ts";
import { Button } from "./button.tsx";
import { chooseStructure } from "./choose-structure.ts";
import { StructureChips } from "./structure-chips.tsx";
import { StructureTreeView } from "./structure-tree-view.tsx";
import { createTreeState, type TreeState } from "./tree-state.ts";

/** Id of the tree's filter field, for its label. */
const FILTER_ID = "structure-filter";

/** The tree of structures of the active panel, beside the panels. */
export function StructurePanel(): JSX.Element {
  const session = useSession();
  const state = useMemo(() => createTreeState(session), [session]);
  const selected = session.view.value.structures.at(-1);
  const tree = session.active.tree.value;
  useEffect(() => {
    if (selected !== undefined && tree !== undefined) state.reveal(selected);
  }, [state, selected, tree]);
  return (
    <aside class="structure-panel" aria-labelledby="structure-panel-title">
      <div class="structure-head">
        <h2 id="structure-panel-title" class="structure-title">
          Structures
        </h2>
        <TreeButtons state={state} />
      </div>
      <FilterField state={state} />
      <StructureChips />
      {tree === undefined ? (
        <NoTree />
      ) : state.rows.value.length === 0 ? (
        <NothingFound state={state} />
      ) : (
        <StructureTreeView state={state} />
      )}
    </aside>
  );
}

function TreeButtons({ state }: { state: TreeState }): JSX.Element {
  const isMissing = useSession().active.tree.value === undefined;
  const { drawn, isPlateOnly } = state;
  return (
    <div class="structure-buttons">
      <Button
        label="On this plate only"
        icon="eye"
        kind="plain"
        pressed={isPlateOnly.value}
        disabled={drawn.value === undefined && !isPlateOnly.value}
        onClick={() => {
          isPlateOnly.value = !isPlateOnly.peek();
        }}
      />
      <Button label="Expand all" icon="expand" kind="plain" disabled={isMissing} onClick={() => state.setOpen(true)} />
      <Button
        label="Collapse all"
        icon="collapse"
        kind="plain"
        disabled={isMissing}
        onClick={() => state.setOpen(false)}
      />
    </div>
  );
}

function FilterField({ state }: { state: TreeState }): JSX.Element {
  const session = useSession();
  const found = state.found.value;
  const onKeyDown = (event: KeyboardEvent): void => {
    const isUsed = takeFilterKey(session, state, event);
    if (!isUsed) return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div class="structure-filter">
      <label class="visually-hidden" for={FILTER_ID}>
        Filter structures
      </label>
      <input
        id={FILTER_ID}
        class="field"
        type="search"
        placeholder="Filter by acronym, name or id"
        autocomplete="off"
        spellcheck={false}
        maxLength={200}
        disabled={session.active.tree.value === undefined}
        value={state.filter.value}
        onInput={(event) => state.setFilter(event.currentTarget.value)}
        onKeyDown={onKeyDown}
      />
      <span class="filter-count small soft" role="status">
        {found === undefined ? "" : `${found.matches.size} found`}
      </span>
    </div>
  );
}

/** Escape clears, the arrow goes into the tree to what was found first, Enter selects what fits best. */
function takeFilterKey(session: Session, state: TreeState, event: KeyboardEvent): boolean {
  const { key, currentTarget } = event;
  if (key === "Escape" && state.filter.peek() !== "") {
    state.setFilter("");
    return true;
  }
  const best = session.active.tree.peek()?.find(state.filter.peek(), { limit: 1 })[0]?.id;
  if (key === "Enter" && best !== undefined) {
    chooseStructure(session, best, false);
    return true;
  }
  if (key !== "ArrowDown" || !(currentTarget instanceof Element)) return false;
  const matches = state.found.peek()?.matches;
  const first = matches === undefined ? undefined : state.rows.peek().find(({ id }) => matches.has(id))?.id;
  if (first !== undefined) {
    state.activeId.value = first;
    state.wantedId.value = first;
  }
  currentTarget.closest(".structure-panel")?.querySelector<HTMLElement>("[role=tree]")?.focus();
  return true;
}

function NothingFound({ state }: { state: TreeState }): JSX.Element {
  const text = state.filter.value.trim();
  return (
    <div class="structure-empty">
      <p>
        {text === ""
          ? "Nothing of this ontology is drawn on this plate."
          : `No structure${state.isPlateOnly.value ? " on this plate" : ""} has “${text}” in its acronym or name, or as its id.`}
      </p>
      {text === "" ? undefined : <Button label="Clear the filter" onClick={() => state.setFilter("")} />}
      {state.isPlateOnly.value ? (
        <Button
          label="Look in all structures"
          onClick={() => {
            state.isPlateOnly.value = false;
          }}
        />
      ) : undefined}
    </div>
  );
}

/** Why there is no tree: it is on its way, it failed, or there is none. */
function NoTree(): JSX.Element | undefined {
  const session = useSession();
  const ref = session.active.panel.value?.series;
  const series = ref && session.series.get(ref).value;
  if (series === undefined || series.state === "loading") return <Loading />;
  if (series.state === "failed") return <p class="structure-empty soft">What the panel shows did not come.</p>;
  const { graphId, name } = series.value;
  if (graphId === undefined) return <p class="structure-empty soft">{name} has no structures.</p>;
  const loaded = session.trees.get(graphId).value;
  if (loaded.state !== "failed") return <Loading />;
  return (
    <div class="structure-empty" role="alert">
      <p>The structures did not come: {errorWords(loaded.error)}</p>
      <Button label="Try again" onClick={() => session.trees.retry(graphId)} />
    </div>
  );
}

function Loading(): JSX.Element {
  return (
    <p class="structure-empty soft" role="status">
      The structures are coming…
    </p>
  );
}
